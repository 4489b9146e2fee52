"""Join a class as a learner."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.classes import Class, insert_member
from quiz.storage.database import Database


def join_class(db: Database, joined: Class, *, person_id: str, now: datetime) -> None:
    """Make the person a learner of the class. Does nothing if they belong to it already."""
    insert_member(db, joined.id, person_id, "learner", now)
