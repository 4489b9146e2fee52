"""Tell a learner what became of their problem reports, as far as that may be shown."""

from __future__ import annotations

from dataclasses import replace

from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.problem_reports import Problem, select_problems_of_attempt
from quiz.workflows.tell_visibility import Shown


def tell_problems(db: Database, attempt: Attempt, shown: Shown) -> list[Problem]:
    """Return the reports on places of the attempt, first one first.

    An answer says of the question what its feedback says, so until that is shown a report that was decided is told
    like one that waits for its answer, except for when it was decided.
    """
    problems = select_problems_of_attempt(db, attempt)
    return (
        problems
        if shown.feedback
        else [replace(p, state="open", answer="", regrade_id=None) for p in problems]
    )
