"""Sign somebody in by e-mail address and password."""

from __future__ import annotations

from datetime import datetime

from quiz.core.accounts import UnusableAccount, usable_email
from quiz.core.messages import N_, Explained
from quiz.storage import people
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.workflows.check_password import check_password, hash_password, is_outdated
from quiz.workflows.limit_rate import Limit, forget_old_buckets, take_try
from quiz.workflows.open_session import SignedIn, open_session
from quiz.workflows.record_audit import record_audit
from quiz.workflows.secret_tokens import hash_of

# Others' wrong tries slow the owner down too, so there is room for many before they do. A browser has far fewer.
PER_ACCOUNT = Limit(at_once=30, a_minute=30)
PER_ACCOUNT_AND_VISITOR = Limit(at_once=5, a_minute=5)
PER_VISITOR = Limit(at_once=10, a_minute=10)


class NotSignedIn(Explained):
    """The address and the password don't belong together. Which of them is wrong is not told."""


def sign_in(
    db: Database, *, email: str, password: str, visitor: str, now: datetime, replacing: str | None = None
) -> SignedIn:  # fmt: skip
    """Open a session. visitor: what tells browsers apart before anybody is signed in.

    Raises NotSignedIn or TooManyTries.
    """
    try:
        email = usable_email(email)
    except UnusableAccount:
        email = ""
    take_try(db, f"sign_in visitor {hash_of(visitor)}", PER_VISITOR, now=now)
    take_try(db, f"sign_in both {hash_of(visitor + ' ' + email)}", PER_ACCOUNT_AND_VISITOR, now=now)
    take_try(db, f"sign_in account {hash_of(email)}", PER_ACCOUNT, now=now)
    person = people.select_person_by_email_or_none(db, email)
    stored = people.select_password_hash_or_none(db, person.id) if person else None
    if not check_password(stored, password) or person is None or stored is None:
        _record(db, person, "sign_in_refused", now)
        raise NotSignedIn(N_("The e-mail address or the password is not right"))
    return _welcome(db, person, password if is_outdated(stored) else None, now, replacing)


def _welcome(
    db: Database, person: Person, password_to_rehash: str | None, now: datetime, replacing: str | None
) -> SignedIn:  # fmt: skip
    new_hash = hash_password(password_to_rehash) if password_to_rehash else None
    with db.atomic():
        if new_hash:
            people.update_password_hash(db, person.id, new_hash)
        forget_old_buckets(db, now)
        _record(db, person, "sign_in", now)
        return open_session(db, person, now=now, replacing=replacing)


def _record(db: Database, person: Person | None, action: str, now: datetime) -> None:
    # Tries at addresses that nobody has are not kept: a typed address may be somebody's password.
    if person:
        record_audit(db, actor_id=person.id, action=action, subject=f"person {person.id}", now=now)
