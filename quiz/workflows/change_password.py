"""Change one's password. Whoever else is signed in as this person is signed out."""

from __future__ import annotations

from datetime import datetime

from quiz.core.accounts import UnusableAccount, require_good_password
from quiz.core.messages import N_
from quiz.storage import people, sessions
from quiz.storage.database import Database
from quiz.storage.people import Person
from quiz.workflows.check_password import check_password, hash_password
from quiz.workflows.limit_rate import take_try
from quiz.workflows.record_audit import record_audit
from quiz.workflows.secret_tokens import hash_of
from quiz.workflows.sign_in import PER_ACCOUNT


def require_own_password(db: Database, person: Person, password: str, *, now: datetime, field: str) -> None:
    """Raise UnusableAccount at this field if it is not the person's password, or TooManyTries."""
    take_try(db, f"own_password {person.id}", PER_ACCOUNT, now=now)
    if not check_password(people.select_password_hash_or_none(db, person.id), password):
        raise UnusableAccount(field, N_("This is not your password"))


def change_password(
    db: Database, person: Person, *, password: str, new_password: str, token: str, now: datetime
) -> None:  # fmt: skip
    """Set the new password and end all sessions but this one (token).

    Raises UnusableAccount, with the field ``password`` or ``new_password``, or TooManyTries.
    """
    require_own_password(db, person, password, now=now, field="password")
    try:
        require_good_password(new_password, name=person.name, email=person.email or "")
    except UnusableAccount as problem:
        raise UnusableAccount("new_password", problem.sentence, **problem.values) from None
    password_hash = hash_password(new_password)
    with db.atomic():
        people.update_password_hash(db, person.id, password_hash)
        sessions.delete_other_sessions(db, person.id, hash_of(token))
        record_audit(db, actor_id=person.id, action="change_password", subject=f"person {person.id}", now=now)
