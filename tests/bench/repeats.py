"""The same posts again and again, one after the other and eight at a time: each has its effect once."""

from __future__ import annotations

import random
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quiz.storage.attempts import Attempt, Step, select_attempt_or_none, select_attempt_slots, select_steps
from quiz.storage.database import Database
from tests.bench.learner import Learner, NoAnswer
from tests.bench.site import CODE, PLACES, QUIZ, BenchSite

LEARNERS = 8
THREADS = 8
WHATEVER_IS_THERE = 1_000_000
CHECKED_QUIZ, CHECKED_CODE, TRIES = "bench-checked", "BENCHCCC", 3


@dataclass
class RepeatReport:
    """posts: that were answered. operations: how many of them meant something new. refused: posts that failed.

    doubled: effects that were there twice. missing: that were not there. wrong: places that hold an older answer.
    """

    posts: int = 0
    operations: int = 0
    refused: int = 0
    doubled: int = 0
    missing: int = 0
    wrong: int = 0

    def told(self) -> str:
        return (
            f"{self.posts} posts of {self.operations} operations, {THREADS} at a time: {self.doubled} doubled, "
            f"{self.missing} missing, {self.wrong} places with something else, {self.refused} refused"
        )


@dataclass
class SubmitReport:
    """posts: simultaneous submissions. steps, receipts, scores: how many different ones came of them."""

    posts: int
    answered: int
    steps: int
    receipts: int
    scores: int

    def told(self) -> str:
        return (
            f"{self.posts} simultaneous submissions, {self.answered} answered: {self.steps} submission, "
            f"{self.receipts} receipt, {self.scores} score"
        )


@dataclass(frozen=True)
class Post:
    """One thing that a learner wants, under an operation id that all its repeats share."""

    learner: Learner
    message: dict[str, Any]

    def __call__(self) -> None:
        self.learner.send(self.message)


@dataclass(frozen=True)
class Check:
    """One answer that a learner checks."""

    learner: Learner
    position: int
    operation: str

    def __call__(self) -> None:
        self.learner.check(self.position, f"an answer {self.operation}", self.operation)


