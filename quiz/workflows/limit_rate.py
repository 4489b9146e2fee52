"""Keep a token bucket: so many tries at once, and so many more a minute."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.core.messages import N_, Explained
from quiz.storage import rate_limits
from quiz.storage.database import Database
from quiz.storage.rate_limits import Bucket


@dataclass(frozen=True)
class Limit:
    """at_once: how many tries a full bucket holds. a_minute: how many flow in."""

    at_once: int
    a_minute: float


class TooManyTries(Explained):
    """Somebody has to wait. retry_after_s: how long, in whole seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(N_("Too many tries. Try again in {seconds} seconds."), seconds=retry_after_s)
        self.retry_after_s = retry_after_s


def take_try(db: Database, name: str, limit: Limit, *, now: datetime) -> None:
    """Take one try from the bucket. Raises TooManyTries, and takes nothing, if there is none left."""
    # Several may take at once. Whoever finds the bucket changed looks again; a try is never given twice.
    for _ in range(8):
        was = rate_limits.select_bucket_or_none(db, name)
        left = _left(was, limit, now)
        if left < 1:
            break
        after = Bucket(left - 1, now)
        if (
            rate_limits.update_bucket(db, name, was, after)
            if was
            else rate_limits.insert_bucket(db, name, after)
        ):
            return
    raise TooManyTries(_wait_s(left, limit))


def require_try(db: Database, name: str, limit: Limit, *, now: datetime) -> None:
    """Raise TooManyTries if there is no try left, but take none: for limits that count failures only."""
    left = _left(rate_limits.select_bucket_or_none(db, name), limit, now)
    if left < 1:
        raise TooManyTries(_wait_s(left, limit))


def forget_old_buckets(db: Database, now: datetime) -> None:
    """Delete what nobody took from for a day: every bucket is full again by then."""
    rate_limits.delete_buckets_before(db, now - timedelta(days=1))


def _left(bucket: Bucket | None, limit: Limit, now: datetime) -> float:
    if bucket is None:
        return limit.at_once
    minutes = max(0.0, (now - bucket.refilled_at).total_seconds() / 60)
    return min(limit.at_once, bucket.allowance + minutes * limit.a_minute)


def _wait_s(left: float, limit: Limit) -> int:
    return max(1, math.ceil((1 - left) / limit.a_minute * 60))
