"""Sessions: who is signed in where. Only a hash of each token is kept, so a stolen database opens none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.encoding import time_from, time_text
from quiz.storage.people import Person, person_from
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class Session:
    """One signed-in browser. token_hash: SHA-256 of its token, hexadecimal."""

    token_hash: str
    created_at: datetime
    seen_at: datetime


def insert_session(
    db: Database, *, token_hash: str, person_id: str, now: datetime, expires_at: datetime
) -> None:
    db.run(
        sql.insert_session, token_hash=token_hash, person_id=person_id, created_at=time_text(now),
        seen_at=time_text(now), expires_at=time_text(expires_at),
    )  # fmt: skip


def update_session_seen(db: Database, token_hash: str, *, now: datetime, expires_at: datetime) -> None:
    db.run(
        sql.update_session_seen,
        token_hash=token_hash,
        seen_at=time_text(now),
        expires_at=time_text(expires_at),
    )


def delete_session(db: Database, token_hash: str) -> None:
    db.run(sql.delete_session, token_hash=token_hash)


def delete_other_sessions(db: Database, person_id: str, token_hash: str) -> int:
    """Delete all sessions of the person but this one; return how many that were."""
    return len(db.all(sql.delete_other_sessions, person_id=person_id, token_hash=token_hash))


def delete_expired_sessions(db: Database, now: datetime) -> None:
    db.run(sql.delete_expired_sessions, now=time_text(now))


def select_session_or_none(db: Database, token_hash: str, now: datetime) -> tuple[Session, Person] | None:
    """Return the session and whose it is, unless it has expired or they are disabled."""
    row = db.one_or_none(sql.select_session, token_hash=token_hash, now=time_text(now))
    if row is None:
        return None
    return Session(row["token_hash"], time_from(row["created_at"]), time_from(row["seen_at"])), person_from(
        row
    )


def select_sessions_of_person(db: Database, person_id: str, now: datetime) -> list[Session]:
    """Return the sessions that are still good, used last first."""
    rows = db.all(sql.select_sessions_of_person, person_id=person_id, now=time_text(now))
    return [
        Session(row["token_hash"], time_from(row["created_at"]), time_from(row["seen_at"])) for row in rows
    ]
