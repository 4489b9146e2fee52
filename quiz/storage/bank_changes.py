"""What was done to a bank, by whom and when: append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.storage.database import Database
from quiz.storage.encoding import json_from, json_text, time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class BankChange:
    """made_by: None for what came from a file or the command line. question_id: None if it was not one question.

    name: of whoever made it; None if nobody did.
    """

    id: str
    bank_id: str
    at: datetime
    made_by: str | None
    kind: str
    question_id: str | None
    details: Mapping[str, Any]
    name: str | None = None


def insert_bank_change(db: Database, change: BankChange) -> None:
    db.run(
        sql.insert_bank_change, id=change.id, bank_id=change.bank_id, at=time_text(change.at), made_by=change.made_by,
        kind=change.kind, question_id=change.question_id, details=json_text(dict(change.details)),
    )  # fmt: skip


def select_bank_changes(db: Database, bank_id: str, *, before: str = "", limit: int = 50) -> list[BankChange]:
    """Return what was done to the bank, the last first. before: the change behind which to begin, "" for the last."""
    rows = db.all(sql.select_bank_changes, bank_id=bank_id, before=before or "~", limit=limit)
    return [
        BankChange(
            row["id"], row["bank_id"], time_from(row["at"]), row["made_by"], row["kind"], row["question_id"],
            json_from(row["details"]), row["name"],
        )
        for row in rows
    ]  # fmt: skip
