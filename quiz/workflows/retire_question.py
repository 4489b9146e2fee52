"""Retire a question, so that it is asked and drawn no more; or take it back."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.questions import select_question, update_question_retired


def retire_question(db: Database, question_id: str, *, now: datetime) -> None:
    """Retire the question; attempts that hold it keep it. Raises RowCountError if there is none."""
    with db.atomic():
        if select_question(db, question_id).retired is None:
            update_question_retired(db, question_id, now)


def restore_question(db: Database, question_id: str) -> None:
    """Take a retired question back. Raises RowCountError if there is none."""
    with db.atomic():
        select_question(db, question_id)
        update_question_retired(db, question_id, None)
