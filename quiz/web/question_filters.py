"""The filters of the bank's list: read from the address, shown as fields, and as chips that take one away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from quiz.question_types import QUESTION_TYPES
from quiz.storage.banks import select_banks
from quiz.storage.database import Database
from quiz.storage.questions import select_tag_counts
from quiz.web.question_words import BASIS_WORDS, STANDING_WORDS, STATE_WORDS, type_word
from quiz.workflows.list_questions import Filters, list_questions

LABELS = {
    "words": _l("Words"),
    "bank": _l("Bank"),
    "type": _l("Type"),
    "basis": _l("Asks"),
    "tag": _l("Tag"),
    "state": _l("State"),
    "standing": _l("Standing"),
    "citing": _l("Cites claim"),
}


@dataclass(frozen=True)
class Chip:
    """One filter that is on. without: address of the list without it. helps: that list holds something."""

    label: str
    value: str
    without: str
    helps: bool = False


def filters_in(arguments: Mapping[str, str]) -> Filters:
    """Return what the address asks for."""
    return Filters(**{field.name: arguments.get(field.name, "").strip() for field in fields(Filters)})


def choices_for(db: Database, filters: Filters) -> dict[str, dict[str, str]]:
    """Return what each filter with a fixed choice may be, in words; an unknown one of the address stays."""
    tags = select_tag_counts(db, filters.bank or None)
    choices = {
        "bank": {bank.id: bank.title for bank in select_banks(db)},
        "type": {name: type_word(name) for name in QUESTION_TYPES},
        "basis": {name: str(word) for name, word in BASIS_WORDS.items()},
        "tag": {tag: f"{tag} ({count})" for tag, count in tags.items()},
        "state": {name: str(word) for name, word in STATE_WORDS.items()},
        "standing": {name: str(word) for name, word in STANDING_WORDS.items()},
    }
    for name, value in asdict(filters).items():
        if name in choices and value:
            choices[name].setdefault(value, value)
    return choices


def chips_for(filters: Filters, choices: Mapping[str, Mapping[str, str]]) -> list[Chip]:
    """Return a chip for each filter that is on."""
    return [
        Chip(
            label=str(LABELS[name]),
            value=value if name == "tag" else choices.get(name, {}).get(value, value),
            without=address_of(replace(filters, **{name: ""})),
        )
        for name, value in asdict(filters).items()
        if value
    ]


def helpful_chips(db: Database, filters: Filters, chips: list[Chip], *, today: date) -> list[Chip]:
    """Return the chips, each knowing whether the list without it would hold anything."""
    names = [name for name, value in asdict(filters).items() if value]
    without = [list_questions(db, replace(filters, **{n: ""}), today=today, limit=1) for n in names]
    return [replace(chip, helps=bool(found.rows)) for chip, found in zip(chips, without, strict=True)]


def address_of(filters: Filters, *, after: str = "") -> str:
    """Return the address of the list with these filters."""
    asked = {name: value for name, value in (asdict(filters) | {"after": after}).items() if value}
    return url_for("questions.all_questions", **asked)
