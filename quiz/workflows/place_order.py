"""Write the places of a quiz in the order of its sections, numbered from 1 through the whole quiz."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quiz.core.quiz_places import in_order
from quiz.storage.database import Database
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Quiz, Slot, select_slots, update_slots


def write_in_order(db: Database, quiz: Quiz, slots: Iterable[Slot]) -> None:
    """Write these places, which must be all of the quiz's. Belongs inside atomic()."""
    ordered = in_order(select_sections(db, quiz), slots)
    update_slots(db, quiz, [replace(slot, position=at) for at, slot in enumerate(ordered, start=1)])


def renumber(db: Database, quiz: Quiz) -> None:
    """Close the gaps after a place came, went or changed its section. Belongs inside atomic()."""
    write_in_order(db, quiz, select_slots(db, quiz))


def after_all(slots: Iterable[Slot]) -> int:
    """Return a position after all of these."""
    return max((slot.position for slot in slots), default=0) + 1
