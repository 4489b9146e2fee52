"""Open an attempt for the one who takes it: the only door, and shut for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core.questions import PublicQuestion
from quiz.storage.attempts import (
    Attempt,
    AttemptSlot,
    select_attempt_or_none,
    select_attempt_slot_or_none,
    select_attempt_slots,
)
from quiz.storage.database import Database
from quiz.workflows.open_question import open_public


class NoSuchAttempt(LookupError):
    """There is no such attempt or place, or it is somebody else's: the asker must not learn which."""


@dataclass(frozen=True)
class SinglePlace:
    """One place of an attempt, as its learner may see it."""

    attempt: Attempt
    slot: AttemptSlot
    question: PublicQuestion


@dataclass(frozen=True)
class Place(SinglePlace):
    """One place of an attempt, and the places around it."""

    slots: Sequence[AttemptSlot]

    @property
    def asked(self) -> Sequence[AttemptSlot]:
        """Return the places that the quiz asks, without those that the learner asked for."""
        return [slot for slot in self.slots if not slot.is_extra]

    @property
    def extras(self) -> Sequence[AttemptSlot]:
        return [slot for slot in self.slots if slot.is_extra]

    @property
    def is_last(self) -> bool:
        """Tell whether what comes next is the look back at all of it."""
        return self.slot.is_extra or self.slot.position == len(self.asked)

    @property
    def answered(self) -> int:
        """Return how many places of the quiz have an answer."""
        return sum(slot.is_answered for slot in self.asked)

    @property
    def flagged(self) -> int:
        return sum(slot.is_flagged for slot in self.asked)


def attempt_of(db: Database, person_id: str, attempt_id: str) -> Attempt:
    """Return the person's own attempt. Raises NoSuchAttempt."""
    attempt = select_attempt_or_none(db, attempt_id)
    if attempt is None or attempt.person_id != person_id:
        raise NoSuchAttempt(attempt_id)
    return attempt


def place_of(db: Database, attempt: Attempt, position: int) -> Place:
    """Return the attempt's place at the position, from 1. Raises NoSuchAttempt."""
    slots = select_attempt_slots(db, attempt)
    if not 1 <= position <= len(slots):
        raise NoSuchAttempt(f"{attempt.id} has no place {position}")
    slot = slots[position - 1]
    return Place(attempt, slot, open_public(db, slot.version_id), slots)


def single_place_of(db: Database, attempt: Attempt, position: int) -> SinglePlace:
    """Return the place alone, which is all that saving needs. Raises NoSuchAttempt."""
    slot = select_attempt_slot_or_none(db, attempt, position)
    if slot is None:
        raise NoSuchAttempt(f"{attempt.id} has no place {position}")
    return SinglePlace(attempt, slot, open_public(db, slot.version_id))
