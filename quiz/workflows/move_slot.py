"""Move a place of a quiz to another position. Attempts that were started keep their order."""

from __future__ import annotations

from dataclasses import replace

from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_slots, update_slots


def move_slot(db: Database, quiz: Quiz, slot_id: str, position: int) -> None:
    """Put the place at the position, counted from 1; beyond the ends it comes first or last.

    Harmless to repeat. Does nothing if the place was removed meanwhile.
    """
    with db.atomic():
        slots = select_slots(db, quiz)
        moved = next((slot for slot in slots if slot.id == slot_id), None)
        if moved is None:
            return
        others = [slot for slot in slots if slot.id != slot_id]
        others.insert(max(0, min(position - 1, len(others))), moved)
        update_slots(db, quiz, [replace(slot, position=at) for at, slot in enumerate(others, start=1)])