def repeat_posts(folder: Path, posts: int, *, seed: int = 1) -> RepeatReport:
    """Post checks, saves, flags and submissions, about so many in all, each many times; count what came of it."""
    site, chance, report = BenchSite(folder), random.Random(seed), RepeatReport()
    site.start()
    try:
        site.make_quiz()
        site.make_quiz(CHECKED_QUIZ, CHECKED_CODE, behaviour="interactive", tries=TRIES)
        with ThreadPoolExecutor(THREADS) as pool:
            _repeat_checks(site, pool, posts // 4, chance, report)
            _repeat_saves(site, pool, posts, chance, report)
    finally:
        site.kill()
    return report


def _repeat_checks(
    site: BenchSite, pool: ThreadPoolExecutor, posts: int, chance: random.Random, report: RepeatReport
) -> None:
    """Use up all tries of each place, as far as so many posts go."""
    learners = _started(site, CHECKED_CODE, CHECKED_QUIZ)
    made: list[Check] = []
    for number in range(PLACES * TRIES):
        if report.posts >= posts:
            break
        fresh = [Check(learner, number // TRIES + 1, secrets.token_hex(12)) for learner in learners]
        made += fresh
        _send(pool, [check for check in fresh for _ in range(THREADS)], report)
        _send(pool, [chance.choice(made) for _ in range(4 * THREADS)], report)
    db = site.database()
    for learner in learners:
        steps = select_steps(db, _attempt(db, learner))
        mine = [check for check in made if check.learner is learner]
        checks = Counter(step.position for step in steps if step.kind == "check")
        saves = Counter(step.operation_id for step in steps if step.kind == "save")
        wanted = Counter(check.operation for check in mine)
        report.operations += len(mine)
        report.doubled += sum((saves - wanted).values()) + max(0, sum(checks.values()) - len(mine))
        report.missing += sum((wanted - saves).values()) + max(0, len(mine) - sum(checks.values()))
        slots = select_attempt_slots(db, _attempt(db, learner))
        report.wrong += sum(slot.tries != checks[slot.position] for slot in slots)
    db.close()


def _repeat_saves(
    site: BenchSite, pool: ThreadPoolExecutor, posts: int, chance: random.Random, report: RepeatReport
) -> None:
    """Save and flag in turns until there were so many posts, then submit."""
    learners = _started(site, CODE, QUIZ)
    made: dict[str, list[Post]] = {learner.attempt: [] for learner in learners}
    while report.posts < posts - LEARNERS * THREADS:
        fresh = [_new_post(learner, chance) for learner in learners]
        for post in fresh:
            made[post.learner.attempt].append(post)
        # Each at once from all threads, then among repeats of whatever was posted before.
        _send(pool, [post for post in fresh for _ in range(THREADS)], report)
        again = [chance.choice(chance.choice(list(made.values()))) for _ in range(4 * THREADS)]
        _send(pool, again, report)
    _send(pool, [learner.submit for learner in learners for _ in range(THREADS)], report)
    _compare(site.database(), learners, made, report)


def _started(site: BenchSite, join_code: str, quiz_id: str) -> list[Learner]:
    learners = [Learner(site.url, f"Learner {n}") for n in range(LEARNERS)]
    for learner in learners:
        learner.start(join_code, quiz_id)
    return learners


def submit_at_once(folder: Path, posts: int) -> SubmitReport:
    """Submit one attempt so many times at the same moment; count what came of it."""
    site = BenchSite(folder)
    site.start()
    try:
        site.make_quiz()
        learner = Learner(site.url, "Amal")
        learner.start(CODE, QUIZ)
        learner.save(1, {"answer": ["an answer"]})
        gate, pages = threading.Barrier(posts), []

        def submit() -> None:
            mine = Learner(site.url, "Amal", learner.cookie, learner.token, learner.attempt)
            gate.wait()
            mine.submit()
            pages.append(mine.result())

        threads = [threading.Thread(target=submit) for _ in range(posts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db = site.database()
        steps = [step for step in select_steps(db, _attempt(db, learner)) if step.kind == "submit"]
        return SubmitReport(
            posts, len(pages), len(steps), len({_in(page, "receipt") for page in pages}),
            len({_in(page, "score-number") for page in pages}),
        )  # fmt: skip
    finally:
        site.kill()


def _new_post(learner: Learner, chance: random.Random) -> Post:
    """Return an answer or a flag that is not like any before."""
    operation, position = secrets.token_hex(12), chance.randint(1, PLACES)
    if chance.random() < 0.3:
        return Post(learner, {"operation": operation, "position": position, "flagged": chance.random() < 0.5})
    fields = {"answer": [f"{learner.name} {operation}"]}
    return Post(
        learner,
        {"operation": operation, "position": position, "revision": WHATEVER_IS_THERE, "fields": fields},
    )


def _send(pool: ThreadPoolExecutor, posts: Sequence[Callable[[], object]], report: RepeatReport) -> None:
    for answered in pool.map(_is_answered, posts):
        report.posts += answered
        report.refused += not answered


def _is_answered(post: Callable[[], object]) -> bool:
    try:
        post()
    except NoAnswer:
        return False
    return True


def _compare(
    db: Database, learners: list[Learner], made: dict[str, list[Post]], report: RepeatReport
) -> None:
    for learner in learners:
        attempt, posts = _attempt(db, learner), made[learner.attempt]
        steps = select_steps(db, attempt)
        wanted = Counter([str(post.message["operation"]) for post in posts] + ["submit"])
        found = Counter(step.operation_id for step in steps)
        report.operations += len(wanted)
        report.doubled += sum((found - wanted).values())
        report.missing += sum((wanted - found).values())
        report.wrong += _places_that_differ(db, attempt, posts, steps)
    db.close()


def _places_that_differ(db: Database, attempt: Attempt, posts: list[Post], steps: list[Step]) -> int:
    """Return how many places hold something else than what was posted there last, or were written to more often."""
    answers = {int(str(p.message["position"])): p.message["fields"] for p in posts if "fields" in p.message}
    flags = {int(str(p.message["position"])): p.message["flagged"] for p in posts if "flagged" in p.message}
    saves = Counter(step.position for step in steps if step.kind == "save")
    return sum(
        {"answer": [slot.response]} != answers.get(slot.position, {"answer": [slot.response]})
        or slot.is_flagged != flags.get(slot.position, False)
        or slot.revision != saves[slot.position]
        for slot in select_attempt_slots(db, attempt)
    )


def _attempt(db: Database, learner: Learner) -> Attempt:
    found = select_attempt_or_none(db, learner.attempt)
    assert found is not None
    return found


def _in(page: str, name: str) -> str:
    """Return what stands in the page's element of the class."""
    return re.search(rf'class="{name}"[^>]*>([^<]+)<', page)[1]  # type: ignore[index]
