"""Quizzes to take in tests: a question of each type, whose keys and feedback can be told from the rest."""

from __future__ import annotations

from typing import Any

from quiz.core.claims import Citation
from quiz.core.quiz_rules import QuizRules
from quiz.core.standing import Policy
from quiz.question_types import QUESTION_TYPES
from quiz.storage import classes, people, quizzes
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.storage.quizzes import Quiz, QuizState, Slot
from quiz.workflows.start_attempt import start_attempt
from tests.conftest import NOW
from tests.small_content import add_bank, add_question

CANARY = "kanarienvogel"
"""A word that stands in whatever a learner may not see before submission, and nowhere else."""

HOLDS = (Citation("bridge", "a01-1", "rests_on"),)
DOES_NOT_HOLD = (Citation("bridge", "a02-1", "rests_on"),)

BODIES: dict[str, dict[str, Any]] = {
    "true_false": {"answer": True, "feedback_right": f"{CANARY} yes", "feedback_wrong": f"{CANARY} no"},
    "single_choice": {
        "options": [
            {"id": "steel", "text": "Of steel", "right": True, "feedback": f"{CANARY} steel"},
            {"id": "wood", "text": "Of wood", "feedback": f"{CANARY} wood"},
        ]
    },
    "multiple_choice": {
        "options": [
            {"id": "red", "text": "Red", "right": True, "feedback": f"{CANARY} red"},
            {"id": "blue", "text": "Blue", "right": True},
            {"id": "green", "text": "Green", "feedback": f"{CANARY} green"},
        ]
    },
    "short_text": {"answers": [{"text": f"{CANARY} bridge", "feedback": f"{CANARY} spelt"}]},
    "numeric": {"answers": [{"value": 777123, "tolerance": 0, "feedback": f"{CANARY} number"}], "unit": "m"},
    "date": {"answer": "1777-09-23", "precision": "day"},
    "matching": {
        "pairs": [
            {"id": "north", "left": "North end", "right": "The mill"},
            {"id": "south", "left": "South end", "right": "The market"},
        ],
        "distractors": ["The harbour"],
    },
    "ordering": {
        "steps": [
            {"id": "plan", "text": "It was planned"},
            {"id": "build", "text": "It was built"},
            {"id": "open", "text": "It was opened"},
        ]
    },
    "cloze": {
        "text": "The bridge was opened in [[year]] by [[who]].",
        "gaps": [
            {"id": "year", "kind": "enter_number", "answers": [{"value": 777124, "tolerance": 0}]},
            {"id": "who", "kind": "enter_text", "answers": [{"text": f"{CANARY} mayor"}]},
        ],
    },
    "claim_check": {
        "verdict": "out_of_date",
        "corrections": [
            {"id": "until", "text": "It was until 1950.", "right": True},
            {"id": "never", "text": "It never was."},
        ],
    },
    "essay": {
        "rubric": [{"id": "facts", "title": f"{CANARY} facts", "points": 2}],
        "notes": f"{CANARY} notes",
        "model_answer": f"{CANARY} model",
    },
    "information": {},
}

KEPT_FROM_LEARNERS = (
    CANARY,
    "777123",
    "777124",
    "1777",
    "It was, until 1950.",
    "A longer one opened in 1950.",
)
"""Pieces of keys, feedback, and of the corrections and reasons of the cited claims."""


def body(question_type: str, **plain: Any) -> dict[str, Any]:
    """Return what small_content.wording takes to become a question of the type."""
    read = QUESTION_TYPES[question_type].body_from_plain(plain or BODIES[question_type])
    return {"type": question_type, "ask": read.ask, "key": read.key}


def add_each_type(db: Database) -> list[str]:
    """Store a bank with a question of each type; return the questions' ids."""
    add_bank(db)
    for name in BODIES:
        is_check = name == "claim_check"
        add_question(
            db, f"of-{name}", **body(name), stem=f"A question of the type {name}.",
            feedback=f"{CANARY} because",
            basis="check" if is_check else "world",
            citations=(Citation("bridge", "a02-1", "checks"),) if is_check else HOLDS,
        )  # fmt: skip
    return [f"of-{name}" for name in BODIES]


def add_quiz(
    db: Database, class_id: str, question_ids: list[str], *, quiz_id: str = "bridges",
    state: QuizState = "open",
    policy: Policy = "unscored", **settings: Any,
) -> Quiz:  # fmt: skip
    """Store a quiz of these questions, one point each, in a class that exists."""
    quizzes.insert_quiz(
        db, QuizRules("Bridges", policy=policy, **settings), id=quiz_id, class_id=class_id,
        join_code=f"{quiz_id[:8]:X<8}".upper(), created_by=None, now=NOW,
    )  # fmt: skip
    quiz = the_quiz(db, quiz_id)
    for position, question_id in enumerate(question_ids, start=1):
        quizzes.insert_slot(db, quiz, Slot(f"slot-{position}", position, 1.0, question_id, None))
    if state != "draft":
        quizzes.update_quiz_state(db, quiz, state, NOW)
    return the_quiz(db, quiz_id)


def the_quiz(db: Database, quiz_id: str) -> Quiz:
    found = quizzes.select_quiz_or_none(db, quiz_id)
    assert found is not None
    return found


def add_class(db: Database, class_id: str = "year-11", *, is_public: bool = False) -> str:
    """Store a class in which Amal learns, and beside it Dina, who does not."""
    for person_id, name in (("amal", "Amal"), ("dina", "Dina")):
        people.insert_person(db, Person(person_id, "learner", name, None), password_hash=None, now=NOW)
    classes.insert_class(
        db, id=class_id, title="Year 11", join_code="YEARYEAR", created_by=None, now=NOW, is_public=is_public
    )
    classes.insert_member(db, class_id, "amal", "learner", NOW)
    return class_id


def started(db: Database, question_ids: list[str] | None = None, **settings: Any) -> Attempt:
    """Return Amal's fresh attempt at a quiz of these questions, else of two about the bridge."""
    if question_ids is None:
        add_bank(db)
        question_ids = [add_question(db, name) and name for name in ("opened", "painted")]
    return start_attempt(db, add_quiz(db, add_class(db), question_ids, **settings), person_id="amal", now=NOW)
