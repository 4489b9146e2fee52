"""Move a section of a quiz, with its places, to another position among the sections."""

from __future__ import annotations

from dataclasses import replace

from quiz.storage.database import Database
from quiz.storage.quiz_sections import select_sections, update_sections
from quiz.storage.quizzes import Quiz
from quiz.workflows.place_order import renumber


def move_section(db: Database, quiz: Quiz, section_id: str, position: int) -> None:
    """Put the section at the position, counted from 1; beyond the ends it comes first or last.

    Harmless to repeat. Does nothing if the section was removed meanwhile.
    """
    with db.atomic():
        sections = select_sections(db, quiz)
        moved = next((section for section in sections if section.id == section_id), None)
        if moved is None:
            return
        others = [section for section in sections if section.id != section_id]
        others.insert(max(0, min(position - 1, len(others))), moved)
        update_sections(db, quiz, [replace(s, position=at) for at, s in enumerate(others, start=1)])
        renumber(db, quiz)
