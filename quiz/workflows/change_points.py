"""Change what the places of a quiz are worth. Attempts that were started keep their points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quiz.core.quiz_rules import usable_points
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_slots, update_slots


def change_points(db: Database, quiz: Quiz, points: Mapping[str, float]) -> None:
    """Give each place the points named for its id, all or none; others keep theirs. Raises UnusableSlot."""
    usable = {slot_id: usable_points(number) for slot_id, number in points.items()}
    with db.atomic():
        slots = select_slots(db, quiz)
        update_slots(db, quiz, [replace(slot, points=usable.get(slot.id, slot.points)) for slot in slots])
