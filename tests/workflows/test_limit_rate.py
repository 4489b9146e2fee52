from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from quiz.storage import rate_limits
from quiz.workflows.limit_rate import Limit, TooManyTries, forget_old_buckets, require_try, take_try

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
THREE = Limit(at_once=3, a_minute=6)


def test_as_many_tries_as_the_bucket_holds_then_a_wait(db):
    for _ in range(3):
        take_try(db, "b", THREE, now=NOON)

    with pytest.raises(TooManyTries) as problem:
        take_try(db, "b", THREE, now=NOON)
    assert problem.value.retry_after_s == 10


def test_a_try_flows_back_in_time(db):
    for _ in range(3):
        take_try(db, "b", THREE, now=NOON)

    take_try(db, "b", THREE, now=NOON + timedelta(seconds=10))
    with pytest.raises(TooManyTries):
        take_try(db, "b", THREE, now=NOON + timedelta(seconds=11))


def test_looking_takes_nothing(db):
    for _ in range(10):
        require_try(db, "b", THREE, now=NOON)

    assert rate_limits.select_bucket_or_none(db, "b") is None


def test_a_clock_that_goes_back_gives_nothing_away(db):
    for _ in range(3):
        take_try(db, "b", THREE, now=NOON)

    with pytest.raises(TooManyTries):
        take_try(db, "b", THREE, now=NOON - timedelta(hours=1))


def test_many_at_once_get_no_more_than_there_is(sqlite_db):
    def tries(_: int) -> bool:
        try:
            take_try(sqlite_db, "b", Limit(at_once=5, a_minute=1), now=NOON)
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(tries, range(24)))

    assert sum(given) == 5


def test_buckets_are_forgotten_after_a_day(db):
    take_try(db, "old", THREE, now=NOON)
    take_try(db, "new", THREE, now=NOON + timedelta(hours=20))

    forget_old_buckets(db, NOON + timedelta(hours=25))

    assert rate_limits.select_bucket_or_none(db, "old") is None
    assert rate_limits.select_bucket_or_none(db, "new") is not None
