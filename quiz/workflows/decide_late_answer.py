"""Decide about a late answer: accepted, it replaces what was there and is marked; refused, it stays apart."""

from __future__ import annotations

from datetime import datetime

from quiz.core.attempts import SlotResult, score_of
from quiz.core.messages import N_, Explained
from quiz.storage import attempts, regrades
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.late_answers import Decision, LateAnswer, select_late_answer_or_none, update_decision
from quiz.workflows.apply_standing_regrades import regrade_place_again
from quiz.workflows.mark_place import mark_unchecked, try_content
from quiz.workflows.queue_for_marking import queue_for_marking
from quiz.workflows.record_audit import record_audit

LONGEST_REASON = 500


class CannotDecide(Explained):
    """The decision can't be taken; the message says why and what next."""


def decide_late_answer(
    db: Database, attempt: Attempt, operation_id: str, decision: Decision, *, reason: str = "", by: str, now: datetime
) -> None:  # fmt: skip
    """Decide once; a repeat changes nothing, and neither does a second opinion. Raises CannotDecide."""
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise CannotDecide(N_("This must have {most} characters at most"), most=LONGEST_REASON)
    if decision == "refused" and not reason:
        raise CannotDecide(N_("Enter why you refuse it; the learner will read it"))
    if attempt.state == "open":
        raise CannotDecide(N_("The attempt is still open. Decide when it has ended."))
    if decision == "accepted" and attempt.state == "abandoned":
        raise CannotDecide(N_("This attempt does not count. Count it first, then accept the answer."))
    late = select_late_answer_or_none(db, attempt.class_id, attempt.id, operation_id)
    if late is None:
        raise CannotDecide(N_("There is no such answer."))
    with db.atomic():
        # In this order, as regrades do: first the quiz, then the attempt. Else the two could wait for each other.
        regrades.hold_regrades(db, attempt.class_id, attempt.quiz_id)
        sequence = attempts.take_step_number_of_any(db, attempt)
        if not update_decision(
            db, attempt.class_id, attempt.id, operation_id, decision=decision, reason=reason, by=by, now=now
        ):
            return
        if decision == "accepted":
            _apply(db, attempt, late, sequence, now)
        record_audit(
            db, actor_id=by, action=f"late_answer_{decision}", subject=f"person {attempt.person_id}", now=now,
            attempt_id=attempt.id, position=late.position,
        )  # fmt: skip


def _apply(db: Database, attempt: Attempt, late: LateAnswer, sequence: int, now: datetime) -> None:
    revision = attempts.update_response(
        db, attempt, late.position, late.response, certainty=late.certainty, seconds=0, now=late.at
    )
    slot = attempts.select_attempt_slot_or_none(db, attempt, late.position)
    if slot is None:
        raise LookupError(f"attempt {attempt.id} has no place {late.position}")
    # It stands as if it had come in time: what was marked in its absence is no try any more.
    mark, tried = mark_unchecked(db, attempt, slot)
    content = {"response": late.response, "revision": revision}
    if late.certainty is not None:
        content["certainty"] = late.certainty
    if tried is not None and attempt.marking_of(slot).has_check:
        content |= try_content(tried)
    attempts.insert_step(
        db, attempt, sequence, operation_id=f"accept-{late.operation_id}", position=late.position, kind="accept",
        content=content, now=now,
    )  # fmt: skip
    attempts.update_mark(db, attempt, late.position, mark)
    queue_for_marking(db, attempt, [slot])
    regrade_place_again(db, attempt, late.position, cause=late.operation_id, now=now)
    as_they_stand = attempts.select_attempt_slots(db, attempt)
    results = (SlotResult(s.points, s.fraction, s.is_counted) for s in as_they_stand)
    attempts.update_score(db, attempt, score_of(results))
