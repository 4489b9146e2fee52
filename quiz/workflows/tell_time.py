"""Tell a learner how much of an attempt's time is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.core.parts import Part
from quiz.core.timing import NO_TIME, Overrun
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.workflows.end_overdue import end_of
from quiz.workflows.move_parts import running_part
from quiz.workflows.pass_through import in_break
from quiz.workflows.take_break import may_take_break

LONGEST_SHOWN = timedelta(days=1)
"""Of a closing time further away the start page tells; a clock beside every question would only press."""


@dataclass(frozen=True)
class Timer:
    """left: 0 at least. ends_at: when answers stop to count. last_at: until when the attempt can still be submitted.

    part: whose time it is that ends first; None if it is the attempt's.
    """

    left: timedelta
    ends_at: datetime
    last_at: datetime
    overrun: Overrun
    may_pause: bool
    part: Part | None = None

    @property
    def seconds(self) -> int:
        """Return what is left in whole seconds."""
        return int(self.left.total_seconds())

    @property
    def minutes(self) -> int:
        """Return what is left in whole minutes."""
        return self.seconds // 60


def timer_of(db: Database, attempt: Attempt, *, now: datetime) -> Timer | None:
    """Return the timer of the attempt, or of its part if that ends first; None if there is no end that is near."""
    if attempt.state != "open":
        return None
    part = running_part(db, attempt, now=now)
    part_end = part.end(in_break=in_break(attempt, now)) if part else None
    end = end_of(db, attempt, now=now)
    nearest = min((each for each in (end, part_end) if each), default=None)
    if nearest is None or nearest - now > LONGEST_SHOWN:
        return None
    left, may_pause = max(NO_TIME, nearest - now), may_take_break(db, attempt, now=now)
    if nearest == end:
        grace = attempt.grace if attempt.overrun == "grace" else NO_TIME
        return Timer(left, end, end + grace, attempt.overrun, may_pause)
    return Timer(left, nearest, nearest, attempt.overrun, may_pause, part)
