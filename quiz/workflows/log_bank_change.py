"""Write down what was done to a bank, in the transaction that does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from quiz.storage.bank_changes import BankChange, insert_bank_change
from quiz.storage.database import Database
from quiz.storage.encoding import new_id

Kind = Literal[
    "made", "edited", "shared", "duplicated", "loaded", "imported", "import_undone", "created", "saved", "retired",
    "restored", "moved_in", "moved_out", "tagged", "merged", "bulk_undone", "exported",
]  # fmt: skip


def log_bank_change(
    db: Database,
    bank_id: str,
    kind: Kind,
    *,
    by: str | None,
    now: datetime,
    question_id: str | None = None,
    **details: Any,
) -> None:
    """Append an entry: one for each thing that somebody did, however many questions it changed.

    by: None for a file or the command line. details: plain facts that the page of the log tells.
    """
    insert_bank_change(db, BankChange(new_id(now), bank_id, now, by, kind, question_id, details))
