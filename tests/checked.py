"""Attempts in which answers are checked: a question with three options and hints, and how to check one."""

from __future__ import annotations

from typing import Any

from quiz.core.visibility import PRESETS
from quiz.storage import attempts
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.workflows.check_response import Checked, check_response
from quiz.workflows.save_response import Saved, save_response
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import CANARY, body, started

THIRD = 0.3333333
MADE_OF = {
    "options": [
        {"id": "steel", "text": "Of steel", "right": True, "feedback": f"{CANARY} steel"},
        {"id": "wood", "text": "Of wood", "feedback": "Wood was tried before."},
        {"id": "stone", "text": "Of stone", "feedback": "Stone would be too heavy."},
        {"id": "iron", "text": "Of iron", "fraction": 0.5, "feedback": "Nearly."},
    ],
    "shuffle": False,
}
HINTS = ("It came by **rail**.", "It can rust.")


def add_made_of(db: Database, question_id: str = "made-of", **changes: Any) -> str:
    """Store a question on what the bridge is made of; return its id."""
    plain = {"feedback": f"{CANARY} because", "stem": "What is it made of?", "hints": HINTS}
    add_question(db, question_id, **(body("single_choice", **MADE_OF) | plain | changes))
    return question_id


def checking(db: Database, behaviour: str = "interactive", *, questions: int = 2, **rules: Any) -> Attempt:
    """Return Amal's fresh attempt at a quiz of such questions in which everything is shown at once."""
    add_bank(db)
    ids = [add_made_of(db, f"made-of-{n}") for n in range(1, questions + 1)]
    shown = {"visibility": PRESETS["practice"], "tries": 3, "penalty": THIRD}
    return started(db, ids, behaviour=behaviour, **(shown | rules))


def check(
    db: Database, attempt: Attempt, response: str | None, *, position: int = 1, certainty: int | None = None,
    operation: str = "", based_on: int | None = None, now: Any = NOW,
) -> Checked:  # fmt: skip
    return check_response(
        db, attempt, position, response=response, certainty=certainty,
        operation_id=operation or f"check-{response}-{position}", based_on=based_on, now=now,
    )  # fmt: skip


def save(
    db: Database, attempt: Attempt, response: str | None, *, position: int = 1, certainty: int | None = None,
    operation: str = "", based_on: int | None = None, now: Any = NOW,
) -> Saved:  # fmt: skip
    return save_response(
        db, attempt, position, response=response, certainty=certainty,
        operation_id=operation or f"save-{response}-{certainty}-{position}", based_on=based_on, now=now,
    )  # fmt: skip


def place(db: Database, attempt: Attempt, position: int = 1) -> AttemptSlot:
    found = attempts.select_attempt_slot_or_none(db, attempt, position)
    assert found
    return found


def kinds(db: Database, attempt: Attempt) -> list[str]:
    return [step.kind for step in attempts.select_steps(db, attempt)]
