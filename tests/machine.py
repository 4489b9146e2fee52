"""A machine whose wall clock can be set, and whose seconds count on all the same."""

from __future__ import annotations

from datetime import timedelta

from quiz.web.steady_clock import SteadyClock
from tests.conftest import NOW


class Machine:
    def __init__(self) -> None:
        self.wall, self.seconds = NOW, 5_000.0

    def pass_time(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.seconds += minutes * 60 + seconds
        self.wall += timedelta(minutes=minutes, seconds=seconds)

    def set_clock(self, by: timedelta) -> None:
        """Move the wall clock alone."""
        self.wall += by

    def steady_clock(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.seconds)
