"""Banks, as rows: questions that belong together, and who shares them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_text, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

Audience = Literal["everyone", "classes"]


@dataclass(frozen=True)
class BankRow:
    """A bank in a list. questions: how many are not retired. file_digest: "" if it came from no file.

    created_by: None of a bank that came from a file. audience: every instructor, or whoever made it and the
    instructors of chosen classes. copied_from: the bank that it was duplicated from.
    """

    id: str
    title: str
    description: str
    language: str
    position: int
    file_digest: str
    questions: int
    created_by: str | None = None
    audience: Audience = "everyone"
    copied_from: str | None = None


def select_banks(db: Database) -> list[BankRow]:
    """Return all banks in their order."""
    return [_bank(row) for row in db.all(sql.select_banks)]


def select_bank_ids(db: Database) -> frozenset[str]:
    """Return the ids of all banks."""
    return frozenset(row["id"] for row in db.all(sql.select_bank_ids))


def select_banks_visible_to(db: Database, person_id: str) -> list[BankRow]:
    """Return the banks that an instructor may see, in their order (see workflows/bank_access.py)."""
    return [_bank(row) for row in db.all(sql.select_banks_visible_to, person_id=person_id)]


def select_bank_or_none(db: Database, bank_id: str) -> BankRow | None:
    """Return the bank, or None."""
    row = db.one_or_none(sql.select_bank, bank_id=bank_id)
    return _bank(row) if row else None


def upsert_bank(db: Database, bank: BankRow, *, by: str | None, now: datetime) -> None:
    """Write the bank's own row, as its file has it. by and now are kept of the first time only.

    Title, description and language stay as they are if they were changed in the pages.
    """
    row = {n: getattr(bank, n) for n in ("id", "title", "description", "language", "position", "file_digest")}
    db.run(sql.upsert_bank, **row, created_by=by, created_at=time_text(now))


def insert_bank(
    db: Database,
    bank_id: str,
    title: str,
    description: str,
    language: str,
    *,
    audience: Audience,
    by: str,
    now: datetime,
    copied_from: str | None = None,
) -> None:
    """Write a bank that somebody makes in the pages, after all others. Raises Conflict if the id is taken."""
    row = {"id": bank_id, "title": title, "description": description, "language": language}
    made = {"audience": audience, "copied_from": copied_from, "created_by": by, "created_at": time_text(now)}
    db.run(sql.insert_bank, **row, **made)


def update_bank(
    db: Database, bank_id: str, *, title: str, description: str, language: str, now: datetime
) -> None:
    """Change what the bank says of itself, and note that its file no longer has the say in it."""
    row = {"title": title, "description": description, "language": language}
    db.run(sql.update_bank, id=bank_id, **row, edited_at=time_text(now))


def update_sharing(db: Database, bank_id: str, audience: Audience, class_ids: Iterable[str]) -> None:
    """Write who sees the bank. class_ids: those whose instructors do, if not everyone does."""
    db.run(sql.update_bank_audience, id=bank_id, audience=audience)
    db.run(sql.delete_classes_of_bank, bank_id=bank_id)
    rows = [{"bank_id": bank_id, "class_id": class_id} for class_id in dict.fromkeys(class_ids)]
    db.run_many(sql.insert_class_of_bank, rows)


def select_classes_of_bank(db: Database, bank_id: str) -> dict[str, str]:
    """Return the classes whose instructors share the bank: titles by id."""
    return {row["id"]: row["title"] for row in db.all(sql.select_classes_of_bank, bank_id=bank_id)}


def select_counts(db: Database, bank_id: str) -> dict[str, dict[str, int]]:
    """Return how many questions have each state, and how many that are not retired each type, basis and difficulty."""
    counts: dict[str, dict[str, int]] = {}
    for row in db.all(sql.select_counts, bank_id=bank_id):
        counts.setdefault(row["facet"], {})[row["value"]] = row["question_count"]
    return counts


def select_tags_in(db: Database, bank_ids: Iterable[str], *, limit: int) -> dict[str, int]:
    """Return the most frequent tags of questions in these banks that are not retired, with their number, by tag."""
    rows = db.all(sql.select_tags_in, bank_ids=json_text(sorted(bank_ids)), limit=limit)
    return dict(sorted((row["tag"], row["question_count"]) for row in rows))


def select_authors_in(db: Database, bank_ids: Iterable[str]) -> dict[str, str]:
    """Return who wrote questions in these banks that are not retired: names by id."""
    rows = db.all(sql.select_authors_in, bank_ids=json_text(sorted(bank_ids)))
    return {row["id"]: row["name"] for row in rows}


def _bank(row: Row) -> BankRow:
    names = (
        "id", "title", "description", "language", "position", "file_digest", "created_by", "audience", "copied_from",
    )  # fmt: skip
    return BankRow(**{name: row[name] for name in names}, questions=row["question_count"])
