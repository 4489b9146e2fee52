"""Change a place of a quiz: its section, the version that it asks, whether shuffling leaves it where it is."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.messages import N_
from quiz.core.quiz_rules import UnusableSlot
from quiz.storage.database import Database
from quiz.storage.fixed_versions import select_choosable_versions
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Quiz, Slot, select_slots
from quiz.workflows.place_order import after_all, write_in_order


def change_slot(
    db: Database, quiz: Quiz, slot_id: str, *, section_id: str, version_id: str | None, is_pinned: bool
) -> None:
    """Write all three. Does nothing if the place was removed meanwhile. Raises UnusableSlot.

    section_id: "" for none; a place that comes to another section becomes its last. version_id: None for always the
    newest. Attempts that were started keep what they have.
    """
    with db.atomic():
        slots = select_slots(db, quiz)
        slot = next((slot for slot in slots if slot.id == slot_id), None)
        if slot is None:
            return
        if section_id and all(section.id != section_id for section in select_sections(db, quiz)):
            raise UnusableSlot(N_("That section was removed meanwhile. Choose another one"))
        if version_id and version_id != slot.version_id:
            _check_version(db, slot, version_id)
        position = slot.position if section_id == slot.section_id else after_all(slots)
        changed = replace(
            slot, section_id=section_id, version_id=version_id or None, is_pinned=is_pinned, position=position
        )
        write_in_order(db, quiz, [changed if other.id == slot_id else other for other in slots])


def _check_version(db: Database, slot: Slot, version_id: str) -> None:
    ready = select_choosable_versions(db, [slot.question_id] if slot.question_id else [])
    if all(version.id != version_id for version in ready.get(slot.question_id or "", [])):
        raise UnusableSlot(N_("Only a ready version of the question itself can be asked"))
