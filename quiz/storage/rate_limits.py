"""Token buckets: how much of something somebody may still do. Shared by all processes and nodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.encoding import time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class Bucket:
    """allowance: what was left in it at refilled_at."""

    allowance: float
    refilled_at: datetime


def select_bucket_or_none(db: Database, name: str) -> Bucket | None:
    row = db.one_or_none(sql.select_bucket, bucket=name)
    return Bucket(row["allowance"], time_from(row["refilled_at"])) if row else None


def insert_bucket(db: Database, name: str, bucket: Bucket) -> bool:
    """Return False, and change nothing, if the bucket exists."""
    rows = db.all(
        sql.insert_bucket, bucket=name, allowance=bucket.allowance, refilled_at=time_text(bucket.refilled_at)
    )
    return bool(rows)


def update_bucket(db: Database, name: str, was: Bucket, bucket: Bucket) -> bool:
    """Return False, and change nothing, if somebody else took from the bucket meanwhile."""
    rows = db.all(
        sql.update_bucket, bucket=name, allowance=bucket.allowance, refilled_at=time_text(bucket.refilled_at),
        was_allowance=was.allowance, was_refilled_at=time_text(was.refilled_at),
    )  # fmt: skip
    return bool(rows)


def delete_buckets_before(db: Database, time: datetime) -> None:
    """Delete the buckets that nobody took from since."""
    db.run(sql.delete_buckets_before, before=time_text(time))
