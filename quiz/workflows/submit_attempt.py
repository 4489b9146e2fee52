"""Submit an attempt: mark every answer, add up the score, give a receipt."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Literal

from quiz.core import join_codes
from quiz.core.attempts import SlotResult, score_of
from quiz.core.behaviours import Try
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database, RowCountError
from quiz.workflows.apply_standing_regrades import apply_standing_regrades
from quiz.workflows.mark_place import mark_unchecked, try_content
from quiz.workflows.open_question import open_keyed_many
from quiz.workflows.queue_for_marking import queue_for_marking

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
            sequence = _mark_and_close(db, attempt, sequence, now)
            attempts.insert_step(
                db, attempt, sequence, operation_id=SUBMIT, position=0, kind="submit",
                content={"because": because}, now=now,
            )  # fmt: skip
            apply_standing_regrades(db, attempt, cause=SUBMIT, now=now)
    submitted = attempts.select_attempt_or_none(db, attempt.id)
    if submitted is None:
        raise RowCountError(f"attempt {attempt.id} is gone")
    return submitted


def _mark_and_close(db: Database, attempt: Attempt, sequence: int, now: datetime) -> int:
    """Mark all places; return the number of the step that submits."""
    # What was asked for besides goes on after the submission.
    slots = [slot for slot in attempts.select_attempt_slots(db, attempt) if not slot.is_extra]
    # All at one go: each place by itself would be a query.
    open_keyed_many(db, [slot.version_id for slot in slots])
    marks = {}
    for slot in slots:
        marks[slot.position], unchecked = mark_unchecked(db, attempt, slot)
        if unchecked is not None and attempt.marking_of(slot).has_check:
            _note_try(db, attempt, slot, sequence, unchecked, now)
            sequence = attempts.take_step_number_of_any(db, attempt)
    score = score_of(SlotResult(s.points, marks[s.position].fraction, s.is_counted) for s in slots)
    attempts.update_attempt_submitted(db, attempt, receipt=new_receipt(), score=score, now=now)
    attempts.update_marks(db, attempt, marks)
    queue_for_marking(db, attempt, slots)
    return sequence


def _note_try(
    db: Database, attempt: Attempt, slot: AttemptSlot, sequence: int, unchecked: Try, now: datetime
) -> None:
    """Write down that an answer was marked which its learner had saved and not checked."""
    attempts.insert_step(
        db, attempt, sequence, operation_id=f"{SUBMIT}-check-{slot.position}", position=slot.position,
        kind="check", content=try_content(unchecked) | {"is_automatic": True}, now=now,
    )  # fmt: skip


def new_receipt() -> str:
    """Return a code that proves to the learner that we have their answers."""
    return join_codes.shown(join_codes.code_from(secrets.token_bytes(join_codes.LENGTH)))
