"""Choosing the claims that a question cites, without a script: search, tick, choose a role, take out again.

The chosen claims are rows of the form like any others (``citations-0-…``), and so are those that a search
found (``found-0-…``): whatever button is pressed, those that were ticked become chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from quiz.core.claims import Basis, Citation, Claim
from quiz.core.question_type import MarkedBy
from quiz.core.standing import Standing
from quiz.storage.database import Database
from quiz.storage.sources import select_claims
from quiz.web.form_rows import Typed, rows_in, without_row
from quiz.workflows.draft_standing import draft_standing
from quiz.workflows.find_claims import FoundClaim, find_claims

ROLE_CHOICES = [
    SelectChoice("rests_on", _l("the key rests on it")),
    SelectChoice("corrects", _l("the answer corrects it")),
    SelectChoice("checks", _l("the question checks it")),
]


class CitationForm(Form):
    """One chosen claim."""

    source = HiddenField()
    claim = HiddenField()
    role = SelectField(_l("Role"), choices=ROLE_CHOICES, default="rests_on")


class FoundForm(CitationForm):
    """One claim that the search found."""

    add = BooleanField(_l("Cite it"))


@dataclass(frozen=True)
class Picker:
    """What the page shows of the claims. claims: the chosen ones that exist, by source and id."""

    claims: dict[tuple[str, str], Claim]
    found: list[FoundClaim]
    found_in_all: int
    searched: str
    standing: Standing
    default_role: str


def with_ticked_claims(typed: Typed) -> Typed:
    """Return the form with the ticked claims among the chosen, and without what the search had found."""
    kept: Typed = MultiDict((n, v) for n, v in typed.items(multi=True) if not n.startswith("found-"))
    present = {_row(kept, "citations", n) for n in rows_in(kept, "citations")}
    place = max(rows_in(kept, "citations"), default=-1) + 1
    for number in rows_in(typed, "found"):
        row = _row(typed, "found", number)
        if f"found-{number}-add" in typed and all(row) and row not in present:
            for name, value in zip(("source", "claim", "role"), row, strict=True):
                kept[f"citations-{place}-{name}"] = value
            present.add(row)
            place += 1
    return kept


def without_twice_chosen(typed: Typed) -> Typed:
    """Return the form with each claim chosen once in each role."""
    seen: set[tuple[str, str, str]] = set()
    for number in rows_in(typed, "citations")[::-1]:
        row = _row(typed, "citations", number)
        if row in seen:
            typed = without_row(typed, "citations", number)
        seen.add(row)
    return typed


def citations_in(rows: list[dict[str, Any]]) -> tuple[Citation, ...]:
    """Return what the form's ``citations`` hold."""
    return tuple(Citation(row["source"], row["claim"], row["role"]) for row in rows if row["claim"])


def open_picker(
    db: Database, citations: tuple[Citation, ...], *, basis: Basis, searched: str, today: date,
    marking: MarkedBy = "by_key",
) -> Picker:  # fmt: skip
    """Return what the page shows: the claims chosen, those the search finds, and the standing to come."""
    chosen = {(c.source, c.claim) for c in citations}
    found, found_in_all = find_claims(db, searched, without=chosen) if searched.strip() else ([], 0)
    return Picker(
        claims=select_claims(db, citations),
        found=found,
        found_in_all=found_in_all,
        searched=searched.strip(),
        standing=draft_standing(db, basis, citations, today=today, marking=marking),
        default_role="checks" if basis == "check" else "rests_on",
    )


def _row(typed: Typed, list_name: str, number: int) -> tuple[str, str, str]:
    source, claim, role = (
        typed.get(f"{list_name}-{number}-{name}", "") for name in ("source", "claim", "role")
    )
    return source, claim, role
