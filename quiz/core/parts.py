"""Parts: an attempt falls into the sections of its quiz. Where one has a time limit, they are passed in order.

A part runs from its opening until its time is up or its learner finishes it; nobody comes back to it. All of it is on
the server's clock; a break moves the end of the part that runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from quiz.core.messages import N_, Explained
from quiz.core.timing import NO_TIME, Accommodation, is_late
from quiz.core.titles import UnusableTitle, usable_title

SHORTEST_LIMIT_S = 60
LONGEST_LIMIT_S = 24 * 3600
MOST_SECTIONS = 50

Reach = Literal["open", "later", "finished", "time_up"]
"""Of a place: it can be answered; it comes later; its part was finished; the time of its part is up."""


class UnusableSection(Explained):
    """What was typed makes no section. field: title or time_limit_s."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class Part:
    """One part of an attempt. number: from 1. title: "" for the places outside of sections.

    limit, extra: together the time that it takes; limit is None without one. deadline_at: None without a limit, or
    before the start. ended_at: None until somebody finished it, or went on after its time was up.
    """

    number: int
    section_id: str
    title: str
    first_position: int
    last_position: int
    limit: timedelta | None = None
    extra: timedelta = NO_TIME
    started_at: datetime | None = None
    deadline_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def total(self) -> timedelta | None:
        return None if self.limit is None else self.limit + self.extra

    @property
    def positions(self) -> range:
        return range(self.first_position, self.last_position + 1)

    @property
    def count(self) -> int:
        """Return how many questions it has."""
        return len(self.positions)

    def end(self, *, in_break: timedelta = NO_TIME) -> datetime | None:
        """Return when its time is up, None if never. in_break: how long a break lasts that goes on."""
        return None if self.deadline_at is None else self.deadline_at + in_break

    def is_over(self, now: datetime, *, in_break: timedelta = NO_TIME) -> bool:
        """Tell whether nothing can be asked of it any more; what was sent in time may still arrive."""
        end = self.end(in_break=in_break)
        return self.ended_at is not None or (end is not None and now >= end)

    @property
    def was_finished(self) -> bool:
        """Tell whether its learner finished it before its time was up."""
        if self.ended_at is None:
            return False
        return self.deadline_at is None or self.ended_at < self.deadline_at


def usable_section(title: str, time_limit_s: int | None) -> tuple[str, int | None]:
    """Return title and limit, None for none, as they are stored. Raises UnusableSection."""
    try:
        title = usable_title(title)
    except UnusableTitle as problem:
        raise UnusableSection("title", problem.sentence, **problem.values) from None
    if time_limit_s is not None and not SHORTEST_LIMIT_S <= time_limit_s <= LONGEST_LIMIT_S:
        sentence = N_("Enter a number from 1 to {most}, or leave it empty")
        raise UnusableSection("time_limit_s", sentence, most=LONGEST_LIMIT_S // 60)
    return title, time_limit_s


def time_for(limit: timedelta | None, accommodation: Accommodation) -> tuple[timedelta | None, timedelta]:
    """Return the limit and the extra time that this learner gets for a part; no limit for one who has none."""
    if limit is None or accommodation.is_untimed:
        return None, NO_TIME
    return limit, limit * (accommodation.factor - 1)


def current_part(parts: Sequence[Part], now: datetime, *, in_break: timedelta = NO_TIME) -> Part | None:
    """Return the first part that is not over: the one that runs or that can be opened next; None after the last."""
    return next((part for part in parts if not part.is_over(now, in_break=in_break)), None)


def reach_of(parts: Sequence[Part], position: int, now: datetime, *, in_break: timedelta = NO_TIME) -> Reach:
    """Return whether the place can be answered now, where parts are passed in order."""
    part = part_at(parts, position)
    if part.was_finished:
        return "finished"
    if part.started_at is None:
        return "later"
    # What was sent in time is taken, even if the next part was opened meanwhile.
    return "time_up" if is_late(now, part.end(in_break=in_break)) else "open"


def part_at(parts: Sequence[Part], position: int) -> Part:
    """Return the part that the place is in. Raises LookupError."""
    for part in parts:
        if part.first_position <= position <= part.last_position:
            return part
    raise LookupError(f"no part has place {position}")
