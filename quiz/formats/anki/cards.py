"""From notes to questions: a card's front asks, what only its back shows answers; clozes become gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from quiz.core.html_text import plain_from_html
from quiz.core.items import EnterText, Fill, Item, TextAnswer, Write
from quiz.formats.anki.container import Note, Template

LONGEST_TYPED = 80
"""Characters of a back that one can be asked to type."""

_TAG = re.compile(r"\{\{\s*(?P<sign>[#^/!]?)\s*(?P<name>[^{}]*?)\s*\}\}")
_CLOZE = re.compile(r"\{\{c\d+::((?:(?!\{\{c\d+::|\}\}).)*)\}\}", re.DOTALL)
_SOUND = re.compile(r"\[sound:([^\]\n]+)\]")
_PICTURE = re.compile(r"(<img\b[^>]*?\bsrc\s*=\s*)(\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
_LATEX = (
    (re.compile(r"\[\$\](.*?)\[/\$\]", re.DOTALL), r"\\(\1\\)"),
    (re.compile(r"\[\$\$\](.*?)\[/\$\$\]", re.DOTALL), r"\\[\1\\]"),
)
_STYLES = re.compile(
    r"<style\b.*?</style>|<script\b.*?</script>|<hr id=[\"']?answer[\"']?\s*/?>", re.DOTALL | re.IGNORECASE
)


class Unusable(ValueError):
    """The note makes no question. The message says why."""


def items_of(note: Note) -> list[Item]:
    """Return a question for each card of the note; one with all gaps for a cloze. Raises Unusable."""
    fields = dict(zip(note.note_type.fields, note.fields, strict=False))
    if "image occlusion" in note.note_type.name.lower():
        raise Unusable("image occlusion has no place here; make a question of another kind of it")
    if note.note_type.is_cloze:
        return [_gaps(note, fields)]
    cards = [n for n in note.cards if 0 <= n < len(note.note_type.templates)] or [0]
    if not note.note_type.templates:
        raise Unusable(f"the note type {note.note_type.name!r} has no cards")
    templates = note.note_type.templates
    return [_card(note, templates[number], fields, number) for number in dict.fromkeys(cards)]


def _card(note: Note, template: Template, fields: Mapping[str, str], number: int) -> Item:
    front = _rendered(template.front, fields)
    answer = _answer_of(template, fields)
    if not _has_content(front):
        raise Unusable("the front of the card is empty")
    if not _has_content(answer):
        raise Unusable("the back of the card shows nothing that the front doesn't show")
    plain = plain_from_html(answer)
    is_short = (
        len(plain) <= LONGEST_TYPED
        and "\n" not in plain
        and "<img" not in answer.lower()
        and "[sound:" not in answer
    )
    guid = note.guid if number == 0 else f"{note.guid}-{number + 1}"
    if is_short and plain:
        interaction: EnterText | Write = EnterText((TextAnswer(plain.replace("*", "\\*")),))
        feedback = answer if answer != plain else ""
    else:
        interaction, feedback = Write(notes=answer), answer
    return Item(
        front,
        interaction,
        id=guid,
        category=note.deck,
        prompt_format="html",
        general_feedback=feedback,
        tags=note.tags,
    )


def _answer_of(template: Template, fields: Mapping[str, str]) -> str:
    """Return what the back shows beyond the front."""
    back = template.back
    if "FrontSide" in back:
        return _rendered(re.sub(r"\{\{\s*FrontSide\s*\}\}", "", back), fields)
    on_front = {tag["name"].rpartition(":")[2] for tag in _TAG.finditer(template.front)}
    return _rendered(back, {name: "" if name in on_front else value for name, value in fields.items()})


def _gaps(note: Note, fields: Mapping[str, str]) -> Item:
    name = next((name for name, value in fields.items() if _CLOZE.search(value)), None)
    if name is None:
        raise Unusable("the cloze note has no gap like {{c1::word}}")
    text, hints = fields[name], list[str]()
    answers: list[str] = []

    def gap(found: re.Match[str]) -> str:
        word, _, hint = found[1].partition("::")
        answers.append(plain_from_html(word) or unescape(word))
        hints.append(hint)
        return f"[[{len(answers)}]]" + (f" ({hint})" if hint.strip() else "")

    for _ in range(5):
        if not _CLOZE.search(text):
            break
        # Gaps within gaps are opened from the inside; the outer one then holds the inner one's number.
        text = _CLOZE.sub(gap, text)
    if any("[[" in answer for answer in answers):
        raise Unusable("it has gaps within gaps, which can't be filled one by one; make two notes of it")
    order = [int(n) for n in re.findall(r"\[\[(\d+)\]\]", text)]
    renumbered = {old: new for new, old in enumerate(order, start=1)}
    text = re.sub(r"\[\[(\d+)\]\]", lambda found: f"[[{renumbered[int(found[1])]}]]", text)
    gaps = tuple(EnterText((TextAnswer(answers[old - 1].replace("*", "\\*")),)) for old in order)
    rest = [value for other, value in fields.items() if other != name and _has_content(value)]
    return Item(
        "", Fill(_tidy(text), gaps), id=note.guid, category=note.deck, prompt_format="html",
        general_feedback=_tidy("<br>".join(rest)), tags=note.tags, points=1.0,
    )  # fmt: skip


def _rendered(template: str, fields: Mapping[str, str]) -> str:
    """Return one side of a card with its fields filled in."""
    for _ in range(10):
        shown = re.sub(
            r"\{\{\s*([#^])\s*([^{}]*?)\s*\}\}((?:(?!\{\{\s*[#^]).)*?)\{\{\s*/\s*\2\s*\}\}",
            lambda found: found[3] if (found[1] == "#") == _has_content(fields.get(found[2], "")) else "",
            template,
            flags=re.DOTALL,
        )
        if shown == template:
            break
        template = shown
    return _tidy(_TAG.sub(lambda tag: "" if tag["sign"] else _field(tag["name"], fields), template))


def _field(name: str, fields: Mapping[str, str]) -> str:
    *filters, bare = name.split(":")
    value = fields.get(bare, "")
    if "type" in filters or bare in ("FrontSide", "Tags", "Deck", "Subdeck", "Card", "CardFlag", "Type"):
        # What is typed into is the answer; it shows on the back only.
        return value if "type" in filters and bare in fields else ""
    return plain_from_html(value) if "text" in filters else value


def _has_content(html: str) -> bool:
    return bool(plain_from_html(html).strip()) or bool(re.search(r"<img|\[sound:", html, re.IGNORECASE))


def _tidy(html: str) -> str:
    text = _STYLES.sub("", html)
    for pattern, mathjax in _LATEX:
        text = pattern.sub(mathjax, text)
    return re.sub(r"^(?:\s|<br\s*/?>)+|(?:\s|<br\s*/?>)+$", "", text)


def media_names(html: str) -> list[str]:
    """Return the names of pictures and sounds that the text refers to."""
    pictures = [unescape(found[3] or found[4] or found[5] or "") for found in _PICTURE.finditer(html)]
    names = [name for name in pictures if name and not re.match(r"[a-z]+:|//", name, re.IGNORECASE)]
    return names + [unescape(name) for name in _SOUND.findall(html)]


def with_references(html: str, quoted: Mapping[str, str]) -> str:
    """Return the text with each of these names as a reference. quoted: by the name that stands there."""

    def picture(found: re.Match[str]) -> str:
        name = unescape(found[3] or found[4] or found[5] or "")
        return f'{found[1]}"@@PLUGINFILE@@/{quoted[name]}"' if name in quoted else found[0]

    def sound(found: re.Match[str]) -> str:
        name = unescape(found[1])
        return f'<audio controls src="@@PLUGINFILE@@/{quoted[name]}"></audio>' if name in quoted else found[0]

    return _SOUND.sub(sound, _PICTURE.sub(picture, html))
