"""Change a section of a quiz: its title, its time, its order. Attempts that were started only get more time by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.parts import usable_section
from quiz.storage.attempts import select_open_attempts_at_quiz
from quiz.storage.database import Database
from quiz.storage.quiz_sections import select_sections, update_sections
from quiz.storage.quizzes import Quiz
from quiz.workflows.move_deadline import move_deadline


def change_section(
    db: Database, quiz: Quiz, section_id: str, *, title: str, time_limit_s: int | None, is_shuffled: bool,
    now: datetime,
) -> None:  # fmt: skip
    """Write what the section is. Does nothing if it was removed meanwhile. Raises UnusableSection."""
    title, time_limit_s = usable_section(title, time_limit_s)
    with db.atomic():
        changed = [
            replace(section, title=title, time_limit_s=time_limit_s, is_shuffled=is_shuffled)
            for section in select_sections(db, quiz)
            if section.id == section_id
        ]
        update_sections(db, quiz, changed)
        for attempt in select_open_attempts_at_quiz(db, quiz.class_id, quiz.id):
            move_deadline(db, attempt, now=now)
