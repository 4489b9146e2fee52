"""One text in four formats (plain, Markdown, HTML, Moodle's automatic one): turning one into another."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from quiz.core.items import TextFormat

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "tr",
        "blockquote",
        "pre",
        "section",
        "dl",
    )
)
_SILENT = frozenset(("script", "style", "head", "title"))
_PLAIN_MARKUP = frozenset(("p", "br", "div", "span", "b", "i", "strong", "em", "u", "font"))
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "tt": "`"}


def looks_like_html(text: str) -> bool:
    """Tell whether there is a tag or an entity in the text."""
    return bool(_TAG.search(text))


def html_from_plain(text: str) -> str:
    """Return the text as HTML that shows it the same: line breaks stay."""
    return escape(text, quote=False).replace("\n", "<br>")


def plain_from_html(html: str) -> str:
    """Return what a reader sees of the HTML, a picture by its alternative text in brackets."""
    return _told(html, markdown=False)[0]


def markdown_from_html(html: str) -> tuple[str, bool]:
    """Return the HTML as Markdown, and whether something of it was left out (a table, an underline)."""
    return _told(html, markdown=True)


def text_as(text: str, given: TextFormat, wanted: TextFormat) -> tuple[str, bool]:
    """Return the text in the format wanted, and whether something of it was lost on the way."""
    if given == wanted or not text:
        return text, False
    if wanted == "plain":
        return _as_plain(text, given)
    if wanted == "markdown":
        if given == "plain" or not looks_like_html(text):
            return text, False
        return markdown_from_html(text)
    if given in ("plain", "moodle") and not (given == "moodle" and looks_like_html(text)):
        return html_from_plain(text), False
    if given == "markdown":
        return (html_from_markdown(text) if wanted == "html" else text), False
    return text, False


def _as_plain(text: str, given: TextFormat) -> tuple[str, bool]:
    if given == "markdown":
        return text, False
    if given == "moodle" and not looks_like_html(text):
        return text, False
    tags = {name.lower() for name in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", text)}
    return plain_from_html(text), bool(tags - _PLAIN_MARKUP)


_INLINE = (
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
    (re.compile(r"!\[([^\]\n]*)\]\(([^()\s]+)\)"), r'<img src="\2" alt="\1">'),
    (re.compile(r"\[([^\]\n]+)\]\(([^()\s]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])"), r"<em>\1</em>"),
)


def html_from_markdown(text: str) -> str:
    """Return simple Markdown (paragraphs, emphasis, links, pictures) as HTML; the rest stays as it is."""
    paragraphs = [p for p in re.split(r"\n\s*\n", text) if p.strip()]
    shown = []
    for paragraph in paragraphs:
        html = escape(paragraph.strip(), quote=False)
        for pattern, markup in _INLINE:
            html = pattern.sub(markup, html)
        shown.append(html.replace("\n", "<br>"))
    return shown[0] if len(shown) == 1 else "".join(f"<p>{html}</p>" for html in shown)


def _told(html: str, *, markdown: bool) -> tuple[str, bool]:
    teller = _Teller(markdown=markdown)
    teller.feed(html)
    teller.close()
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(teller.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip(), teller.lossy


class _Teller(HTMLParser):
    def __init__(self, *, markdown: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.markdown = markdown
        self.parts: list[str] = []
        self.lossy = False
        self._silent = 0
        self._links: list[str] = []
        self._lists: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img":
            self._picture(values)
        elif tag == "li":
            self._list_item()
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ul" else 1)
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
            self.lossy |= tag == "table"
        elif self.markdown:
            self._inline(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
        elif self.markdown and tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif self.markdown and tag == "a" and self._links:
            link = self._links.pop()
            self.parts.append(f"]({link})" if link else "")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _inline(self, tag: str, values: dict[str, str]) -> None:
        if tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "a":
            self._links.append(values.get("href", ""))
            self.parts.append("[" if values.get("href") else "")
        elif tag not in ("span", "font", "tbody", "thead", "td", "th", "label"):
            self.lossy = True

    def _picture(self, values: dict[str, str]) -> None:
        if self.markdown:
            self.parts.append(f"![{values.get('alt', '')}]({values.get('src', '')})")
        else:
            self.lossy = True
            self.parts.append(f"[{values.get('alt') or 'picture'}]")

    def _list_item(self) -> None:
        if self._lists and self._lists[-1]:
            self.parts.append(f"\n{self._lists[-1]}. ")
            self._lists[-1] += 1
        else:
            self.parts.append("\n- ")
