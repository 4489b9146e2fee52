"""Change one's name, or the address one signs in with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.accounts import usable_email, usable_name
from quiz.storage import people
from quiz.storage.database import Conflict, Database
from quiz.storage.people import Person
from quiz.workflows.change_password import require_own_password
from quiz.workflows.record_audit import record_audit
from quiz.workflows.sign_up import address_taken


def change_profile(
    db: Database, person: Person, *, name: str, email: str, password: str, now: datetime
) -> Person:  # fmt: skip
    """Return the person as they are now. password: needed only for another address; guests have none.

    Raises UnusableAccount, with the field, or TooManyTries.
    """
    changed = replace(person, name=usable_name(name), email=usable_email(email) if person.email else None)
    if changed == person:
        return person
    # Whoever finds an open browser could otherwise take the account with it.
    if changed.email != person.email:
        require_own_password(db, person, password, now=now, field="password")
    try:
        with db.atomic():
            people.update_profile(db, person.id, name=changed.name, email=changed.email)
            fields = [
                field for field in ("name", "email") if getattr(changed, field) != getattr(person, field)
            ]
            record_audit(
                db,
                actor_id=person.id,
                action="change_profile",
                subject=f"person {person.id}",
                now=now,
                fields=fields,
            )
    except Conflict:
        raise address_taken() from None
    return changed
