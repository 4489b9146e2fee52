"""Retire a question, so that it is asked and drawn no more; or take it back."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.questions import select_question, update_question_retired
from quiz.workflows.log_bank_change import log_bank_change


def retire_question(db: Database, question_id: str, *, now: datetime, by: str | None = None) -> None:
    """Retire the question; attempts that hold it keep it. Raises RowCountError if there is none."""
    with db.atomic():
        question = select_question(db, question_id)
        if question.retired is None:
            update_question_retired(db, question_id, now)
            log_bank_change(db, question.bank_id, "retired", by=by, now=now, question_id=question_id)


def restore_question(db: Database, question_id: str, *, now: datetime, by: str | None = None) -> None:
    """Take a retired question back. Raises RowCountError if there is none."""
    with db.atomic():
        question = select_question(db, question_id)
        if question.retired is not None:
            update_question_retired(db, question_id, None)
            log_bank_change(db, question.bank_id, "restored", by=by, now=now, question_id=question_id)
