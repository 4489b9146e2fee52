"""Check what a learner answered: save it, mark it as one try, and finish the place if that was the last.

Harmless to repeat, and to do many times at once: the first is a try, each of the others learns what it came to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.behaviours import Try, tried_before
from quiz.core.messages import N_, Explained
from quiz.core.question_type import Response
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, Step
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.mark_place import mark_from, own_tries, tried, try_content
from quiz.workflows.open_question import open_keyed
from quiz.workflows.save_response import (
    LATE,
    Admitted,
    AnswerLate,
    Sent,
    admit,
    as_stored,
    finished,
    is_stored,
    keep_late,
    store_answer,
    was_saved,
)


class NothingToCheck(Explained):
    """The answer is blank, so there is nothing to check; it cost nothing."""


class CertaintyMissing(Explained):
    """The learner did not say how sure they are; nothing was checked, and it cost nothing."""


class NoCheckHere(Explained):
    """Answers of this attempt are not checked one by one."""


@dataclass(frozen=True)
class Checked:
    """What the check came to. is_try: False if the same answer had been tried before, or the operation done."""

    tried: Try
    is_finished: bool
    is_try: bool = True


def check_response(
    db: Database, attempt: Attempt, position: int, *, response: Response | None, certainty: int | None,
    operation_id: str, based_on: int | None, now: datetime,
) -> Checked:  # fmt: skip
    """Save the response as save_response does, and mark it as a try.

    Raises NothingToCheck, CertaintyMissing, NoCheckHere, and what save_response raises.
    """
    end_if_over(db, attempt, now=now)
    sent = Sent(position, as_stored(response), certainty, operation_id, based_on)
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        done = attempts.select_step_by_operation_or_none(db, attempt, _check_id(operation_id))
        if done is not None and _is_same(done, sent):
            return _as_before(db, attempt, done)
        admitted = admit(db, attempt, position, sequence, now=now)
        _must_be_checkable(admitted, sent)
        if not admitted.is_late:
            return _check(db, admitted, sent, now)
        keep_late(db, admitted, sent, now=now)
    raise AnswerLate(LATE)


def _must_be_checkable(admitted: Admitted, sent: Sent) -> None:
    marking = admitted.attempt.marking_of(admitted.slot)
    if not marking.has_check:
        raise NoCheckHere(N_("The answers of this quiz are marked together, when you submit it."))
    if admitted.slot.finished_at is not None and not is_stored(admitted.slot, sent):
        raise finished(admitted.slot)
    if sent.response is None:
        raise NothingToCheck(N_("Give an answer first. Nothing was checked, and it cost you nothing."))
    if marking.asks_certainty and sent.certainty is None:
        raise CertaintyMissing(
            N_("Say how sure you are first. Nothing was checked, and it cost you nothing.")
        )


def _check(db: Database, admitted: Admitted, sent: Sent, now: datetime) -> Checked:
    attempt, slot = admitted.attempt, admitted.slot
    marking = attempt.marking_of(slot)
    tries = own_tries(db, attempt, slot)
    if slot.finished_at is not None:
        return Checked(tries[-1], is_finished=True, is_try=False)
    before = tried_before(tries, sent.response)
    if before is not None and was_saved(db, attempt, sent):
        # Sent once more, perhaps long after: what was answered since must stay.
        return Checked(before, is_finished=False, is_try=False)
    new = before or tried(*open_keyed(db, slot.version_id), sent.response, sent.certainty)
    if new is None:
        raise NoCheckHere(N_("No key can check this answer: a person marks it after you submit."))
    if not is_stored(slot, sent):
        admitted = _save_first(db, admitted, sent, now)
    if before is not None:
        return Checked(before, is_finished=False, is_try=False)
    tries = (*tries, new)
    is_finished = marking.is_finished(tries)
    _insert_check(db, admitted, sent, new, now)
    mark = mark_from(marking, tries, finished_at=now if is_finished else None)
    attempts.update_mark(db, attempt, slot.position, mark)
    return Checked(new, is_finished)


def _save_first(db: Database, admitted: Admitted, sent: Sent, now: datetime) -> Admitted:
    done = attempts.select_step_by_operation_or_none(db, admitted.attempt, sent.operation_id)
    store_answer(db, admitted, sent, done, now=now)
    following = attempts.take_step_number_of_any(db, admitted.attempt)
    return Admitted(admitted.attempt, admitted.slot, following, admitted.is_late)


def _insert_check(db: Database, admitted: Admitted, sent: Sent, new: Try, now: datetime) -> None:
    check_id = _check_id(sent.operation_id)
    # An old page may send another answer under the same operation, which is another try.
    if attempts.select_step_by_operation_or_none(db, admitted.attempt, check_id):
        check_id = new_id(now)
    attempts.insert_step(
        db, admitted.attempt, admitted.sequence, operation_id=check_id, position=sent.position, kind="check",
        content=try_content(new), now=now,
    )  # fmt: skip


def _as_before(db: Database, attempt: Attempt, done: Step) -> Checked:
    slot = attempts.select_attempt_slot_or_none(db, attempt, done.position)
    tried = Try(done.content["response"], done.content["fraction"], done.content.get("certainty"))
    return Checked(tried, slot is not None and slot.finished_at is not None, is_try=False)


def _is_same(done: Step, sent: Sent) -> bool:
    return (
        done.kind == "check" and done.position == sent.position and done.content["response"] == sent.response
    )


def _check_id(operation_id: str) -> str:
    """Return the id of the check beside that of the save which the same page may have done already."""
    return f"{operation_id}-check"
