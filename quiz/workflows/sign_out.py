"""End sessions: this one, or all the others."""

from __future__ import annotations

from datetime import datetime

from quiz.storage import sessions
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.workflows.record_audit import record_audit
from quiz.workflows.secret_tokens import hash_of


def sign_out(db: Database, token: str) -> None:
    """End the session: from now on its token opens nothing."""
    sessions.delete_session(db, hash_of(token))


def sign_out_elsewhere(db: Database, person: Person, *, token: str, now: datetime) -> int:
    """End all sessions of the person but this one; return how many that were."""
    with db.atomic():
        ended = sessions.delete_other_sessions(db, person.id, hash_of(token))
        record_audit(
            db,
            actor_id=person.id,
            action="sign_out_elsewhere",
            subject=f"person {person.id}",
            now=now,
            ended=ended,
        )
    return ended
