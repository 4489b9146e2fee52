"""Save what a learner answered: acknowledged only after the commit, harmless to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.core.messages import N_, Explained
from quiz.core.question_type import Response, Submitted
from quiz.core.questions import PublicQuestion
from quiz.core.timing import TRANSIT, is_late
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot, Step
from quiz.storage.database import Database
from quiz.storage.encoding import json_from, json_text, new_id
from quiz.workflows.end_overdue import end_if_over, end_of
from quiz.workflows.keep_late_answer import ended_without_learner, keep_late_answer
from quiz.workflows.open_question import type_called
from quiz.workflows.take_break import end_break

MOST_SECONDS_BETWEEN_STEPS = 30 * 60
"""A longer pause was not spent on the question: of it, only so much counts."""


class AttemptClosed(Explained):
    """The attempt was submitted before; nothing more can be saved."""


class AnswerLate(Explained):
    """The answer came after the end. It is kept for an instructor to decide about, and is not marked by itself."""


class ChangedElsewhere(Explained):
    """Another tab or device saved a different answer since this page was read. stored: that answer."""

    def __init__(self, stored: AttemptSlot) -> None:
        super().__init__(N_("This answer was changed in another tab or on another device."))
        self.stored = stored


@dataclass(frozen=True)
class Saved:
    """What is stored now. is_repeat: the operation had been done before, and nothing was written."""

    response: Response | None
    revision: int
    at: datetime
    is_repeat: bool = False


def read_submitted(question: PublicQuestion, slot: AttemptSlot, submitted: Submitted) -> Response | None:
    """Return the response in what a form sent, None if it is blank. Raises UnreadableResponse."""
    return type_called(question.type).read_response(question.ask, submitted, slot.seed)


def save_response(
    db: Database, attempt: Attempt, position: int, *, response: Response | None, operation_id: str,
    based_on: int | None, now: datetime,
) -> Saved:  # fmt: skip
    """Store the response, None for a cleared one, in the slot at the position (which must exist).

    based_on: the revision that the learner's page showed; None saves over whatever is there.
    Raises AttemptClosed, ChangedElsewhere if the slot holds another answer of a newer revision, or AnswerLate if it was
    kept apart.
    """
    end_if_over(db, attempt, now=now)
    # As it will be read back, so that it can be compared with what is stored.
    response = json_from(json_text(response))
    with db.atomic():
        # Taken first: it makes a second call for this attempt wait, so that what is read next stays so.
        sequence = attempts.take_step_number_or_none(db, attempt)
        done = attempts.select_step_by_operation_or_none(db, attempt, operation_id)
        if done is not None and _is_same(done, position, response):
            return Saved(response, done.content["revision"], done.at, is_repeat=True)
        current = _current(db, attempt, now)
        if sequence is None and not ended_without_learner(db, current):
            raise AttemptClosed(
                N_("This attempt was submitted before. The answer that you sent was not added.")
            )
        if sequence is not None and not is_late(now, end_of(db, current, now=now)):
            return _store(
                db,
                attempt,
                position,
                response,
                sequence,
                done,
                operation_id=operation_id,
                based_on=based_on,
                now=now,
            )
        keep_late_answer(db, current, position, response, operation_id=operation_id, now=now)
    # Told only now: what is raised inside would undo the keeping.
    raise AnswerLate(
        N_("Your time was up when this answer arrived. It is kept apart, and your teacher decides about it.")
    )


def _current(db: Database, attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt as it is now. Whoever answers in a break has ended it."""
    current = attempts.select_attempt_or_none(db, attempt.id)
    if current is None:
        raise LookupError(f"attempt {attempt.id} is gone")
    # What was on its way when the break began does not end it.
    if current.state == "open" and current.paused_at and now > current.paused_at + TRANSIT:
        return end_break(db, current, now=now)
    return current


def _store(
    db: Database, attempt: Attempt, position: int, response: Response | None, sequence: int, done: Step | None, *,
    operation_id: str, based_on: int | None, now: datetime,
) -> Saved:  # fmt: skip
    slot = attempts.select_attempt_slot_or_none(db, attempt, position)
    if slot is None:
        raise LookupError(f"attempt {attempt.id} has no place {position}")
    if _would_overwrite(slot, response, based_on):
        raise ChangedElsewhere(slot)
    content: dict[str, Any] = {"response": response, "revision": slot.revision + 1}
    seconds = _seconds_since(attempts.select_newest_step_time(db, attempt), now)
    # A browser that goes back to an old page sends another answer under the old page's operation.
    fresh_id = operation_id if done is None else new_id(now)
    attempts.insert_step(
        db, attempt, sequence, operation_id=fresh_id, position=position, kind="save", content=content, now=now
    )
    revision = attempts.update_response(db, attempt, position, response, seconds=seconds, now=now)
    return Saved(response, revision, now)


def _is_same(done: Step, position: int, response: Response | None) -> bool:
    return done.kind == "save" and done.position == position and done.content["response"] == response


def _would_overwrite(slot: AttemptSlot, response: Response | None, based_on: int | None) -> bool:
    """Tell whether saving would undo what the learner can't have seen; a blank is nothing to undo."""
    is_behind = based_on is not None and based_on < slot.revision
    return is_behind and slot.response is not None and slot.response != response


def _seconds_since(earlier: datetime, now: datetime) -> int:
    return max(0, min(round((now - earlier).total_seconds()), MOST_SECONDS_BETWEEN_STEPS))
