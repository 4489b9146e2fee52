"""Settle an answer that two people marked differently, or that is to be marked otherwise: openly, with a reason."""

from __future__ import annotations

from datetime import datetime

from quiz.core.hand_marking import Outcome, ReadMark, outcome_of
from quiz.core.messages import N_, Explained
from quiz.storage import hand_marks, regrades
from quiz.storage.database import Database
from quiz.storage.hand_marks import HandAnswer
from quiz.storage.quizzes import Quiz
from quiz.workflows.mark_answer import MarkedMeanwhile, write_outcome
from quiz.workflows.record_audit import record_audit


class NothingToSettle(Explained):
    """The answer lacks marks, so there is nothing to settle. Nothing was written."""


def settle_answer(
    db: Database, quiz: Quiz, answer: HandAnswer, mark: ReadMark, *, reason: str, seen: int, operation_id: str,
    by: str, now: datetime,
) -> Outcome:  # fmt: skip
    """Decide the mark, before all that were given; harmless to repeat. Either marker may do it, or a third.

    seen: the number of the newest mark that the page showed. Raises NothingToSettle, or MarkedMeanwhile.
    """
    with db.atomic():
        regrades.hold_quiz(db, quiz)
        marks = hand_marks.select_marks(db, answer)
        before = outcome_of(marks, markers=answer.markers)
        if any(given.operation_id == operation_id for given in marks):
            return before
        if answer.markers == 1 or before.state not in ("unsettled", "marked"):
            raise NothingToSettle(
                N_("There is nothing to settle: two people have to mark this answer first.")
            )
        if marks[-1].number != seen:
            raise MarkedMeanwhile(marks[-1])
        number = hand_marks.insert_mark(
            db, answer, mark, kind="settlement", by=by, operation_id=operation_id, reason=reason, now=now
        )
        outcome = outcome_of(hand_marks.select_marks(db, answer), markers=answer.markers)
        write_outcome(db, answer, outcome, number, keeps_score=False, now=now)
        record_audit(
            db, actor_id=by, action="settle_marks", subject=f"quiz {quiz.id}", now=now, answer=answer.token,
            question_id=answer.question_id, points=mark.points, maximum=answer.maximum,
        )  # fmt: skip
    return outcome
