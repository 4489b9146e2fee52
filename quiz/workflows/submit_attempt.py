"""Submit an attempt: mark every answer, add up the score, give a receipt."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Literal

from quiz.core import join_codes
from quiz.core.attempts import SlotResult, score_of
from quiz.core.questions import PublicQuestion, QuestionKey
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database, RowCountError
from quiz.workflows.open_question import open_keyed_many, type_called

Because = Literal["learner", "time", "closing", "staff"]
"""Why: the learner did it, its time was up, the quiz was closed, or an instructor counts it."""

SUBMIT = "submit"
"""The id of the operation: an attempt is submitted once."""


def submit_attempt(db: Database, attempt: Attempt, *, now: datetime, because: Because = "learner") -> Attempt:
    """Return the attempt as submitted, with its receipt and score; one that was abandoned stays so.

    Harmless to repeat, and to do many times at once: the first marks and closes, each returns its result.
    """
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        if sequence is not None:
            attempts.insert_step(
                db, attempt, sequence, operation_id=SUBMIT, position=0, kind="submit",
                content={"because": because}, now=now,
            )  # fmt: skip
            _mark_and_close(db, attempt, now)
    submitted = attempts.select_attempt_or_none(db, attempt.id)
    if submitted is None:
        raise RowCountError(f"attempt {attempt.id} is gone")
    return submitted


def _mark_and_close(db: Database, attempt: Attempt, now: datetime) -> None:
    slots = attempts.select_attempt_slots(db, attempt)
    questions = open_keyed_many(db, [slot.version_id for slot in slots])
    fractions = {slot.position: fraction_of(slot, *questions[slot.version_id]) for slot in slots}
    score = score_of(SlotResult(slot.points, fractions[slot.position], slot.is_counted) for slot in slots)
    attempts.update_attempt_submitted(db, attempt, receipt=new_receipt(), score=score, now=now)
    attempts.update_fractions(db, attempt, fractions)


def fraction_of(slot: AttemptSlot, question: PublicQuestion, key: QuestionKey) -> float | None:
    """Return what the slot's answer earns, 0 to 1; None if it was left blank."""
    if slot.response is None:
        return None
    return type_called(question.type).grade(question.ask, key.key, slot.response).fraction


def new_receipt() -> str:
    """Return a code that proves to the learner that we have their answers."""
    return join_codes.shown(join_codes.code_from(secrets.token_bytes(join_codes.LENGTH)))
