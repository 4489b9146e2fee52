"""Attempts: adding up a score, and what may happen to an attempt in which state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

AttemptState = Literal["open", "submitted", "abandoned"]
"""abandoned: it was not submitted in time, where the rules say that it does not count then."""


@dataclass(frozen=True)
class SlotResult:
    """What one slot of an attempt came to. fraction: None if the slot was left blank or is not marked yet."""

    points: float
    fraction: float | None
    is_counted: bool


@dataclass(frozen=True)
class Score:
    """earned of possible points, over the slots that count; uncounted: how many slots were kept out of it."""

    earned: float
    possible: float
    uncounted: int

    @property
    def share(self) -> float | None:
        """Return earned over possible, 0 to 1, by certainty down to -2; None if nothing counted."""
        return self.earned / self.possible if self.possible else None


def score_of(slots: Iterable[SlotResult]) -> Score:
    """Add up an attempt. A blank slot earns nothing and counts among the possible points."""
    slots = list(slots)
    counted = [slot for slot in slots if slot.is_counted]
    return Score(
        earned=sum(slot.points * (slot.fraction or 0.0) for slot in counted),
        possible=sum(slot.points for slot in counted),
        uncounted=len(slots) - len(counted),
    )
