"""Open a session: a fresh secret for a browser, so that knowing its old one gains nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.storage import sessions
from quiz.storage.database import Database
from quiz.storage.people import Person, Role
from quiz.workflows.secret_tokens import hash_of, new_token

LIFETIMES: dict[Role, timedelta] = {
    "guest": timedelta(days=30),
    "learner": timedelta(days=30),
    "instructor": timedelta(hours=12),
}


@dataclass(frozen=True)
class SignedIn:
    """token: for the browser's cookie alone; the database has its hash."""

    person: Person
    token: str


def open_session(db: Database, person: Person, *, now: datetime, replacing: str | None = None) -> SignedIn:
    """Open a session for the person. replacing: the token of the session that the browser had, which ends."""
    token = new_token()
    with db.atomic():
        if replacing:
            sessions.delete_session(db, hash_of(replacing))
        sessions.delete_expired_sessions(db, now)
        sessions.insert_session(
            db,
            token_hash=hash_of(token),
            person_id=person.id,
            now=now,
            expires_at=now + LIFETIMES[person.role],
        )
    return SignedIn(person, token)
