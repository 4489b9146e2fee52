"""Flag a place of an attempt, to come back to it; or take the flag away."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_
from quiz.storage import attempts
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.pass_through import check_place
from quiz.workflows.save_response import AttemptClosed


def flag_slot(
    db: Database, attempt: Attempt, position: int, *, is_flagged: bool, operation_id: str, now: datetime
) -> None:
    """Set the flag. Harmless to repeat with the same operation id. Raises AttemptClosed or PlaceClosed."""
    attempt = end_if_over(db, attempt, now=now)
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        if attempts.select_step_by_operation_or_none(db, attempt, operation_id):
            return
        if sequence is None:
            raise AttemptClosed(
                N_("This attempt was submitted before. Nothing can be flagged in it any more.")
            )
        check_place(db, attempt, position, now=now)
        content = {"is_flagged": is_flagged}
        attempts.insert_step(
            db,
            attempt,
            sequence,
            operation_id=operation_id,
            position=position,
            kind="flag",
            content=content,
            now=now,
        )
        attempts.update_flag(db, attempt, position, is_flagged)
