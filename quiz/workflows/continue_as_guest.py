"""Let somebody take a quiz under a name of their choice, without an account."""

from __future__ import annotations

from datetime import datetime

from quiz.core.accounts import usable_name
from quiz.storage import people
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.storage.people import Person
from quiz.workflows.limit_rate import Limit, take_try
from quiz.workflows.open_session import SignedIn, open_session
from quiz.workflows.secret_tokens import hash_of

PER_VISITOR = Limit(at_once=10, a_minute=5)


def continue_as_guest(db: Database, *, name: str, visitor: str, now: datetime) -> SignedIn:
    """Make a guest and open a session for them. Raises UnusableAccount (the name) or TooManyTries."""
    guest = Person(new_id(now), "guest", usable_name(name), None)
    take_try(db, f"guest visitor {hash_of(visitor)}", PER_VISITOR, now=now)
    with db.atomic():
        people.insert_person(db, guest, password_hash=None, now=now)
        return open_session(db, guest, now=now)
