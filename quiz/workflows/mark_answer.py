"""Mark an answer by hand: a mark is added, never changed, and the score follows as soon as the marks decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.attempts import SlotResult, score_of
from quiz.core.hand_marking import GivenMark, Outcome, ReadMark, mark_to_change, outcome_of
from quiz.core.messages import N_, Explained
from quiz.storage import attempts, hand_marks, regrades
from quiz.storage.attempts import SlotMark
from quiz.storage.database import Database, RowCountError
from quiz.storage.hand_marks import HandAnswer
from quiz.storage.quizzes import Quiz
from quiz.workflows.record_audit import record_audit


class MarkedMeanwhile(Explained):
    """Somebody gave another mark since the page was read. Nothing was written. theirs: that mark."""

    def __init__(self, theirs: GivenMark) -> None:
        super().__init__(N_("{name} has marked this answer since you opened it."), name=theirs.marker_name)
        self.theirs = theirs


class NothingLeftToMark(Explained):
    """Two people have marked the answer, or it is settled: another mark has no place. Nothing was written."""


@dataclass(frozen=True)
class Marked:
    """What the marks come to now. is_new: False if this very mark was there already, and nothing was written."""

    outcome: Outcome
    is_new: bool = True


def mark_answer(
    db: Database, quiz: Quiz, answer: HandAnswer, mark: ReadMark, *, seen: int, operation_id: str, by: str,
    now: datetime,
) -> Marked:  # fmt: skip
    """Add the mark; harmless to repeat. Where only what is said beside it changed, the score stays as it is.

    seen: the number of the mark that the marker's page showed to be changed, 0 if there was none. Raises
    MarkedMeanwhile, or NothingLeftToMark.
    """
    with db.atomic():
        regrades.hold_quiz(db, quiz)
        marks = hand_marks.select_marks(db, answer)
        before = outcome_of(marks, markers=answer.markers)
        if any(mark.operation_id == operation_id for mark in marks):
            return Marked(before, is_new=False)
        theirs = mark_to_change(marks, by, markers=answer.markers)
        _refuse_if_decided(answer, before)
        if theirs is not None and theirs.marker_id == by and _is_all_the_same(theirs, mark):
            return Marked(before, is_new=False)
        if theirs is not None and theirs.number != seen:
            raise MarkedMeanwhile(theirs)
        number = hand_marks.insert_mark(
            db, answer, mark, kind="mark", by=by, operation_id=operation_id, now=now
        )
        is_only_said = theirs is not None and theirs.is_same_mark(mark)
        outcome = outcome_of(hand_marks.select_marks(db, answer), markers=answer.markers)
        write_outcome(db, answer, outcome, number, keeps_score=is_only_said, now=now)
        _note(db, quiz, answer, mark, outcome, by=by, now=now)
    return Marked(outcome)


def write_outcome(
    db: Database, answer: HandAnswer, outcome: Outcome, number: int, *, keeps_score: bool, now: datetime
) -> None:
    """Write what the marks come to, and the attempt's score after it. number: of the mark that led to it.

    keeps_score: nothing was given that had not been given before. Belongs inside atomic().
    """
    hand_marks.update_state(db, answer, outcome.state, markers=answer.markers)
    if keeps_score or outcome.fraction is None:
        return
    attempt = attempts.select_attempt_or_none(db, answer.attempt_id)
    slot = attempts.select_attempt_slot_or_none(db, attempt, answer.position) if attempt else None
    if attempt is None or slot is None:
        raise RowCountError("the answer is gone")
    mark = SlotMark(outcome.fraction, outcome.fraction, slot.tries, slot.finished_at)
    attempts.update_mark(db, attempt, answer.position, mark)
    regrades.insert_mark_step(
        db, answer.class_id, answer.attempt_id, operation_id=f"by-hand-{answer.position}-{number}",
        position=answer.position, content={"by_hand": number, "fraction": outcome.fraction}, now=now,
    )  # fmt: skip
    slots = attempts.select_attempt_slots(db, attempt)
    attempts.update_score(
        db, attempt, score_of(SlotResult(s.points, s.fraction, s.is_counted) for s in slots)
    )


def _refuse_if_decided(answer: HandAnswer, before: Outcome) -> None:
    if before.how == "settlement":
        raise NothingLeftToMark(N_("This answer was settled. To change that, settle it again."))
    if answer.markers == 2 and before.state in ("unsettled", "marked"):
        raise NothingLeftToMark(
            N_(
                "Two people have marked this answer, so no mark can be added. To change the result, settle it."
            )
        )


def _is_all_the_same(one: ReadMark, other: ReadMark) -> bool:
    return one.is_same_mark(other) and (one.comment, one.note) == (other.comment, other.note)


def _note(
    db: Database, quiz: Quiz, answer: HandAnswer, mark: ReadMark, outcome: Outcome, *, by: str, now: datetime
) -> None:
    record_audit(
        db, actor_id=by, action="mark_by_hand", subject=f"quiz {quiz.id}", now=now, answer=answer.token,
        question_id=answer.question_id, points=mark.points, maximum=answer.maximum, state=outcome.state,
    )  # fmt: skip
