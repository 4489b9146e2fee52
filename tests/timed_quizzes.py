"""A timed quiz for tests: two questions that are true, thirty minutes, in Bilal's class with Amal in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.workflows.save_response import Saved, save_response
from quiz.workflows.start_attempt import start_attempt
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz


def after(minutes: float = 0, seconds: float = 0) -> datetime:
    """Return the moment so long after the start."""
    return NOW + timedelta(minutes=minutes, seconds=seconds)


def timed_quiz(db: Database, **rules: Any) -> Quiz:
    add_people(db)
    add_class(db)
    add_questions(db, "holds-1", "holds-2")
    return add_quiz(db, "holds-1", "holds-2", **({"time_limit_s": 1800} | rules))


def timed_attempt(db: Database, **rules: Any) -> Attempt:
    return start_attempt(db, timed_quiz(db, **rules), person_id="amal", now=NOW)


def answer(
    db: Database, attempt: Attempt, at: datetime, *, position: int = 1, response: bool = True, operation: str = ""
) -> Saved:  # fmt: skip
    return save_response(
        db, attempt, position, response=response, operation_id=operation or f"save-{position}-{at:%H%M%S}",
        based_on=None, now=at,
    )  # fmt: skip


def stored(db: Database, attempt: Attempt) -> Attempt:
    found = attempts.select_attempt_or_none(db, attempt.id)
    assert found
    return found


def place(db: Database, attempt: Attempt, position: int = 1) -> AttemptSlot:
    found = attempts.select_attempt_slot_or_none(db, attempt, position)
    assert found
    return found
