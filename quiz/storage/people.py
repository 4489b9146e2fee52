"""People: guests, learners and instructors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quiz.storage.database import Database, Row
from quiz.storage.encoding import time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

Role = Literal["guest", "learner", "instructor"]


@dataclass(frozen=True)
class Person:
    """email: lower case, None for a guest."""

    id: str
    role: Role
    name: str
    email: str | None


def insert_person(db: Database, person: Person, *, password_hash: str | None, now: datetime) -> None:
    """Raises Conflict if the e-mail address is taken."""
    db.run(
        sql.insert_person, id=person.id, role=person.role, name=person.name, email=person.email,
        password_hash=password_hash, created_at=time_text(now),
    )  # fmt: skip


def update_guest_account(db: Database, person: Person, *, password_hash: str) -> None:
    """Give a guest the person's role, name and address. Raises RowCountError if they are no guest."""
    db.one(
        sql.update_guest_account, id=person.id, role=person.role, name=person.name, email=person.email,
        password_hash=password_hash,
    )  # fmt: skip


def update_role(db: Database, person_id: str, role: Role) -> None:
    db.run(sql.update_role, id=person_id, role=role)


def update_profile(db: Database, person_id: str, *, name: str, email: str | None) -> None:
    """Raises Conflict if the e-mail address is taken."""
    db.run(sql.update_profile, id=person_id, name=name, email=email)


def update_password_hash(db: Database, person_id: str, password_hash: str) -> None:
    db.run(sql.update_password_hash, id=person_id, password_hash=password_hash)


def select_person_or_none(db: Database, person_id: str) -> Person | None:
    row = db.one_or_none(sql.select_person, id=person_id)
    return person_from(row) if row else None


def select_person_by_email_or_none(db: Database, email: str) -> Person | None:
    """email: as core.accounts.usable_email returns it. Somebody who is disabled is not found."""
    row = db.one_or_none(sql.select_person_by_email, email=email)
    return person_from(row) if row else None


def select_password_hash_or_none(db: Database, person_id: str) -> str | None:
    """Return the hash, or None for a guest."""
    row = db.one_or_none(sql.select_password_hash, id=person_id)
    return row["password_hash"] if row else None


def has_instructor(db: Database) -> bool:
    """Tell whether anybody can work as an instructor yet."""
    return bool(db.all(sql.select_any_instructor))


def person_from(row: Row) -> Person:
    """Return the person in a row that has id, role, name and email."""
    return Person(row["id"], row["role"], row["name"], row["email"])
