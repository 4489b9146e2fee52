"""Add a section to a quiz, after those that it has."""

from __future__ import annotations

from quiz.core.messages import N_
from quiz.core.parts import MOST_SECTIONS, UnusableSection, usable_section
from quiz.storage.database import Database
from quiz.storage.quiz_sections import Section, insert_section, select_sections
from quiz.storage.quizzes import Quiz


def add_section(
    db: Database, quiz: Quiz, title: str, *, section_id: str, time_limit_s: int | None = None,
    is_shuffled: bool = False,
) -> bool:  # fmt: skip
    """Add the section; return False, and change nothing, if the quiz has it already. Raises UnusableSection.

    section_id: made when the form was opened, so that a form sent twice adds one section.
    """
    title, time_limit_s = usable_section(title, time_limit_s)
    with db.atomic():
        sections = select_sections(db, quiz)
        if any(section.id == section_id for section in sections):
            return False
        if len(sections) >= MOST_SECTIONS:
            raise UnusableSection("title", N_("A quiz has {most} sections at most"), most=MOST_SECTIONS)
        insert_section(db, quiz, Section(section_id, len(sections) + 1, title, time_limit_s, is_shuffled))
    return True
