"""One of our items written as a QTI item, in the names of QTI 2; QTI 3 differs in how they are spelt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote, unquote

from quiz.core.html_text import html_from_markdown, markdown_from_html, text_as
from quiz.core.interchange import Remark
from quiz.core.items import Item, TextFormat
from quiz.core.losses import name_of
from quiz.core.qti.feedback import OVERALL
from quiz.core.qti.files import MARK
from quiz.core.qti.html_nodes import has_block, nodes_from_html, nodes_from_plain, writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.reading import OWN_TOOL

_ALLOWED = frozenset({
    "a", "abbr", "acronym", "address", "b", "big", "blockquote", "br", "caption", "cite", "code",
    "col", "colgroup",
    "dd", "dfn", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd",
    "li", "ol", "p",
    "pre", "q", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr",
    "tt", "ul", "var", "audio", "video", "source", "track", "ruby", "rb", "rt", "rp", "bdi", "bdo", "object",
    "article", "aside", "figure", "figcaption", "footer", "header", "nav", "section", "param",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "iframe", "form", "input", "button", "select", "textarea", "embed"})
_KEPT_ATTRIBUTES = frozenset({
    "href", "src", "alt", "title", "class", "lang", "dir", "width", "height", "colspan", "rowspan",
    "scope", "span",
    "type", "data", "controls", "kind", "srclang", "label",
})  # fmt: skip
SHARE_DIGITS = 6
"""A share of the points with more decimals is written as a calculation instead."""


@dataclass
class Part:
    """One thing that is answered. rules: set its outcome, a share of 0 to 1 times ``scale``."""

    declaration: Node
    rules: list[Node] = field(default_factory=list)


@dataclass
class ItemWriter:
    """Gathers the parts of one item.

    folder: the way from the item's file to the media, with a slash at its end.
    """

    item: Item
    identifier: str
    label: str
    folder: str = "../media/"
    remarks: list[Remark] = field(default_factory=list)
    declarations: list[Node] = field(default_factory=list)
    outcomes: list[Node] = field(default_factory=list)
    rules: list[Node] = field(default_factory=list)
    modals: list[Node] = field(default_factory=list)
    body: list[Node | str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    template: str = ""
    used_files: list[str] = field(default_factory=list)
    file_names: Callable[[str], str] = lambda name: name

    def say(self, text: str, severity: str = "warning") -> None:
        remark = Remark(text, severity, None, name_of(self.item))  # type: ignore[arg-type]
        if remark not in self.remarks:
            self.remarks.append(remark)

    # -- texts -----------------------------------------------------------------------------------------------
    @property
    def out_format(self) -> TextFormat:
        """The format that the texts come back in."""
        formats = {self.item.prompt_format, self.item.feedback_format or self.item.prompt_format}
        formats |= {f for f in _option_formats(self.item) if f is not None}
        return formats.pop() if len(formats) == 1 and "moodle" not in formats else "html"

    def text(self, text: str, given: TextFormat | None = None) -> list[Node | str]:
        """Return a text of the item as trees of the elements that QTI has."""
        given = given or self.item.prompt_format
        if given == "plain" and self.out_format == "plain":
            return nodes_from_plain(text)
        if given == "markdown":
            html = html_from_markdown(writable(text))
            if self.out_format == "markdown" and markdown_from_html(html)[0] != text.strip():
                self.say("Some Markdown of it comes back written a little differently.", "note")
        else:
            html = text_as(text, given, "html")[0]
        return self._allowed(nodes_from_html(html))

    def feedback_text(self, text: str) -> list[Node | str]:
        return self.text(text, self.item.feedback_format)

    def block(self, text: str, class_: str = "") -> Node:
        return Node("div", {"class": class_} if class_ else {}, self.text(text))

    def _allowed(self, children: Iterable[Node | str]) -> list[Node | str]:
        out: list[Node | str] = []
        for child in children:
            if isinstance(child, str):
                out.append(child)
            elif child.name in _SILENT:
                self.say(f"QTI allows no <{child.name}> in texts; it was left out.")
            elif child.name == "math":
                out.append(child)
            else:
                out.append(self._element(child))
        return out

    def _element(self, child: Node) -> Node:
        name = child.name if child.name in _ALLOWED else ("div" if has_block(child.children) else "span")
        attributes = {n: self._address(n, v) for n, v in child.attributes.items() if n in _KEPT_ATTRIBUTES}
        if name == "img":
            attributes.setdefault("alt", "")
        return Node(name, attributes, self._allowed(child.children))

    def _address(self, name: str, value: str) -> str:
        if name not in ("src", "href", "data") or not value.startswith(MARK):
            return value
        file = unquote(value.removeprefix(MARK))
        if all(kept.name != file for kept in self.item.files):
            self.say(f"The file “{file}” of its text is not there.")
            return value
        self.used_files.append(file)
        return self.folder + quote(self.file_names(file))

    # -- rules -----------------------------------------------------------------------------------------------
    @property
    def points(self) -> Decimal:
        return Decimal(repr(float(self.item.points)))

    @property
    def has_feedback(self) -> bool:
        item = self.item
        whole = (item.general_feedback, item.feedback_right, item.feedback_partial, item.feedback_wrong)
        return bool(self.modals) or any(whole)

    def say_feedback(self, outcome: str, identifier: str, text: str) -> None:
        """Add a feedback that is shown while the outcome holds the identifier."""
        if not text:
            return
        if all(declared.get("identifier") != outcome for declared in self.outcomes):
            self.outcomes.append(
                node("outcomeDeclaration", identifier=outcome, cardinality="multiple", baseType="identifier")
            )
        self.modals.append(
            node(
                "modalFeedback",
                *as_flow(self.feedback_text(text)),
                outcomeIdentifier=outcome,
                identifier=identifier,
                showHide="show",
            )
        )


def _option_formats(item: Item) -> list[TextFormat | None]:
    return [option.text_format for option in getattr(item.interaction, "options", ())]


def as_flow(children: list[Node | str]) -> list[Node | str]:
    """Return the trees in one ``div``, where blocks and loose text may stand side by side."""
    return [Node("div", {}, children)]


def identifier_from(text: str, taken: set[str], fallback: str) -> str:
    """Return an identifier that QTI allows, like the text, and not yet taken."""
    stem = re.sub(r"[^A-Za-z0-9_.-]", "_", text).strip(".") or fallback
    if not re.match(r"[A-Za-z_]", stem):
        stem = f"i_{stem}"
    new, number = stem[:120], 1
    while new.lower() in taken:
        number += 1
        new = f"{stem[:110]}-{number}"
    taken.add(new.lower())
    return new


def set_outcome(name: str, expression: Node) -> Node:
    return node("setOutcomeValue", expression, identifier=name)


def number(value: Decimal | float | str) -> Node:
    written = value if isinstance(value, str) else plain_number(value)
    return node("baseValue", written, baseType="float")


def plain_number(value: Decimal | float) -> str:
    """Return the number without an exponent and without zeros that say nothing."""
    text = f"{value if isinstance(value, Decimal) else Decimal(repr(float(value))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def variable(name: str) -> Node:
    return node("variable", identifier=name)


def values_node(name: str, values: Iterable[str]) -> Node:
    return node(name, *(node("value", writable(value)) for value in values))


def when(condition: Node, *rules: Node) -> Node:
    return node("responseCondition", node("responseIf", condition, *rules))


def chain(cases: Iterable[tuple[Node, list[Node]]], otherwise: list[Node] | None = None) -> Node:
    """Return a condition of which the first case that holds counts."""
    branches: list[Node | str] = []
    for condition, rules in cases:
        branches.append(node("responseElseIf" if branches else "responseIf", condition, *rules))
    if otherwise:
        branches.append(node("responseElse", *otherwise))
    return Node("responseCondition", {}, branches)


def finish(writer: ItemWriter) -> Node:
    """Return the whole item."""
    item = writer.item
    _overall(writer)
    processing: list[Node] = []
    if writer.rules:
        processing = [node("responseProcessing", *writer.rules)]
    elif writer.template:
        processing = [node("responseProcessing", template=writer.template)]
    title = writable(item.title).strip()
    classes = [f"from-{writer.out_format}", *([] if title else ["untitled"]), *writer.classes]
    return node(
        "assessmentItem",
        *writer.declarations,
        *_score_outcomes(writer),
        *writer.outcomes,
        Node("itemBody", {"class": " ".join(classes)}, writer.body),
        *processing,
        *writer.modals,
        identifier=writer.identifier,
        title=title or writer.identifier,
        adaptive="false",
        timeDependent="false",
        toolName=OWN_TOOL,
        toolVersion="1",
        **({"xml:lang": item.language} if item.language else {}),
    )


def _score_outcomes(writer: ItemWriter) -> list[Node]:
    """Return the declarations of the score and of the most that can be had; none where nothing is asked."""
    if not (writer.rules or writer.template or writer.declarations):
        return []
    points = plain_number(writer.points)
    score = node("outcomeDeclaration", node("defaultValue", node("value", "0")), identifier="SCORE")
    most = node("outcomeDeclaration", node("defaultValue", node("value", points)), identifier="MAXSCORE")
    for outcome in (score, most):
        outcome.attributes |= {"cardinality": "single", "baseType": "float"}
    score.attributes["normalMaximum"] = points
    return [score, most]


def _overall(writer: ItemWriter) -> None:
    """Add the feedback to the response as a whole, and to everybody."""
    item = writer.item
    told = {"right": item.feedback_right, "partial": item.feedback_partial, "wrong": item.feedback_wrong}
    writer.say_feedback(OVERALL, "general", item.general_feedback)
    for name, text in told.items():
        writer.say_feedback(OVERALL, name, text)
    if not any([item.general_feedback, *told.values()]):
        return
    if item.general_feedback:
        writer.rules.append(set_outcome(OVERALL, node("multiple", _word("general"))))
    if any(told.values()):
        full = node("gte", variable("SCORE"), variable("MAXSCORE"))
        some = node("gt", variable("SCORE"), number(Decimal(0)))
        writer.rules.append(chain([(full, [_also("right")]), (some, [_also("partial")])], [_also("wrong")]))


def _word(name: str) -> Node:
    return node("baseValue", name, baseType="identifier")


def _also(name: str) -> Node:
    return set_outcome(OVERALL, node("multiple", variable(OVERALL), _word(name)))
