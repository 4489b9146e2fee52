"""The server's clock is set back and forth while somebody takes a timed quiz: their time must not notice."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app import create_app
from quiz.storage.attempts import select_attempt_or_none
from tests.bench.measures import LearnerInProcess
from tests.bench.site import CODE, QUIZ, BenchSite
from tests.machine import Machine

LIMIT_S = 5 * 3600
STEP_S = 10


@dataclass
class ClockReport:
    """jumps: of the wall clock. saved: answers in between. moved_s: by how much the time left was ever wrong.

    deadlines: how many different ones the attempt had.
    """

    jumps: int
    saved: int = 0
    moved_s: float = 0.0
    deadlines: int = 1

    def told(self) -> str:
        return (
            f"{self.jumps} jumps of the clock by up to a day, {self.saved} answers saved between them: "
            f"the time left was wrong by {self.moved_s:.0f} s at most, and the attempt had {self.deadlines} deadline"
        )


def jump_clock(folder: Path, jumps: int, *, seed: int = 1) -> ClockReport:
    """Set the clock so many times, as long as the attempt lasts; return what became of its time."""
    logger = logging.getLogger("footnote.clock")
    # It warns of each jump, as it should.
    logger.disabled = True
    try:
        return _jump(folder, jumps, random.Random(seed))
    finally:
        logger.disabled = False


def _jump(folder: Path, jumps: int, chance: random.Random) -> ClockReport:
    machine, report = Machine(), ClockReport(jumps)
    site = BenchSite(folder, workers=1)
    site.start()
    site.make_quiz(time_limit_s=LIMIT_S)
    site.kill()
    app = create_app({"DATABASE": f"sqlite:///{folder}/footnote.db", "CLOCK": machine.steady_clock()})
    learner = LearnerInProcess(app)
    learner.start(CODE, QUIZ)
    db, deadlines = app.extensions["footnote"].db, set()
    left = float(LIMIT_S)
    for number in range(jumps):
        machine.set_clock(timedelta(seconds=chance.choice((-3600, 3600, chance.uniform(-86_400, 86_400)))))
        step = min(STEP_S, LIMIT_S / (2 * jumps))
        machine.pass_time(seconds=step)
        left -= step
        fields = {"answer": [str(number)]}
        message = {"operation": f"jump-{number:08}", "position": 1, "revision": 1_000_000, "fields": fields}
        reply = learner.send(message)
        report.saved += 1
        report.moved_s = max(report.moved_s, abs(reply["left"] - left))
        attempt = select_attempt_or_none(db, learner.attempt)
        deadlines.add(attempt.deadline_at if attempt else None)
    report.deadlines = len(deadlines)
    db.close()
    return report
