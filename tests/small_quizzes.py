"""Small quizzes for tests: Bilal's class with Amal in it, a quiz on the bridge, and attempts at it.

The bank "towns" gets true/false questions: those called "holds-…" rest on a claim that holds, those called
"doubtful-…" on one that is out of date. The right answer is always true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from quiz.core.claims import Citation
from quiz.core.quiz_rules import QuizRules
from quiz.storage import attempts, classes, people, quizzes
from quiz.storage.attempts import Attempt
from quiz.storage.classes import Class
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.storage.quizzes import Draw, Quiz, Slot
from quiz.workflows.create_class import create_class
from quiz.workflows.create_quiz import create_quiz
from quiz.workflows.save_response import save_response
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.small_content import add_bank, add_question

HOLDS = (Citation("bridge", "a01-1", "rests_on"),)
DOUBTFUL = (Citation("bridge", "a02-1", "rests_on"),)


def add_people(db: Database) -> None:
    """Store Amal and Dina, who learn, and Bilal and Celeste, who teach."""
    for person_id, role in (
        ("amal", "learner"),
        ("bilal", "instructor"),
        ("celeste", "instructor"),
        ("dina", "learner"),
    ):
        person = Person(person_id, role, person_id.title(), f"{person_id}@example.org")
        people.insert_person(db, person, password_hash=None, now=NOW)


def add_guest(db: Database, name: str = "Zaki", person_id: str = "guest") -> str:
    """Store somebody without an account; return their id."""
    people.insert_person(db, Person(person_id, "guest", name, None), password_hash=None, now=NOW)
    return person_id


def add_class(db: Database, class_id: str = "bridges", *, learners: Iterable[str] = ("amal",)) -> Class:
    """Store a class of Bilal's."""
    create_class(db, class_id=class_id, title="Bridges 9b", by="bilal", now=NOW)
    for person_id in learners:
        classes.insert_member(db, class_id, person_id, "learner", NOW)
    return the_class(db, class_id)


def the_class(db: Database, class_id: str = "bridges") -> Class:
    found = classes.select_class_or_none(db, class_id)
    assert found
    return found


def add_questions(db: Database, *question_ids: str) -> None:
    """Store the bank with these questions."""
    add_bank(db)
    for question_id in question_ids:
        cited = DOUBTFUL if question_id.startswith("doubtful") else HOLDS
        add_question(db, question_id, citations=cited, stem=f"Is {question_id} so?")


def add_quiz(
    db: Database,
    *holds: str | Draw,
    owner: str = "bridges",
    quiz_id: str = "quiz",
    is_open: bool = True,
    **rules: object,
) -> Quiz:
    """Store a quiz of these questions and draws, open unless said."""
    kept = QuizRules(**({"title": "The old bridge"} | rules))  # type: ignore[arg-type]
    create_quiz(db, the_class(db, owner), quiz_id=quiz_id, rules=kept, by="bilal", now=NOW)
    quiz = the_quiz(db, quiz_id)
    for position, held in enumerate(holds, start=1):
        question, draw = (None, held) if isinstance(held, Draw) else (held, None)
        quizzes.insert_slot(db, quiz, Slot(f"slot-{position}", position, 1.0, question, draw))
    if is_open:
        quizzes.update_quiz_state(db, quiz, "open", NOW)
    return the_quiz(db, quiz_id)


def the_quiz(db: Database, quiz_id: str = "quiz") -> Quiz:
    found = quizzes.select_quiz_or_none(db, quiz_id)
    assert found
    return found


def take(
    db: Database,
    quiz: Quiz,
    person_id: str,
    answers: Mapping[str, bool] | None = None,
    *,
    at: datetime = NOW,
    seconds: int = 30,
    submits: bool = True,
) -> Attempt:
    """Let the person answer the named questions, ``seconds`` for each, and submit unless said."""
    attempt = start_attempt(db, quiz, person_id=person_id, now=at)
    for slot in attempts.select_attempt_slots(db, attempt):
        if slot.question_id in (answers or {}):
            at += timedelta(seconds=seconds)
            save_response(
                db,
                attempt,
                slot.position,
                response=(answers or {})[slot.question_id],
                operation_id=f"save-{slot.position}",
                based_on=None,
                now=at,
            )
    return submit_attempt(db, attempt, now=at + timedelta(seconds=5)) if submits else attempt
