"""Classes and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quiz.storage.database import Database, Row
from quiz.storage.encoding import time_from, time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

MemberRole = Literal["learner", "instructor"]


@dataclass(frozen=True)
class Class:
    """is_public: everybody may take its quizzes, and every instructor may read its reports.

    archived_at: None if it is not archived.
    """

    id: str
    title: str
    join_code: str
    is_public: bool
    archived_at: datetime | None = None


@dataclass(frozen=True)
class Member:
    """Somebody in a class. email: None for a guest."""

    person_id: str
    name: str
    email: str | None
    role: MemberRole
    joined_at: datetime


def insert_class(
    db: Database,
    *,
    id: str,
    title: str,
    join_code: str,
    created_by: str | None,
    now: datetime,
    is_public: bool = False,
) -> None:
    """Raises Conflict if the join code is taken."""
    db.run(
        sql.insert_class,
        id=id,
        title=title,
        join_code=join_code,
        is_public=is_public,
        created_by=created_by,
        created_at=time_text(now),
    )


def update_class_title(db: Database, class_id: str, title: str) -> None:
    db.run(sql.update_class_title, id=class_id, title=title)


def update_class_code(db: Database, class_id: str, join_code: str) -> None:
    """Raises Conflict if the join code is taken."""
    db.run(sql.update_class_code, id=class_id, join_code=join_code)


def update_class_archived(db: Database, class_id: str, now: datetime | None) -> None:
    """Archive the class, or with None bring it back."""
    db.run(sql.update_class_archived, id=class_id, archived_at=time_text(now) if now else None)


def select_class_or_none(db: Database, class_id: str) -> Class | None:
    row = db.one_or_none(sql.select_class, id=class_id)
    return _class(row) if row else None


def select_class_by_code_or_none(db: Database, join_code: str) -> Class | None:
    row = db.one_or_none(sql.select_class_by_code, join_code=join_code)
    return _class(row) if row else None


def select_classes_of_person(db: Database, person_id: str, role: MemberRole) -> list[Class]:
    """Return the classes, newest first, in which the person has this role; archived ones are left out."""
    return [_class(row) for row in db.all(sql.select_classes_of_person, person_id=person_id, role=role)]


def select_archived_classes_of_instructor(db: Database, person_id: str) -> list[Class]:
    """Return the archived classes, archived last first, that the person teaches."""
    return [_class(row) for row in db.all(sql.select_archived_classes_of_instructor, person_id=person_id)]


def select_public_classes(db: Database) -> list[Class]:
    return [_class(row) for row in db.all(sql.select_public_classes)]


def insert_member(db: Database, class_id: str, person_id: str, role: MemberRole, now: datetime) -> None:
    db.run(sql.insert_member, class_id=class_id, person_id=person_id, role=role, joined_at=time_text(now))


def delete_member(db: Database, class_id: str, person_id: str) -> None:
    """Remove a learner; their attempts stay. Instructors can't be removed this way."""
    db.run(sql.delete_member, class_id=class_id, person_id=person_id)


def select_member_role_or_none(db: Database, class_id: str, person_id: str) -> MemberRole | None:
    row = db.one_or_none(sql.select_member_role, class_id=class_id, person_id=person_id)
    return row["role"] if row else None


def select_members(db: Database, class_id: str) -> list[Member]:
    """Return everybody in the class: instructors, then learners, each in the order in which they joined."""
    return [member_from(row) for row in db.all(sql.select_members, class_id=class_id)]


def select_member_or_none(db: Database, class_id: str, person_id: str) -> Member | None:
    row = db.one_or_none(sql.select_member, class_id=class_id, person_id=person_id)
    return member_from(row) if row else None


def count_learners(db: Database, instructor_id: str) -> dict[str, int]:
    """Return how many learners each of the instructor's classes has, by class id; 0 is missing."""
    return {row["class_id"]: row["learners"] for row in db.all(sql.count_learners, person_id=instructor_id)}


def member_from(row: Row) -> Member:
    """Return the member in a row that has id, name, email, role and joined_at."""
    return Member(row["id"], row["name"], row["email"], row["role"], time_from(row["joined_at"]))


def _class(row: Row) -> Class:
    return Class(
        row["id"], row["title"], row["join_code"], bool(row["is_public"]), time_or_none(row["archived_at"])
    )
