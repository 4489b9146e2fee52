"""Time: how long a learner has, until when answers count, and what is done for one who needs more.

All of it is on the server's clock; times are aware, in UTC. A deadline is fixed when the attempt starts; then only
more time can move it: new rules, an accommodation, or a break. What somebody was told they have is never taken away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from quiz.core.messages import N_, Explained

Overrun = Literal["submit", "grace", "abandon"]

NO_TIME = timedelta(0)
TRANSIT = timedelta(seconds=10)
"""How late an answer may arrive that was sent in time."""
LARGEST_FACTOR = 3.0
MOST_EXTRA_DAYS = 365
MOST_EXTRA_ATTEMPTS = 100
LONGEST_NOTE = 500


class UnusableAccommodation(Explained):
    """The accommodation can't be kept. field: of Accommodation, or ``note``."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class Accommodation:
    """What one learner gets everywhere. factor: of any time limit, 1 to 3; is_untimed: no limit at all.

    extra_days: how much later everything closes for them. may_pause: breaks stop their clock.
    """

    factor: float = 1.0
    is_untimed: bool = False
    extra_days: int = 0
    extra_attempts: int = 0
    may_pause: bool = False

    @property
    def grants_something(self) -> bool:
        return self != NONE


NONE = Accommodation()


@dataclass(frozen=True)
class TimeRules:
    """limit: for one attempt, None for any time. grace: after the deadline, to submit. opens, closes: the window.

    in_parts: what the limits of its sections come to together.
    """

    limit: timedelta | None = None
    overrun: Overrun = "submit"
    grace: timedelta = NO_TIME
    opens: datetime | None = None
    closes: datetime | None = None
    in_parts: timedelta = NO_TIME


@dataclass(frozen=True)
class TimeAllowed:
    """What somebody is told who starts now. base, extra: make up the limit; base is None without one.

    closes: for them; closes_for_all: for those without accommodation. until_closing: from now, None if it never does.
    """

    base: timedelta | None
    extra: timedelta
    closes: datetime | None
    closes_for_all: datetime | None
    until_closing: timedelta | None

    @property
    def total(self) -> timedelta | None:
        return None if self.base is None else self.base + self.extra

    @property
    def is_cut(self) -> bool:
        """Tell whether the quiz closes before the limit is used up."""
        return self.total is not None and self.until_closing is not None and self.until_closing < self.total


def usable_accommodation(typed: Accommodation) -> Accommodation:
    """Return the accommodation as it is stored. Raises UnusableAccommodation."""
    if not math.isfinite(typed.factor) or not 1 <= typed.factor <= LARGEST_FACTOR:
        raise UnusableAccommodation("factor", N_("Enter a number from 1 to 3, like 1.5"))
    if not 0 <= typed.extra_days <= MOST_EXTRA_DAYS:
        raise UnusableAccommodation("extra_days", N_("Enter a number from 0 to {most}"), most=MOST_EXTRA_DAYS)
    if not 0 <= typed.extra_attempts <= MOST_EXTRA_ATTEMPTS:
        raise UnusableAccommodation(
            "extra_attempts", N_("Enter a number from 0 to {most}"), most=MOST_EXTRA_ATTEMPTS
        )
    return typed


def closing_time(rules: TimeRules, accommodation: Accommodation) -> datetime | None:
    """Return when the quiz closes for this learner.

    A factor moves it too, by what it adds to the limits: else a start late in the window would take that away again.
    """
    if rules.closes is None:
        return None
    extra = _extra(max(rules.limit or NO_TIME, rules.in_parts), accommodation)
    return rules.closes + timedelta(days=accommodation.extra_days) + extra


def deadline(
    rules: TimeRules, accommodation: Accommodation, *, started: datetime, paused: timedelta = NO_TIME
) -> datetime | None:
    """Return the moment after which an answer is late, or None if there is none. paused: in breaks so far."""
    ends = [closing_time(rules, accommodation)]
    if rules.limit is not None and not accommodation.is_untimed:
        ends.append(started + rules.limit + _extra(rules.limit, accommodation) + paused)
    return min((end for end in ends if end is not None), default=None)


def later_of(told: datetime | None, computed: datetime | None) -> datetime | None:
    """Return the deadline that gives more time; None is no deadline at all."""
    return None if told is None or computed is None else max(told, computed)


def after_break(end: datetime | None, length: timedelta, closes: datetime | None) -> datetime | None:
    """Return the deadline after a break of that length: no break lasts beyond the closing time."""
    if end is None:
        return None
    moved = end + max(length, NO_TIME)
    return moved if closes is None else max(end, min(moved, closes))


def time_allowed(rules: TimeRules, accommodation: Accommodation, *, now: datetime) -> TimeAllowed:
    """Return what somebody who starts now is told."""
    closes = closing_time(rules, accommodation)
    return TimeAllowed(
        base=None if accommodation.is_untimed else rules.limit,
        extra=_extra(rules.limit, accommodation),
        closes=closes,
        closes_for_all=rules.closes,
        until_closing=None if closes is None else closes - now,
    )


def is_late(now: datetime, end: datetime | None) -> bool:
    """Tell whether an answer that arrives now missed the deadline; what was sent in time may travel a little."""
    return end is not None and now > end + TRANSIT


def is_over(now: datetime, end: datetime | None, *, overrun: Overrun, grace: timedelta) -> bool:
    """Tell whether the attempt must be closed: the deadline passed, and the time to submit by hand too."""
    return end is not None and is_late(now, end + (grace if overrun == "grace" else NO_TIME))


def has_closed(rules: TimeRules, accommodation: Accommodation, now: datetime) -> bool:
    """Tell whether it is too late for this learner to start."""
    closes = closing_time(rules, accommodation)
    return closes is not None and now >= closes


def _extra(limit: timedelta | None, accommodation: Accommodation) -> timedelta:
    if limit is None or accommodation.is_untimed:
        return NO_TIME
    return limit * (accommodation.factor - 1)
