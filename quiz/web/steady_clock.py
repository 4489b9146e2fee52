"""The time by which deadlines are kept: the wall clock's, unless that jumps; then a clock that cannot jump goes on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

SMALLEST_JUMP = timedelta(seconds=2)
"""Less is a clock that is being set right bit by bit, and is followed. It is a fifth of what an answer may be late."""
LONGEST_HOLD = timedelta(days=1)
"""A wall clock that says the same for so long after a jump is taken to be right."""

_logger = logging.getLogger("footnote.clock")


def seconds_awake_or_not() -> float:
    """Return the seconds since the machine started: never set by anybody, and counting on while it sleeps."""
    # Elsewhere than on Linux CLOCK_MONOTONIC itself goes on in a machine's sleep.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SteadyClock:
    """Call it for the time, aware, in UTC. Safe between threads.

    wall: the clock that people set. steady: seconds that only ever count up. What is compared are the two, since the
    last call: if they disagree by more than SMALLEST_JUMP, the wall clock was moved, and the time goes on from where it
    was, by the steady one. That ends when the wall clock is set back, or after LONGEST_HOLD; each is logged.
    """

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = seconds_awake_or_not,
    ) -> None:
        self._wall, self._steady = wall, steady
        self._lock = threading.Lock()
        self._time, self._at = wall(), steady()
        self._jump = timedelta(0)
        self._jumped_at = 0.0

    def __call__(self) -> datetime:
        with self._lock:
            wall, at = self._wall(), self._steady()
            expected = self._time + timedelta(seconds=at - self._at)
            self._time, self._at = self._believed(wall, expected, at), at
            return self._time

    def _believed(self, wall: datetime, expected: datetime, at: float) -> datetime:
        """Return which of the two times holds; log it when that changes."""
        jump = wall - expected
        if abs(jump) <= SMALLEST_JUMP:
            if self._jump:
                _logger.warning("The clock of this machine is right again: it is followed.")
            self._jump = timedelta(0)
            return wall
        if abs(jump - self._jump) > SMALLEST_JUMP:
            self._jump, self._jumped_at = jump, at
            _logger.warning(
                "The clock of this machine was moved by %+.0f s. Deadlines do not move: until it is set back, for "
                "%.0f hours at most, or until a restart, Footnote goes by its own count.",
                jump.total_seconds(), LONGEST_HOLD.total_seconds() / 3600,
            )  # fmt: skip
        if at - self._jumped_at < LONGEST_HOLD.total_seconds():
            return expected
        _logger.warning("The clock of this machine has kept its new time: it is followed from now on.")
        self._jump = timedelta(0)
        return wall
