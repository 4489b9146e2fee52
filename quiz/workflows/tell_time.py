"""Tell a learner how much of an attempt's time is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.core.timing import NO_TIME, Overrun
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.workflows.end_overdue import end_of
from quiz.workflows.take_break import may_take_break

LONGEST_SHOWN = timedelta(days=1)
"""Of a closing time further away the start page tells; a clock beside every question would only press."""


@dataclass(frozen=True)
class Timer:
    """left: 0 at least. ends_at: when answers stop to count. last_at: until when the attempt can still be submitted."""

    left: timedelta
    ends_at: datetime
    last_at: datetime
    overrun: Overrun
    may_pause: bool

    @property
    def seconds(self) -> int:
        """Return what is left in whole seconds."""
        return int(self.left.total_seconds())

    @property
    def minutes(self) -> int:
        """Return what is left in whole minutes."""
        return self.seconds // 60


def timer_of(db: Database, attempt: Attempt, *, now: datetime) -> Timer | None:
    """Return the attempt's timer; None if it has no end that is near."""
    end = end_of(db, attempt, now=now)
    if attempt.state != "open" or end is None or end - now > LONGEST_SHOWN:
        return None
    grace = attempt.grace if attempt.overrun == "grace" else NO_TIME
    return Timer(max(NO_TIME, end - now), end, end + grace, attempt.overrun, may_take_break(db, attempt))
