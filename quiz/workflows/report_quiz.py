"""Report on a quiz: who started, who finished, who did not start, and what each attempt came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quiz.core.attempts import AttemptState
from quiz.core.scores import AttemptTotal
from quiz.storage.classes import Member
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.storage.scores import (
    AttemptCounts,
    count_attempts,
    select_attempt_totals,
    select_learners_not_started,
)

Filter = Literal["all", "open", "submitted", "abandoned", "not_started"]
A_PAGE = 200


@dataclass(frozen=True)
class QuizReport:
    """attempts: those of the page, started last first. not_started: learners of the class without an attempt.

    counts: of all attempts, whatever is shown. is_more: whether another page follows.
    """

    attempts: list[AttemptTotal]
    not_started: list[Member]
    counts: AttemptCounts
    is_more: bool


def report_quiz(db: Database, quiz: Quiz, *, show: Filter = "all", page: int = 1) -> QuizReport:
    """Return the page, counted from 1, of what is to be shown."""
    states: dict[str, AttemptState | None] = {
        "all": None, "open": "open", "submitted": "submitted", "abandoned": "abandoned",
    }  # fmt: skip
    found: list[AttemptTotal] = []
    if show in states:
        found = select_attempt_totals(
            db, quiz, state=states[show], limit=A_PAGE + 1, offset=(page - 1) * A_PAGE
        )
    return QuizReport(
        attempts=found[:A_PAGE],
        not_started=select_learners_not_started(db, quiz),
        counts=count_attempts(db, quiz),
        is_more=len(found) > A_PAGE,
    )
