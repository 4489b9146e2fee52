"""Save what a learner answered: acknowledged only after the commit, harmless to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.core.behaviours import is_same_response
from quiz.core.certainty import CERTAINTIES
from quiz.core.messages import N_, Explained
from quiz.core.question_type import Response, Submitted, UnreadableResponse
from quiz.core.questions import PublicQuestion
from quiz.core.timing import TRANSIT, is_late
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot, Step
from quiz.storage.database import Database
from quiz.storage.encoding import json_from, json_text, new_id
from quiz.workflows.end_overdue import end_if_over, end_of
from quiz.workflows.keep_late_answer import ended_without_learner, keep_late_answer
from quiz.workflows.open_question import type_called
from quiz.workflows.pass_through import PlaceClosed, is_place_late
from quiz.workflows.take_break import end_break

MOST_SECONDS_BETWEEN_STEPS = 30 * 60
"""A longer pause was not spent on the question: of it, only so much counts."""
CERTAINTY = "certainty"
"""The form field in which a learner says how sure they are."""


class AttemptClosed(Explained):
    """The attempt was submitted before; nothing more can be saved."""


class AnswerLate(Explained):
    """The answer came after the end. It is kept for an instructor to decide about, and is not marked by itself."""


class PlaceFinished(Explained):
    """The place was checked to its end; the answer that was checked stays."""


class ChangedElsewhere(Explained):
    """Another tab or device saved a different answer since this page was read. stored: that answer."""

    def __init__(self, stored: AttemptSlot) -> None:
        super().__init__(N_("This answer was changed in another tab or on another device."))
        self.stored = stored


@dataclass(frozen=True)
class Sent:
    """An answer as it was sent to a place. response: None for a cleared one. certainty: 1 to 3, None if not said.

    based_on: the revision that the learner's page showed; None saves over whatever is there.
    """

    position: int
    response: Response | None
    certainty: int | None
    operation_id: str
    based_on: int | None


@dataclass(frozen=True)
class Saved:
    """What is stored now. is_repeat: the operation had been done before, and nothing was written."""

    response: Response | None
    revision: int
    at: datetime
    is_repeat: bool = False


@dataclass(frozen=True)
class Admitted:
    """An answer that may be written now. attempt, slot: as they are. sequence: the number of its step.

    is_late: it came after the end, and is only kept.
    """

    attempt: Attempt
    slot: AttemptSlot
    sequence: int
    is_late: bool


def read_submitted(question: PublicQuestion, slot: AttemptSlot, submitted: Submitted) -> Response | None:
    """Return the response in what a form sent, None if it is blank. Raises UnreadableResponse."""
    return type_called(question.type).read_response(question.ask, submitted, slot.seed)


def read_certainty(attempt: Attempt, slot: AttemptSlot, submitted: Submitted) -> int | None:
    """Return how sure a form says its learner is, 1 to 3; None if it does not say, or is not asked to.

    Raises UnreadableResponse.
    """
    sent = [value for value in submitted.get(CERTAINTY, ()) if value]
    if not sent or not attempt.marking_of(slot).asks_certainty:
        return None
    known = {str(level): level for level in CERTAINTIES}
    if len(sent) > 1 or sent[0] not in known:
        raise UnreadableResponse(N_("Choose one of the three answers to how sure you are"))
    return known[sent[0]]


def save_response(
    db: Database, attempt: Attempt, position: int, *, response: Response | None, operation_id: str,
    based_on: int | None, now: datetime, certainty: int | None = None,
) -> Saved:  # fmt: skip
    """Store the response, None for a cleared one, in the slot at the position (which must exist).

    based_on: the revision that the learner's page showed; None saves over whatever is there.
    Raises AttemptClosed, PlaceClosed, PlaceFinished, ChangedElsewhere if the slot holds another answer of a newer
    revision, or AnswerLate if it was kept apart.
    """
    end_if_over(db, attempt, now=now)
    sent = Sent(position, as_stored(response), certainty, operation_id, based_on)
    with db.atomic():
        # Taken first: it makes a second call for this attempt wait, so that what is read next stays so.
        sequence = attempts.take_step_number_or_none(db, attempt)
        done = attempts.select_step_by_operation_or_none(db, attempt, operation_id)
        if done is not None and _is_same(done, sent):
            return Saved(sent.response, done.content["revision"], done.at, is_repeat=True)
        try:
            admitted = admit(db, attempt, position, sequence, now=now)
        except PlaceClosed as closed:
            return _unchanged(closed, sent, now)
        if admitted.slot.finished_at is not None:
            return _finished_with(admitted.slot, sent, now)
        if not admitted.is_late:
            return store_answer(db, admitted, sent, done, now=now)
        keep_late(db, admitted, sent, now=now)
    # Told only now: what is raised inside would undo the keeping.
    raise AnswerLate(LATE)


LATE = N_("Your time was up when this answer arrived. It is kept apart, and your teacher decides about it.")


def as_stored(response: Response | None) -> Response | None:
    """Return the response as it will be read back, so that it can be compared with what is stored."""
    return json_from(json_text(response))


def admit(db: Database, attempt: Attempt, position: int, sequence: int | None, *, now: datetime) -> Admitted:
    """Return the door to the place, for an answer that may be written or kept. sequence: None if it is closed.

    Belongs inside atomic(). Raises AttemptClosed, PlaceClosed, or LookupError if there is no such place.
    """
    slot = attempts.select_attempt_slot_or_none(db, attempt, position)
    if slot is None:
        raise LookupError(f"attempt {attempt.id} has no place {position}")
    if slot.is_extra:
        # Practice counts for nothing, so neither its attempt's end nor its submission matters.
        return Admitted(attempt, slot, sequence or attempts.take_step_number_of_any(db, attempt), False)
    current = _current(db, attempt, now)
    if sequence is None and not ended_without_learner(db, current):
        raise AttemptClosed(N_("This attempt was submitted before. The answer that you sent was not added."))
    is_over = sequence is None or is_late(now, end_of(db, current, now=now))
    if not is_over and (current.is_in_parts or current.navigation == "sequential"):
        is_over = is_place_late(db, current, slot, now=now)
    return Admitted(current, slot, sequence or 0, is_over)


def keep_late(db: Database, admitted: Admitted, sent: Sent, *, now: datetime) -> None:
    """Keep an answer that came after the end, for somebody to decide about."""
    keep_late_answer(
        db, admitted.attempt, sent.position, sent.response, certainty=sent.certainty,
        operation_id=sent.operation_id, now=now,
    )  # fmt: skip


def store_answer(db: Database, admitted: Admitted, sent: Sent, done: Step | None, *, now: datetime) -> Saved:
    """Append the step and update the place. done: what the operation did before, if anything.

    Raises ChangedElsewhere.
    """
    attempt, slot = admitted.attempt, admitted.slot
    if _would_overwrite(slot, sent):
        raise ChangedElsewhere(slot)
    content: dict[str, Any] = {"response": sent.response, "revision": slot.revision + 1}
    if sent.certainty is not None:
        content["certainty"] = sent.certainty
    seconds = _seconds_since(attempts.select_newest_step_time(db, attempt), now)
    # A browser that goes back to an old page sends another answer under the old page's operation.
    fresh_id = sent.operation_id if done is None else new_id(now)
    attempts.insert_step(
        db, attempt, admitted.sequence, operation_id=fresh_id, position=sent.position, kind="save",
        content=content, now=now,
    )  # fmt: skip
    revision = attempts.update_response(
        db, attempt, sent.position, sent.response, certainty=sent.certainty, seconds=seconds, now=now
    )
    return Saved(sent.response, revision, now)


def is_stored(slot: AttemptSlot, sent: Sent) -> bool:
    """Tell whether the place holds that very answer."""
    return is_same_response(slot.response, sent.response) and slot.certainty == sent.certainty


def was_saved(db: Database, attempt: Attempt, sent: Sent) -> bool:
    """Tell whether that operation saved that very answer before."""
    done = attempts.select_step_by_operation_or_none(db, attempt, sent.operation_id)
    return done is not None and _is_same(done, sent)


def finished(slot: AttemptSlot) -> PlaceFinished:
    """Return the refusal of an answer to a place that was checked to its end."""
    return PlaceFinished(
        N_(
            "Question {number} was checked and is finished. The answer that was checked stays; "
            "the one that you sent now was not added."
        ),
        number=slot.position,
    )


def _finished_with(slot: AttemptSlot, sent: Sent, now: datetime) -> Saved:
    if not is_stored(slot, sent):
        raise finished(slot)
    return Saved(slot.response, slot.revision, slot.saved_at or now, is_repeat=True)


def _unchanged(closed: PlaceClosed, sent: Sent, now: datetime) -> Saved:
    """Return what is stored if that is what was sent, to a place that was left. Raises PlaceClosed if it is not."""
    slot = closed.slot
    if not slot.revision or not is_stored(slot, sent):
        raise closed
    return Saved(slot.response, slot.revision, slot.saved_at or now, is_repeat=True)


def _current(db: Database, attempt: Attempt, now: datetime) -> Attempt:
    """Return the attempt as it is now. Whoever answers in a break has ended it."""
    current = attempts.select_attempt_or_none(db, attempt.id)
    if current is None:
        raise LookupError(f"attempt {attempt.id} is gone")
    # What was on its way when the break began does not end it.
    if current.state == "open" and current.paused_at and now > current.paused_at + TRANSIT:
        return end_break(db, current, now=now)
    return current


def _is_same(done: Step, sent: Sent) -> bool:
    if done.kind != "save" or done.position != sent.position:
        return False
    content = done.content
    return bool(content["response"] == sent.response) and content.get("certainty") == sent.certainty


def _would_overwrite(slot: AttemptSlot, sent: Sent) -> bool:
    """Tell whether saving would undo what the learner can't have seen; a blank is nothing to undo."""
    is_behind = sent.based_on is not None and sent.based_on < slot.revision
    return is_behind and slot.response is not None and not is_stored(slot, sent)


def _seconds_since(earlier: datetime, now: datetime) -> int:
    return max(0, min(round((now - earlier).total_seconds()), MOST_SECONDS_BETWEEN_STEPS))
