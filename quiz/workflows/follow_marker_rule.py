"""Let answers that wait be marked by as many people as the quiz says now; how many was fixed when they came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.hand_marking import outcome_of
from quiz.storage import hand_marks, regrades
from quiz.storage.database import Database
from quiz.storage.hand_marks import HandAnswer
from quiz.storage.quizzes import Quiz
from quiz.workflows.mark_answer import write_outcome
from quiz.workflows.record_audit import record_audit


def answers_of_other_rule(db: Database, quiz: Quiz) -> list[HandAnswer]:
    """Return the undecided answers that more, or fewer, people mark than the quiz says now.

    Where two marks differ already, they are settled, whatever the quiz says now.
    """
    wanted = _markers(quiz)
    return [
        answer
        for answer in hand_marks.select_hand_answers(db, quiz)
        if not answer.is_decided and answer.markers != wanted and answer.state != "unsettled"
    ]


def follow_marker_rule(db: Database, quiz: Quiz, *, by: str, now: datetime) -> int:
    """Return how many answers follow the quiz's rule from now on. Decided ones stay as they are. Harmless to repeat.

    Where one person is enough now, a first mark decides at once.
    """
    with db.atomic():
        regrades.hold_quiz(db, quiz)
        answers = answers_of_other_rule(db, quiz)
        for answer in answers:
            follows = replace(answer, markers=_markers(quiz))
            marks = hand_marks.select_marks(db, answer)
            outcome = outcome_of(marks, markers=follows.markers)
            number = marks[-1].number if marks else 0
            write_outcome(db, follows, outcome, number, keeps_score=False, now=now)
        if answers:
            record_audit(
                db, actor_id=by, action="change_markers", subject=f"quiz {quiz.id}", now=now,
                answers=len(answers), markers=_markers(quiz),
            )  # fmt: skip
    return len(answers)


def _markers(quiz: Quiz) -> int:
    return 2 if quiz.second_marker else 1
