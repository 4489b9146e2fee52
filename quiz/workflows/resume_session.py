"""Find out who is asking, by their session's token, and keep the session alive while it is used."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.storage import sessions
from quiz.storage.database import Busy, Database
from quiz.storage.people import Person
from quiz.workflows.open_session import LIFETIMES
from quiz.workflows.secret_tokens import hash_of

# Every page is asked for by a session; writing each time would make a write of every reading.
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Resumed:
    """is_prolonged: the session lasts longer now, so the browser's cookie should, too."""

    person: Person
    is_prolonged: bool


def resume_session(db: Database, token: str, *, now: datetime) -> Resumed | None:
    """Return whose session it is, or None if there is none, it has expired, or it was ended elsewhere."""
    found = sessions.select_session_or_none(db, hash_of(token), now)
    if found is None:
        return None
    session, person = found
    if now - session.seen_at < SEEN_EVERY:
        return Resumed(person, is_prolonged=False)
    # Being seen can wait: a page must not fail because somebody else is writing.
    with suppress(Busy):
        sessions.update_session_seen(db, session.token_hash, now=now, expires_at=now + LIFETIMES[person.role])
    return Resumed(person, is_prolonged=True)
