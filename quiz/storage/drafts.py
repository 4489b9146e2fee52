"""What people have typed into the question editor and not saved, one draft for each person and question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DraftRow:
    """A draft. number: grows with every keeping. based_on: the version its form was filled from, "" if from none.

    fields: names and values of the form, in its order.
    """

    person_id: str
    question_id: str
    number: int
    type: str
    based_on: str
    fields: Fields
    kept: datetime


def select_draft(db: Database, person_id: str, question_id: str) -> DraftRow:
    """Return the person's draft of the question. Raises RowCountError if there is none."""
    return _draft(db.one(sql.select_draft, person_id=person_id, question_id=question_id))


def select_draft_or_none(db: Database, person_id: str, question_id: str) -> DraftRow | None:
    """Return the person's draft of the question, or None."""
    row = db.one_or_none(sql.select_draft, person_id=person_id, question_id=question_id)
    return _draft(row) if row else None


def select_drafts_of_new_questions(db: Database, person_id: str) -> list[DraftRow]:
    """Return the person's drafts of questions that were never saved, newest first."""
    return [_draft(row) for row in db.all(sql.select_drafts_of_new_questions, person_id=person_id)]


def upsert_draft(
    db: Database,
    person_id: str,
    question_id: str,
    *,
    base: int,
    type: str,
    based_on: str,
    fields: Sequence[tuple[str, str]],
    now: datetime,
) -> int | None:
    """Keep the draft over the one that has the number ``base`` (0 for none); return its own number.

    None if another one is kept: nothing was written then.
    """
    row = db.one_or_none(
        sql.upsert_draft,
        person_id=person_id,
        question_id=question_id,
        base=base,
        type=type,
        based_on=based_on,
        fields=json_text([list(field) for field in fields]),
        kept_at=time_text(now),
    )
    return row["number"] if row else None


def delete_draft(db: Database, person_id: str, question_id: str) -> None:
    """Forget the draft, if there is one."""
    db.run(sql.delete_draft, person_id=person_id, question_id=question_id)


def _draft(row: Row) -> DraftRow:
    names = ("person_id", "question_id", "number", "type", "based_on")
    fields = tuple((name, value) for name, value in json_from(row["fields"]))
    return DraftRow(**{n: row[n] for n in names}, fields=fields, kept=time_from(row["kept_at"]))
