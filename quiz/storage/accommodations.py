"""Accommodations: what one learner gets in every quiz, who granted it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.timing import NONE, Accommodation
from quiz.storage.database import Database, Row
from quiz.storage.encoding import time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class Profile:
    """An accommodation as it was granted. note: why, for the instructors and the learner."""

    accommodation: Accommodation
    note: str
    set_by_name: str
    set_at: datetime


def select_profile_or_none(db: Database, person_id: str) -> Profile | None:
    row = db.one_or_none(sql.select_accommodation, person_id=person_id)
    if row is None:
        return None
    return Profile(_granted(row), row["note"], row["set_by_name"], time_from(row["set_at"]))


def accommodation_of(db: Database, person_id: str) -> Accommodation:
    """Return what the learner gets: nothing, unless somebody granted it."""
    profile = select_profile_or_none(db, person_id)
    return profile.accommodation if profile else NONE


def select_accommodations_at_quiz(db: Database, class_id: str, quiz_id: str) -> list[Accommodation]:
    """Return what was granted to those who learn in the class, or have begun the quiz."""
    rows = db.all(sql.select_accommodations_at_quiz, class_id=class_id, quiz_id=quiz_id)
    return [_granted(row) for row in rows]


def select_accommodated(db: Database, class_id: str) -> set[str]:
    """Return the ids of the class's learners who have an accommodation."""
    return {row["person_id"] for row in db.all(sql.select_accommodated, class_id=class_id)}


def upsert_accommodation(
    db: Database, person_id: str, granted: Accommodation, *, note: str, by: str, now: datetime
) -> None:
    """Write the learner's accommodation, in place of an earlier one."""
    db.run(
        sql.upsert_accommodation, person_id=person_id, factor=granted.factor, is_untimed=granted.is_untimed,
        extra_days=granted.extra_days, extra_attempts=granted.extra_attempts, may_pause=granted.may_pause, note=note,
        set_by=by, set_at=time_text(now),
    )  # fmt: skip


def delete_accommodation(db: Database, person_id: str) -> None:
    db.run(sql.delete_accommodation, person_id=person_id)


def _granted(row: Row) -> Accommodation:
    return Accommodation(
        row["factor"],
        bool(row["is_untimed"]),
        row["extra_days"],
        row["extra_attempts"],
        bool(row["may_pause"]),
    )
