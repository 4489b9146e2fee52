"""Remove a place from a quiz. Attempts that were started keep their questions."""

from __future__ import annotations

from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, delete_slot
from quiz.workflows.place_order import renumber


def remove_slot(db: Database, quiz: Quiz, slot_id: str) -> None:
    """Remove the place, and close the gap. Does nothing if it was removed before."""
    with db.atomic():
        delete_slot(db, quiz, slot_id)
        renumber(db, quiz)
