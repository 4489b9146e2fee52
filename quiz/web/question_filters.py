"""The filters of the bank's list: read from the address, shown as fields, and as chips that take one away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from quiz.question_types import QUESTION_TYPES
from quiz.storage.banks import select_authors_in, select_tags_in
from quiz.storage.database import Database
from quiz.web.question_words import BASIS_WORDS, DIFFICULTY_WORDS, STANDING_WORDS, STATE_WORDS, type_word
from quiz.workflows.bank_access import visible_banks
from quiz.workflows.list_questions import Filters, list_questions

LABELS = {
    "words": _l("Words"),
    "bank": _l("Bank"),
    "type": _l("Type"),
    "basis": _l("Asks"),
    "tag": _l("Tag"),
    "state": _l("State"),
    "difficulty": _l("Difficulty"),
    "standing": _l("Standing"),
    "citing": _l("Cites claim"),
    "author": _l("Author"),
    "used": _l("Used"),
}
USED_WORDS = {"yes": _l("In a quiz"), "no": _l("In no quiz")}
MOST_TAGS = 300
"""Tags that can be chosen, the most frequent; others can be written into the address, or found by words."""
_LONGEST = 200


@dataclass(frozen=True)
class Chip:
    """One filter that is on. without: address of the list without it. helps: that list holds something."""

    label: str
    value: str
    without: str
    helps: bool = False


def filters_in(arguments: Mapping[str, str]) -> Filters:
    """Return what the address asks for."""
    return Filters(
        **{field.name: arguments.get(field.name, "").strip()[:_LONGEST] for field in fields(Filters)}
    )


def choices_for(db: Database, filters: Filters, *, by: str) -> dict[str, dict[str, str]]:
    """Return what each filter with a fixed choice may be, in words; an unknown one of the address stays.

    by: the instructor who asks; banks that are not shared with them, and their tags, are not told.
    """
    banks = visible_banks(db, by)
    looked_into = [bank.id for bank in banks if filters.bank in ("", bank.id)]
    tags = select_tags_in(db, looked_into, limit=MOST_TAGS)
    choices = {
        "bank": {bank.id: bank.title for bank in banks},
        "type": {name: type_word(name) for name in QUESTION_TYPES},
        "basis": _texts(BASIS_WORDS),
        "tag": {tag: f"{tag} ({count})" for tag, count in tags.items()},
        "state": _texts(STATE_WORDS),
        "difficulty": _texts(DIFFICULTY_WORDS),
        "standing": _texts(STANDING_WORDS),
        "author": select_authors_in(db, looked_into),
        "used": _texts(USED_WORDS),
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


def helpful_chips(db: Database, filters: Filters, chips: list[Chip], *, by: str, today: date) -> list[Chip]:
    """Return the chips, each knowing whether the list without it would hold anything."""
    names = [name for name, value in asdict(filters).items() if value]
    without = [list_questions(db, replace(filters, **{n: ""}), by=by, today=today, limit=1) for n in names]
    return [replace(chip, helps=bool(found.rows)) for chip, found in zip(chips, without, strict=True)]


def address_of(filters: Filters, *, after: str = "", endpoint: str = "questions.all_questions") -> str:
    """Return the address of the list, or of another page that takes the same filters, with these."""
    asked = {name: value for name, value in (asdict(filters) | {"after": after}).items() if value}
    return url_for(endpoint, **asked)


def _texts(words: Mapping[str, object]) -> dict[str, str]:
    return {name: str(word) for name, word in words.items()}
