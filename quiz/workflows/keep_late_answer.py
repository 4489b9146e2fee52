"""Keep an answer that came after the end: apart from the others, for an instructor to decide about."""

from __future__ import annotations

from datetime import datetime

from quiz.core.question_type import Response
from quiz.storage import attempts
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.storage.late_answers import LateAnswer, insert_late_answer, select_late_answers
from quiz.workflows.submit_attempt import SUBMIT


def keep_late_answer(
    db: Database,
    attempt: Attempt,
    position: int,
    response: Response | None,
    *,
    operation_id: str,
    now: datetime,
    certainty: int | None = None,
) -> None:
    """Keep it. Harmless to repeat with the same answer. Raises LookupError if there is no such place."""
    if attempts.select_attempt_slot_or_none(db, attempt, position) is None:
        raise LookupError(f"attempt {attempt.id} has no place {position}")
    kept = select_late_answers(db, attempt.class_id, attempt.id)
    sent = (position, response, certainty)
    if any((late.position, late.response, late.certainty) == sent for late in kept):
        return
    # An old page sends another answer under the same operation: both are kept.
    fresh_id = new_id(now) if any(late.operation_id == operation_id for late in kept) else operation_id
    late_answer = LateAnswer(fresh_id, position, response, now, certainty=certainty)
    insert_late_answer(db, attempt.class_id, attempt.id, late_answer)


def ended_without_learner(db: Database, attempt: Attempt) -> bool:
    """Tell whether time or staff ended the attempt, while answers may have been on their way."""
    if attempt.state != "submitted":
        return attempt.state == "abandoned"
    submission = attempts.select_step_by_operation_or_none(db, attempt, SUBMIT)
    return submission is not None and submission.content.get("because", "learner") != "learner"
