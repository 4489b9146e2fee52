"""A class that writes essays: Bilal and Celeste teach it, Amal, Dina and others learn in it and have handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from quiz.storage import attempts, classes, people
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.storage.hand_marks import HandAnswer, select_hand_answers, select_hand_answers_of_attempt
from quiz.storage.people import Person
from quiz.storage.quizzes import Quiz, select_slots, update_quiz_state
from quiz.workflows.change_points import change_points
from quiz.workflows.save_response import save_response
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.small_quizzes import add_class, add_people, add_quiz, the_quiz
from tests.taken_quizzes import body

RUBRIC = [
    {
        "id": "facts",
        "title": "Facts",
        "text": "The ferry, and the year.",
        "levels": [
            {"points": 0, "text": "None"}, {"points": 1, "text": "One of them"}, {"points": 2, "text": "Both"},
        ],
    },
    {"id": "language", "title": "Language", "points": 2},
]  # fmt: skip
ESSAY = {
    "rubric": RUBRIC,
    "notes": "Spelling does not matter.",
    "model_answer": "People crossed by ferry until the bridge opened in 1901.",
    "min_words": 3,
    "max_words": 100,
}
TEXTS = {"amal": "By ferry, until the bridge of 1901.", "dina": "They swam.", "zaki": "By boat."}


def add_essay(db: Database, question_id: str = "crossing", **plain: Any) -> str:
    """Store a ready essay question that cites nothing, in a bank that exists; return its version's id."""
    return add_question(
        db, question_id, **body("essay", **(plain or ESSAY)), stem=f"How did people cross the river ({question_id})?",
        citations=(), feedback="",
    )  # fmt: skip


def essay_quiz(db: Database, *, points: float = 4.0, owner: str = "", **rules: Any) -> Quiz:
    """Store a quiz of one essay, worth the points, and of one question that has a key.

    owner: the class that it is for; "" for one of Bilal's and Celeste's that is made for it.
    """
    if not owner:
        add_people(db)
        add_class(db, learners=("amal", "dina"))
        classes.insert_member(db, "bridges", "celeste", "instructor", NOW)
    add_bank(db)
    add_essay(db)
    add_question(db, "keyed")
    quiz = add_quiz(db, "crossing", "keyed", is_open=False, owner=owner or "bridges", **rules)
    change_points(db, quiz, {select_slots(db, quiz)[0].id: points})
    update_quiz_state(db, quiz, "open", NOW)
    return the_quiz(db, quiz.id)


def hand_in(
    db: Database, quiz: Quiz, person_id: str, text: str | None, *, keyed: bool | None = True, at: datetime = NOW
) -> Attempt:  # fmt: skip
    """Let the person write the text, None for nothing, answer the other question, and submit."""
    if people.select_person_or_none(db, person_id) is None:
        people.insert_person(
            db, Person(person_id, "learner", person_id.title(), None), password_hash=None, now=NOW
        )
        classes.insert_member(db, quiz.class_id, person_id, "learner", NOW)
    attempt = start_attempt(db, quiz, person_id=person_id, now=at)
    for position, response in ((1, text), (2, keyed)):
        if response is not None:
            save_response(
                db, attempt, position, response=response, operation_id=f"save-{position}-00", based_on=None, now=at
            )  # fmt: skip
    return submit_attempt(db, attempt, now=at)


def all_hand_in(
    db: Database, quiz: Quiz, who: Iterable[str] = ("amal", "dina", "zaki")
) -> dict[str, HandAnswer]:
    """Let all hand in; return their answers by person."""
    return {person_id: answer_of(db, hand_in(db, quiz, person_id, TEXTS[person_id])) for person_id in who}


def answer_of(db: Database, attempt: Attempt) -> HandAnswer:
    """Return the attempt's one answer that people mark."""
    (answer,) = select_hand_answers_of_attempt(db, attempt.class_id, attempt.id)
    return answer


def again(db: Database, quiz: Quiz, answer: HandAnswer) -> HandAnswer:
    """Return the answer as it is now."""
    return next(found for found in select_hand_answers(db, quiz) if found.token == answer.token)


def attempt_of(db: Database, answer: HandAnswer) -> Attempt:
    found = attempts.select_attempt_or_none(db, answer.attempt_id)
    assert found
    return found


def slot_of(db: Database, answer: HandAnswer) -> AttemptSlot:
    found = attempts.select_attempt_slot_or_none(db, attempt_of(db, answer), answer.position)
    assert found
    return found
