"""What a QTI 1.2 item shows: its texts, and the responses it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from quiz.core.html_text import looks_like_html, text_as
from quiz.core.items import TextFormat
from quiz.core.qti.files import FileShelf
from quiz.core.qti.html_nodes import html_from_nodes
from quiz.core.qti.nodes import Node

RESPONSES = (
    "response_lid",
    "response_str",
    "response_num",
    "response_xy",
    "response_grp",
    "response_extension",
)
_FILE_BASE = re.compile(r"(?:\$|%24)IMS[-_]CC[-_]FILE_?BASE(?:\$|%24)/?", re.IGNORECASE)
_ADDRESS = re.compile(r"""(\b(?:src|href|data)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)
_OTHER_BASES = re.compile(r"(?:\$|%24)[A-Z_]+(?:\$|%24)", re.IGNORECASE)


class Text(NamedTuple):
    """A text as it stands, and how it is written: plain or html."""

    text: str
    format: TextFormat

    def html(self) -> str:
        return self.text if self.format == "html" else escape(self.text, quote=False).replace("\n", "<br>")


@dataclass
class Label:
    """One thing to choose. attributes: what New Quizzes says of an answer."""

    ident: str
    text: Text
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Response:
    """kind: as the element is called.

    cardinality: single, multiple or ordered. label: what stands before it.
    """

    ident: str
    kind: str
    cardinality: str
    label: Text
    labels: list[Label]
    shuffle: bool
    node: Node

    @property
    def is_typed(self) -> bool:
        return bool(self.node.find_all("render_fib")) or self.kind in ("response_str", "response_num")


@dataclass
class Presentation:
    """parts: the item's own texts and its responses, in their order."""

    parts: list[Text | Response]

    @property
    def responses(self) -> list[Response]:
        return [part for part in self.parts if isinstance(part, Response)]

    @property
    def texts(self) -> list[Text]:
        return [part for part in self.parts if isinstance(part, Text)]

    def prompt(self) -> Text:
        return joined(self.texts)


def joined(texts: list[Text]) -> Text:
    """Return the texts as one: plain if all are, else HTML."""
    found = [text for text in texts if text.text.strip()]
    if len(found) == 1:
        return Text(found[0].text.strip(), found[0].format)
    if all(text.format == "plain" for text in found):
        return Text("\n\n".join(text.text.strip() for text in found), "plain")
    return Text(
        "".join(t.text.strip() if t.format == "html" else f"<p>{t.html()}</p>" for t in found), "html"
    )


def read_presentation(item: Node, shelf: FileShelf) -> Presentation:
    parts: list[Text | Response] = []
    for presentation in item.elements("presentation"):
        _gather(presentation, parts, shelf)
    return Presentation(parts)


def _gather(node: Node, parts: list[Text | Response], shelf: FileShelf) -> None:
    for child in node.elements():
        if child.name in RESPONSES:
            parts.append(_response(child, shelf))
        elif child.name == "material":
            text = material_text(child, shelf)
            if text.text.strip():
                parts.append(text)
        else:
            _gather(child, parts, shelf)


def _response(node: Node, shelf: FileShelf) -> Response:
    outside = node.elements("material", "flow_mat")
    extension = [m for e in node.find_all("render_extension") for m in e.elements("material")]
    labels = []
    for label in node.find_all("response_label"):
        texts = [material_text(m, shelf) for m in label.find_all("material")]
        loose = " ".join(label.text().split())
        text = joined(texts) if texts else Text(loose, "plain")
        labels.append(Label(label.get("ident").strip(), text, label.attributes))
    renders = [n for n in node.walk() if n.get("shuffle")]
    return Response(
        node.get("ident").strip(),
        node.name,
        (node.get("rcardinality") or "Single").strip().lower(),
        joined([material_text(m, shelf) for m in [*outside, *extension]]),
        labels,
        any(n.get("shuffle").strip().lower() in ("yes", "true") for n in renders),
        node,
    )


def material_text(material: Node, shelf: FileShelf) -> Text:
    """Return the texts and pictures of a material as one text."""
    texts: list[Text] = []
    for node in material.walk():
        if node.name in ("mattext", "matemtext"):
            texts.append(_mattext(node, shelf))
        elif node.name == "matimage" and node.get("uri"):
            address = shelf.keep(node.get("uri")) or node.get("uri")
            texts.append(Text(f'<img src="{escape(address)}" alt="{escape(node.get("label"))}">', "html"))
    return texts[0] if len(texts) == 1 else joined(texts)


def _mattext(node: Node, shelf: FileShelf) -> Text:
    kind = node.get("texttype").strip().lower()
    inner = [child for child in node.children if isinstance(child, Node)]
    if inner:  # Unescaped HTML within the element.
        return Text(with_files(html_from_nodes(node.children), shelf), "html")
    text = node.text()
    if kind in ("text/html", "text/xhtml", "text/rtf") or (kind != "text/plain" and looks_like_html(text)):
        return Text(with_files(text, shelf), "html")
    return Text(unescape(text) if kind == "" else text, "plain")


def with_files(html: str, shelf: FileShelf) -> str:
    """Return the HTML with its pictures under our names; files that are not there are put down as missing."""

    def replaced(found: re.Match[str]) -> str:
        start, quote, address = found[1], found[2], unescape(found[3]).strip()
        bare = _FILE_BASE.sub("", address)
        is_ours = bare != address
        if _OTHER_BASES.search(bare) or (
            not is_ours and re.match(r"[a-z][a-z0-9+.-]*:|//|#|/|@@", bare, re.IGNORECASE)
        ):
            return found[0]
        kept = shelf.keep(bare) or shelf.keep(f"web_resources/{bare}")
        if kept is None:
            if not start.lower().startswith("href"):
                shelf.missing.append(bare)
            return found[0]
        return f"{start}{quote}{kept}{quote}"

    return _ADDRESS.sub(replaced, html) if "=" in html else html


Tell = Callable[[Text], str]


FORMATS: dict[str, TextFormat] = {
    "plain": "plain",
    "markdown": "markdown",
    "html": "html",
    "moodle": "moodle",
}


def own_teller(text_format: TextFormat) -> Tell:
    """Return how to tell texts in the format that Footnote noted when it wrote them."""
    return lambda text: text_as(text.text, text.format, text_format)[0]


def teller(texts: list[Text]) -> tuple[TextFormat, Tell]:
    """Return the one format that all of these can be told in, and how to tell them."""
    if all(text.format == "plain" for text in texts):
        return "plain", lambda text: text.text
    return "html", lambda text: text.html()
