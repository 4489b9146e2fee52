"""Report a problem with a question, or appeal against its mark, as the learner who was asked it."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_
from quiz.core.problem_reports import MOST_FOR_A_PLACE, ProblemText, UnusableReport, usable_report
from quiz.storage import problem_reports
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.workflows.tell_visibility import shown_of


def report_problem(
    db: Database, attempt: Attempt, slot: AttemptSlot, typed: ProblemText, *, operation_id: str, now: datetime
) -> None:
    """Store the report for the instructors of the class. Harmless to repeat. Raises UnusableReport."""
    text = usable_report(typed, knows_mark=knows_mark(db, attempt, now=now))
    with db.atomic():
        if problem_reports.is_done(db, attempt, operation_id):
            return
        earlier = problem_reports.select_problems_of_attempt(db, attempt)
        if sum(problem.position == slot.position for problem in earlier) >= MOST_FOR_A_PLACE:
            raise UnusableReport(
                "words", N_("You have reported this question {most} times; wait for the answers"),
                most=MOST_FOR_A_PLACE,
            )  # fmt: skip
        problem_reports.insert_problem(
            db, attempt, slot, text, id=new_id(now), operation_id=operation_id, now=now
        )


def knows_mark(db: Database, attempt: Attempt, *, now: datetime) -> bool:
    """Tell whether the learner has a mark to appeal against, and is shown it."""
    return attempt.state == "submitted" and shown_of(db, attempt, now=now).correctness
