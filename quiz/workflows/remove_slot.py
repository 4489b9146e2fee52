"""Remove a place from a quiz. Attempts that were started keep their questions."""

from __future__ import annotations

from dataclasses import replace

from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, delete_slot, select_slots, update_slots


def remove_slot(db: Database, quiz: Quiz, slot_id: str) -> None:
    """Remove the place, and close the gap. Does nothing if it was removed before."""
    with db.atomic():
        delete_slot(db, quiz, slot_id)
        left = select_slots(db, quiz)
        update_slots(db, quiz, [replace(slot, position=at) for at, slot in enumerate(left, start=1)])
