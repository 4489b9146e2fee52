"""Count an attempt all the same that was not submitted in time: what was saved until its end is marked."""

from __future__ import annotations

from datetime import datetime

from quiz.storage import attempts
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.workflows.record_audit import record_audit
from quiz.workflows.submit_attempt import submit_attempt


def count_abandoned(db: Database, attempt: Attempt, *, by: str, now: datetime) -> Attempt:
    """Return the attempt as submitted, as of its end; unchanged if it is not abandoned. Harmless to repeat."""
    with db.atomic():
        sequence = attempts.take_step_number_of_any(db, attempt)
        current = attempts.select_attempt_or_none(db, attempt.id) or attempt
        if current.state != "abandoned":
            return current
        attempts.update_attempt_reopened(db, current)
        attempts.insert_step(
            db, current, sequence, operation_id="reopen", position=0, kind="reopen", content={}, now=now
        )
        record_audit(
            db, actor_id=by, action="count_abandoned", subject=f"person {attempt.person_id}", now=now,
            attempt_id=attempt.id,
        )  # fmt: skip
        return submit_attempt(db, current, now=current.submitted_at or now, because="staff")
