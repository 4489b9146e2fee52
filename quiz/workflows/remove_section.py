"""Remove a section from a quiz; its places move to the end of the part before it."""

from __future__ import annotations

from dataclasses import replace

from quiz.storage.database import Database
from quiz.storage.quiz_sections import delete_section, select_sections, update_sections
from quiz.storage.quizzes import Quiz, select_slots, update_slots
from quiz.workflows.place_order import renumber


def remove_section(db: Database, quiz: Quiz, section_id: str) -> None:
    """Remove the section; no place is lost. Does nothing if it was removed before."""
    with db.atomic():
        sections = select_sections(db, quiz)
        at = next((at for at, section in enumerate(sections) if section.id == section_id), None)
        if at is None:
            return
        before = sections[at - 1].id if at else ""
        slots = select_slots(db, quiz)
        # Their positions come after all of the part before, so they stay in their order at its end.
        update_slots(db, quiz, [replace(s, section_id=before) for s in slots if s.section_id == section_id])
        delete_section(db, quiz, section_id)
        left = [section for section in sections if section.id != section_id]
        update_sections(db, quiz, [replace(s, position=number) for number, s in enumerate(left, start=1)])
        renumber(db, quiz)
