"""Move a place of a quiz to another position in its section. Attempts that were started keep their order."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.quiz_places import in_sections
from quiz.storage.database import Database
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Quiz, select_slots, update_slots
from quiz.workflows.place_order import renumber


def move_slot(db: Database, quiz: Quiz, slot_id: str, position: int) -> None:
    """Put the place at the position, counted from 1 through the whole quiz; it does not leave its section.

    Harmless to repeat. Does nothing if the place was removed meanwhile.
    """
    with db.atomic():
        renumber(db, quiz)
        for _, held in in_sections(select_sections(db, quiz), select_slots(db, quiz)):
            moved = next((slot for slot in held if slot.id == slot_id), None)
            if moved is None:
                continue
            first = held[0].position
            others = [slot for slot in held if slot.id != slot_id]
            others.insert(max(0, min(position - first, len(others))), moved)
            update_slots(
                db, quiz, [replace(slot, position=at) for at, slot in enumerate(others, start=first)]
            )
