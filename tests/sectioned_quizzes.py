"""Quizzes in sections for tests: two questions outside, then "The map" with two, then "The text" with two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quiz.storage import attempts, quizzes
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, Slot
from quiz.workflows.add_section import add_section
from quiz.workflows.start_attempt import start_attempt
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, the_quiz

QUESTIONS = tuple(f"holds-{n}" for n in range(1, 7))
MAP_S, TEXT_S = 600, 1200


def add_sections(db: Database, quiz: Quiz, limits: Mapping[str, int | None]) -> None:
    """Add sections called by these ids, with these limits in seconds."""
    for section_id, limit in limits.items():
        add_section(db, quiz, f"The {section_id}", section_id=section_id, time_limit_s=limit)


def sectioned_quiz(
    db: Database, limits: Mapping[str, int | None] | None = None, *, outside: int = 2, **rules: Any
) -> Quiz:
    """Store Bilal's quiz: so many of the six questions outside, the rest in the sections, two in each."""
    add_people(db)
    add_class(db)
    add_questions(db, *QUESTIONS)
    return fill(db, add_quiz(db, **rules), limits, outside=outside)


def fill(
    db: Database, quiz: Quiz, limits: Mapping[str, int | None] | None = None, *, outside: int = 2
) -> Quiz:
    """Put questions that exist into the quiz: the first ones outside of sections, then two for each section."""
    limits = {"map": MAP_S, "text": TEXT_S} if limits is None else limits
    add_sections(db, quiz, limits)
    places = [""] * outside + [section_id for section_id in limits for _ in range(2)]
    for at, (question_id, section_id) in enumerate(zip(QUESTIONS, places, strict=False), start=1):
        quizzes.insert_slot(db, quiz, Slot(f"slot-{at}", at, 1.0, question_id, None, section_id))
    return the_quiz(db, quiz.id)


def begun(db: Database, *, person_id: str = "amal", at: datetime = NOW, **more: Any) -> Attempt:
    """Return an attempt at a sectioned quiz that starts then."""
    return start_attempt(db, sectioned_quiz(db, **more), person_id=person_id, now=at)


def asked(db: Database, attempt: Attempt) -> list[str]:
    return [slot.question_id for slot in attempts.select_attempt_slots(db, attempt)]
