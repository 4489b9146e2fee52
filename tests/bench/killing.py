"""Kill the server while answers are being saved, again and again: what was acknowledged must be there."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from quiz.storage.attempts import select_attempt_or_none, select_attempt_slots, select_steps
from tests.bench.learner import Learner, NoAnswer
from tests.bench.site import CODE, PLACES, QUIZ, BenchSite

CLIENTS = 8
LEAST_A_ROUND = 8


@dataclass
class KillReport:
    """lost: acknowledged operations without a step. doubled: with two. stale: slots that hold an older answer."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    stale: int = 0
    restarts_s: list[float] = field(default_factory=list)


def kill_rounds(folder: Path, rounds: int, *, seed: int = 1) -> KillReport:
    """Run the rounds on a new site in the folder; return what they came to."""
    site, chance, report = BenchSite(folder), random.Random(seed), KillReport()
    site.start()
    site.make_quiz()
    learners = [Learner(site.url, f"Learner {n}") for n in range(CLIENTS)]
    for learner in learners:
        learner.start(CODE, QUIZ)
    acknowledged: list[Counter[str]] = [Counter() for _ in learners]
    for _ in range(rounds):
        stop = threading.Event()
        threads = [
            threading.Thread(target=_save_until, args=(stop, learner, done), daemon=True)
            for learner, done in zip(learners, acknowledged, strict=True)
        ]
        for thread in threads:
            thread.start()
        # On a busy machine a server takes its time: what is to be killed are answers on their way, not its start.
        _wait_for_more(acknowledged, LEAST_A_ROUND)
        time.sleep(chance.uniform(0, 0.5))
        site.kill()
        stop.set()
        for thread in threads:
            thread.join(30)
        report.restarts_s.append(site.start())
        report.rounds += 1
    site.kill()
    _compare(site, learners, acknowledged, report)
    return report


def _wait_for_more(acknowledged: list[Counter[str]], number: int) -> None:
    """Wait until so many more answers are acknowledged, a minute at most."""
    enough, give_up_at = sum(map(len, acknowledged)) + number, time.monotonic() + 60
    while sum(map(len, acknowledged)) < enough and time.monotonic() < give_up_at:
        time.sleep(0.01)


def _save_until(stop: threading.Event, learner: Learner, done: Counter[str]) -> None:
    """Save one answer after the other; one that was not acknowledged is sent again under the same operation id."""
    number, pending = 0, None
    while not stop.is_set():
        number += 1
        position, text, operation = pending or (
            number % PLACES + 1,
            f"{learner.name} {number} {time.time_ns()}",
            None,
        )
        try:
            done[learner.save(position, {"answer": [text]}, operation)] += 1
            pending = None
        except NoAnswer:
            learner.revisions[position] = 1_000_000  # whatever was stored meanwhile is this learner's own
            time.sleep(0.02)


def _compare(
    site: BenchSite, learners: list[Learner], acknowledged: list[Counter[str]], report: KillReport
) -> None:
    db = site.database()
    for learner, done in zip(learners, acknowledged, strict=True):
        attempt = select_attempt_or_none(db, learner.attempt)
        assert attempt is not None
        steps = [step for step in select_steps(db, attempt) if step.kind == "save"]
        stored = Counter(step.operation_id for step in steps)
        report.acknowledged += len(done)
        report.lost += sum(operation not in stored for operation in done)
        report.doubled += sum(count > 1 for count in stored.values())
        newest = {step.position: step.content["response"] for step in steps}
        report.stale += sum(
            slot.response != newest.get(slot.position) for slot in select_attempt_slots(db, attempt)
        )
    db.close()
