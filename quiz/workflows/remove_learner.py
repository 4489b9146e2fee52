"""Remove a learner from a class; what they did there stays."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.classes import Class, delete_member, select_member_role_or_none
from quiz.storage.database import Database
from quiz.workflows.record_audit import record_audit


def remove_learner(db: Database, left: Class, person_id: str, *, by: str, now: datetime) -> None:
    """Remove the learner; instructors stay. Does nothing if they are no learner of the class any more."""
    with db.atomic():
        if select_member_role_or_none(db, left.id, person_id) == "learner":
            delete_member(db, left.id, person_id)
            record_audit(
                db,
                actor_id=by,
                action="remove_learner",
                subject=f"person {person_id}",
                now=now,
                class_id=left.id,
            )
