"""Make an account for a learner. A guest who makes one keeps all that they did as a guest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.accounts import UnusableAccount, require_good_password, usable_email, usable_name
from quiz.core.messages import N_
from quiz.storage import people
from quiz.storage.database import Conflict, Database
from quiz.storage.encoding import new_id
from quiz.storage.people import Person, Role
from quiz.workflows.check_password import hash_password
from quiz.workflows.limit_rate import Limit, take_try
from quiz.workflows.open_session import SignedIn, open_session
from quiz.workflows.record_audit import record_audit
from quiz.workflows.secret_tokens import hash_of

PER_VISITOR = Limit(at_once=10, a_minute=5)


def sign_up(
    db: Database, *, name: str, email: str, password: str, visitor: str, now: datetime,
    guest: Person | None = None, replacing: str | None = None,
) -> SignedIn:  # fmt: skip
    """Make a learner's account and open a session for it. guest: who becomes this learner, if anybody.

    Raises UnusableAccount or TooManyTries; then nothing was made.
    """
    take_try(db, f"sign_up visitor {hash_of(visitor)}", PER_VISITOR, now=now)
    person, password_hash = new_account(
        name=name, email=email, password=password, role="learner", now=now, guest=guest
    )
    with db.atomic():
        insert_account(db, person, password_hash, now=now, guest=guest)
        return open_session(db, person, now=now, replacing=replacing)


def new_account(
    *, name: str, email: str, password: str, role: Role, now: datetime, guest: Person | None = None
) -> tuple[Person, str]:
    """Return the person to be, and their password's hash. Raises UnusableAccount."""
    person = Person(new_id(now), role, usable_name(name), usable_email(email))
    require_good_password(password, name=person.name, email=person.email or "")
    return (replace(person, id=guest.id) if guest else person), hash_password(password)


def insert_account(
    db: Database, person: Person, password_hash: str, *, now: datetime, guest: Person | None
) -> None:
    """Write the account, inside the caller's transaction. Raises UnusableAccount if the address is taken."""
    if people.select_person_by_email_or_none(db, person.email or ""):
        raise address_taken()
    try:
        if guest:
            people.update_guest_account(db, person, password_hash=password_hash)
        else:
            people.insert_person(db, person, password_hash=password_hash, now=now)
    except Conflict:
        raise address_taken() from None
    record_audit(
        db, actor_id=person.id, action="sign_up", subject=f"person {person.id}", now=now, role=person.role
    )


def address_taken() -> UnusableAccount:
    """Return the problem of an address that somebody has."""
    return UnusableAccount(
        "email", N_("There is an account with this address already. Sign in with it instead")
    )
