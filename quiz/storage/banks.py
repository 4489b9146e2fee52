"""Banks, as rows: questions that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class BankRow:
    """A bank in a list. questions: how many are not retired. file_digest: "" if it came from no file."""

    id: str
    title: str
    description: str
    language: str
    position: int
    file_digest: str
    questions: int


def select_banks(db: Database) -> list[BankRow]:
    """Return all banks in their order."""
    names = ("id", "title", "description", "language", "position", "file_digest")
    rows = db.all(sql.select_banks)
    return [BankRow(**{name: row[name] for name in names}, questions=row["question_count"]) for row in rows]


def select_bank_or_none(db: Database, bank_id: str) -> BankRow | None:
    """Return the bank, or None."""
    return next((bank for bank in select_banks(db) if bank.id == bank_id), None)


def upsert_bank(db: Database, bank: BankRow, *, by: str | None, now: datetime) -> None:
    """Write the bank's own row. by and now are kept of the first time only."""
    row = {n: getattr(bank, n) for n in ("id", "title", "description", "language", "position", "file_digest")}
    db.run(sql.upsert_bank, **row, created_by=by, created_at=time_text(now))
