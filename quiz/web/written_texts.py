"""Texts that people wrote, as HTML: their Markdown, their pictures, and the language that they are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from flask import has_request_context, request
from flask_babel import gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from quiz.core.languages import direction_of
from quiz.core.pictures import id_in_address, pieces_of, size_in_id

_ALLOWED_TAGS = {
    "p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6", "hr",
}  # fmt: skip
_ALLOWED_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading", "decoding"}}
_OURS = re.compile(r"/picture/[0-9a-f]{32}-\d+x\d+")
_ALT = re.compile(r"<img\b[^<>]*?\balt=\"([^\"]*)\"[^<>]*>")


def markdown(text: str) -> Markup:
    """Return the Markdown as HTML without scripts: parsed without HTML, then held to a list of tags."""
    return _markdown(text, _root())


def inline_markdown(text: str) -> Markup | None:
    """Return the Markdown as HTML that may stand in a heading; None if it is more than one paragraph."""
    html = markdown(text).strip()
    inside = html.removeprefix("<p>").removesuffix("</p>")
    is_one_paragraph = len(html) - len(inside) == len("<p></p>") and "<p>" not in inside
    return Markup(inside) if is_one_paragraph else None


def pictured(text: str) -> str:
    """Return a plain text, such as an option's, with its pictures shown and all else as it is."""
    if "(picture:" not in text:
        return text
    root = _root()
    shown = (
        _picture(known_id, words, root) if known_id else escape(words) for words, known_id in pieces_of(text)
    )
    return Markup("").join(shown)


def in_words(text: str) -> str:
    """Return an answer's words: either a type's own, to be translated, or a person's, to be left alone.

    A page must not hand them to ``_()``: in templates that makes HTML of what it is given.
    """
    return pictured(gettext(text)) if text else ""


def without_tags(html: Any) -> str:
    """Return what Jinja's ``striptags`` would, with each picture's description in its place: lists show no pictures."""
    return Markup(_ALT.sub(r" \1 ", str(html))).striptags()


def written_in(language: str, otherwise: str = "") -> Markup:
    """Return the attributes of an element whose text is in the language: ``lang`` and ``dir``.

    language: as the question says itself, "" where it says nothing; otherwise: its bank's. A bank's language
    says nothing of the direction: each text shows that by its letters.
    """
    if language:
        return Markup('lang="{}" dir="{}"').format(language, direction_of(language))
    return Markup('lang="{}" dir="auto"').format(otherwise) if otherwise else Markup('dir="auto"')


def _root() -> str:
    return request.script_root if has_request_context() else ""


def _picture(known_id: str, description: str, root: str) -> Markup:
    width, height = size_in_id(known_id)
    return Markup(
        '<img src="{}/picture/{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">'
    ).format(root, known_id, description, width, height)


def _image_rule(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]
) -> str:
    """Show a picture of ours; of one that is elsewhere a link, since looking at it would tell its owner."""
    token = tokens[place]
    address = str(token.attrGet("src") or "")
    description = self.renderInlineAsText(token.children or [], options, env)
    if known_id := id_in_address(address):
        return str(_picture(known_id, description, env["root"]))
    if address.startswith(("https://", "http://")):
        return str(Markup('<a href="{}">{}</a>').format(address, description or address))
    return str(escape(description or address))


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_MARKDOWN.add_render_rule("image", _image_rule)


def _only_ours(tag: str, attribute: str, value: str) -> str | None:
    """Keep addresses of pictures only if they are ours: the second lock on that door."""
    if tag == "img" and attribute == "src":
        return value if _OURS.search(value) and "//" not in value else None
    return value


@lru_cache(maxsize=4096)
def _markdown(text: str, root: str) -> Markup:
    return Markup(
        nh3.clean(
            _MARKDOWN.render(text, {"root": root}),
            tags=_ALLOWED_TAGS,
            attributes=_ALLOWED_ATTRIBUTES,
            attribute_filter=_only_ours,
            url_schemes={"http", "https", "mailto"},
        )
    )
