"""HTML as people wrote it, made into well-formed trees, and trees made into HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser

from quiz.core.qti.nodes import Node, nodes_in

VOID = frozenset({"br", "hr", "img", "col", "area", "param", "source", "track", "wbr", "input", "embed"})
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "dfn",
        "em",
        "i",
        "img",
        "kbd",
        "math",
        "object",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "s",
        "del",
        "ins",
        "mark",
        "var",
        "label",
        "audio",
        "video",
        "feedbackInline",
        "textEntryInteraction",
        "inlineChoiceInteraction",
        "hottext",
        "gap",
        "printedVariable",
    ]
)
# What is closed by the next of its kind, whether or not the author closed it.
_CLOSED_BY_NEXT = {"p": {"p"}, "li": {"li"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr", "td", "th"},
                   "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"}}  # fmt: skip
_BLOCKS_THAT_END_P = frozenset(
    [
        "div",
        "p",
        "ul",
        "ol",
        "dl",
        "table",
        "pre",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "section",
        "article",
    ]
)
_DEEPEST = 100
# What XML can't hold at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def writable(text: str) -> str:
    """Return the text without the characters that no XML may hold."""
    return _UNWRITABLE.sub("", text)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_before(tag)
        node = Node(tag, {name: writable(value or "") for name, value in attrs if _may_be_name(name)})
        self.open[-1].children.append(node)
        if tag not in VOID and len(self.open) < _DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].name == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(writable(data))

    def _close_before(self, tag: str) -> None:
        if (
            self.open[-1].name in _CLOSED_BY_NEXT.get(tag, ())
            or tag in _BLOCKS_THAT_END_P
            and self.open[-1].name == "p"
        ):
            self.open.pop()


def _may_be_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][\w.-]*", name) is not None and not name.lower().startswith("on")


def nodes_from_html(html: str) -> list[Node | str]:
    """Return the HTML as trees, every element closed; comments and processing instructions are gone."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root.children


def html_from_nodes(children: Iterable[Node | str]) -> str:
    """Return the trees as HTML."""
    return "".join(escape(c, quote=False) if isinstance(c, str) else _html(c) for c in children)


def _html(node: Node) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.name in VOID:
        return f"<{node.name}{attributes}>"
    return f"<{node.name}{attributes}>{html_from_nodes(node.children)}</{node.name}>"


def collapse(children: Sequence[Node | str]) -> list[Node | str]:
    """Return the trees with runs of blanks as one blank, and none at either end; what is in ``pre`` stays."""
    collapsed = _collapsed(children)
    if collapsed and isinstance(collapsed[0], str):
        collapsed[0] = collapsed[0].lstrip(" ")
    if collapsed and isinstance(collapsed[-1], str):
        collapsed[-1] = collapsed[-1].rstrip(" ")
    return [child for child in collapsed if child != ""]


def _collapsed(children: Sequence[Node | str]) -> list[Node | str]:
    out: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            text = _BLANKS.sub(" ", child)
            if out and isinstance(out[-1], str):
                out[-1] = _BLANKS.sub(" ", out[-1] + text)
            else:
                out.append(text)
        elif child.name == "pre":
            out.append(child)
        else:
            inner = collapse(child.children) if is_block(child) else _collapsed(child.children)
            out.append(Node(child.name, child.attributes, inner, child.line))
    for n, child in enumerate(out):
        if isinstance(child, str) and not child.strip(" "):
            beside = [out[m] for m in (n - 1, n + 1) if 0 <= m < len(out)]
            if any(isinstance(other, Node) and is_block(other) for other in beside):
                out[n] = ""
    return [child for child in out if child != ""]


def is_block(node: Node) -> bool:
    return node.name not in INLINE


def has_block(children: Iterable[Node | str]) -> bool:
    return any(is_block(child) for child in nodes_in(children))


_PLAIN_WRAPPERS = frozenset({"p", "div", "span", "section", "article"})


def plain_from_nodes(children: Sequence[Node | str]) -> str | None:
    """Return the trees' text if they are nothing but text: paragraphs with a blank line between.

    None otherwise.
    """
    paragraphs: list[str] = [""]
    if not _gather(children, paragraphs):
        return None
    tidy = ("\n".join(line.strip(" ") for line in p.split("\n")).strip("\n") for p in paragraphs)
    return "\n\n".join(paragraph for paragraph in tidy if paragraph)


def _gather(children: Sequence[Node | str], paragraphs: list[str]) -> bool:
    for child in children:
        if isinstance(child, str):
            paragraphs[-1] += child
        elif child.name == "br":
            paragraphs[-1] += "\n"
        elif child.name not in _PLAIN_WRAPPERS or set(child.attributes) - {"class", "id"}:
            return False
        elif child.name == "span":
            if not _gather(child.children, paragraphs):
                return False
        else:
            paragraphs.append("")
            if not _gather(child.children, paragraphs):
                return False
            paragraphs.append("")
    return True


def nodes_from_plain(text: str) -> list[Node | str]:
    """Return text as paragraphs, with line breaks in them; one line alone stays as it is."""
    paragraphs = [p for p in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n")) if p.strip()]
    made: list[list[Node | str]] = []
    for paragraph in paragraphs:
        parts: list[Node | str] = []
        for n, line in enumerate(paragraph.split("\n")):
            parts += ([Node("br")] if n else []) + [writable(line)]
        made.append(parts)
    if len(made) == 1 and len(made[0]) == 1:
        return made[0]
    return [Node("p", {}, parts) for parts in made]
