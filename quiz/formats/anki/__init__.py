"""Anki packages, read only: cards become short answers or free writing, clozes become texts with gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, unquote

from quiz.core.interchange import NotThisFormat, Reading, Remark, Writing
from quiz.core.items import EnterText, Fill, Item, ItemFile, Write
from quiz.core.losses import not_carried
from quiz.core.media_types import media_type_of
from quiz.core.messages import N_
from quiz.core.packages import looks_like_package
from quiz.core.text_bytes import one_line
from quiz.formats.anki.cards import Unusable, items_of, media_names, with_references
from quiz.formats.anki.container import Deck, Note, open_deck


class AnkiFormat:
    name = "anki"
    label = N_("Anki package (reading only)")
    suffixes = (".apkg", ".colpkg")
    carries: frozenset[type] = frozenset()

    def looks_like(self, data: bytes) -> float:
        return 0.9 if looks_like_package(data) and b"collection.anki2" in data else 0.0

    def read(self, data: bytes) -> Reading:
        deck = open_deck(data)
        if deck.is_stub:
            raise NotThisFormat(
                "the package holds only a message to update Anki; export it again from a newer version"
            )
        remarks = [Remark(told, "warning") for told in deck.problems]
        if deck.unknown_types:
            remarks.append(Remark(f"{deck.unknown_types} notes have no note type and are left out", "error"))
        items: list[Item] = []
        for number, note in enumerate(deck.notes, start=1):
            items += _read_note(note, number, deck, remarks)
        remarks += _summary(items)
        return Reading(items, remarks)

    def write(self, items: Iterable[Item]) -> Writing:
        remarks = [not_carried(item, "Anki", "Anki packages are only read here") for item in items]
        return Writing(b"", remarks)


def _read_note(note: Note, number: int, deck: Deck, remarks: list[Remark]) -> list[Item]:
    where = one_line(note.fields[0]) or f"note {number}"
    try:
        return [_with_media(item, deck, where, remarks) for item in items_of(note)]
    except Unusable as problem:
        remarks.append(Remark(str(problem), "error", where=where))
    except NotThisFormat as problem:
        remarks.append(Remark(f"{problem}; the note is left out", "error", where=where))
    return []


def _with_media(item: Item, deck: Deck, where: str, remarks: list[Remark]) -> Item:
    template = item.interaction.template if isinstance(item.interaction, Fill) else ""
    files: dict[str, ItemFile] = {}
    quoted: dict[str, str] = {}
    for name in media_names(f"{item.prompt}\n{item.general_feedback}\n{template}"):
        plain = name if deck.media(name) is not None else unquote(name)
        data = deck.media(plain)
        if data is None:
            told = f"the file {name!r} is not in the package; add it to the question"
            remarks.append(Remark(told, "warning", where=where))
            continue
        files[plain] = ItemFile(plain, media_type_of(plain), data)
        quoted[name] = quote(plain)
    if not quoted:
        return item
    interaction = item.interaction
    if isinstance(interaction, Fill):
        interaction = replace(interaction, template=with_references(interaction.template, quoted))
    elif isinstance(interaction, Write):
        interaction = replace(interaction, notes=with_references(interaction.notes, quoted))
    return replace(
        item,
        prompt=with_references(item.prompt, quoted),
        general_feedback=with_references(item.general_feedback, quoted),
        interaction=interaction,
        files=tuple(files.values()),
    )


def _summary(items: list[Item]) -> list[Remark]:
    typed = sum(isinstance(item.interaction, EnterText) for item in items)
    written = sum(isinstance(item.interaction, Write) for item in items)
    remarks = []
    if typed:
        told = f"{typed} cards are read as short answers: what stands on the back is to be typed"
        remarks.append(Remark(told, "note"))
    if written:
        told = (
            f"{written} cards have long backs and are read as free writing: the back stands in "
            f"the notes for marking"
        )
        remarks.append(Remark(told, "note"))
    if items:
        remarks.append(Remark("review history and due dates are not read", "note"))
    return remarks


format = AnkiFormat()
