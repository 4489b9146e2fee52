"""Make a link that makes an instructor, once: the first at the server's start, others by invitation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from quiz.storage import people, setup_links
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.storage.setup_file import forget_token, keep_token, read_token
from quiz.workflows.record_audit import record_audit
from quiz.workflows.secret_tokens import hash_of, new_token


def first_setup_link(db: Database, *, file: Path | None, now: datetime) -> str | None:
    """Return the token of the link for the first instructor, or None if there is an instructor.

    file: where the token is kept, so that the next start gives the same one; None for a database that is no
    file, which gets a new link each time.
    """
    if people.has_instructor(db):
        forget_token(file)
        return None
    token = read_token(file)
    link = setup_links.select_setup_link_or_none(db, hash_of(token)) if token else None
    if token and link and not link.is_used:
        return token
    token = new_token()
    keep_token(file, token)
    setup_links.insert_setup_link(db, hash_of(token), now)
    return token


def invite_instructor(db: Database, inviting: Person, *, now: datetime) -> str:
    """Return the token of a link by which one more instructor can join. It is shown once and kept nowhere."""
    token = new_token()
    with db.atomic():
        setup_links.insert_setup_link(db, hash_of(token), now)
        record_audit(
            db,
            actor_id=inviting.id,
            action="invite_instructor",
            subject=f"setup_link {hash_of(token)[:12]}",
            now=now,
        )
    return token
