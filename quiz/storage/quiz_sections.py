"""Sections of a quiz: parts with a title, an order and perhaps a time limit of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from quiz.storage.database import Database, Row
from quiz.storage.queries import load_queries
from quiz.storage.quizzes import Quiz

sql = load_queries(__file__)


@dataclass(frozen=True)
class Section:
    """position: from 1; places of no section come before all of them. time_limit_s: None for none."""

    id: str
    position: int
    title: str
    time_limit_s: int | None = None
    is_shuffled: bool = False

    @property
    def limit(self) -> timedelta | None:
        return None if self.time_limit_s is None else timedelta(seconds=self.time_limit_s)


def insert_section(db: Database, quiz: Quiz, section: Section) -> None:
    """Raises Conflict if the quiz has a section with this id."""
    with db.atomic():
        db.run(sql.insert_section, **_row(quiz, section))
        _keep_parts_limit(db, quiz)


def update_sections(db: Database, quiz: Quiz, sections: Sequence[Section]) -> None:
    """Write all that these sections are."""
    with db.atomic():
        db.run_many(sql.update_section, [_row(quiz, section) for section in sections])
        _keep_parts_limit(db, quiz)


def delete_section(db: Database, quiz: Quiz, section_id: str) -> None:
    """Delete the section alone: its places are somebody else's to move."""
    with db.atomic():
        db.run(sql.delete_section, class_id=quiz.class_id, quiz_id=quiz.id, id=section_id)
        _keep_parts_limit(db, quiz)


def select_sections(db: Database, quiz: Quiz) -> list[Section]:
    """Return the quiz's sections in their order."""
    return [_section(row) for row in db.all(sql.select_sections, class_id=quiz.class_id, quiz_id=quiz.id)]


def _keep_parts_limit(db: Database, quiz: Quiz) -> None:
    db.run(sql.update_parts_limit, class_id=quiz.class_id, quiz_id=quiz.id)


def _row(quiz: Quiz, section: Section) -> dict[str, Any]:
    return {
        "class_id": quiz.class_id, "quiz_id": quiz.id, "id": section.id, "position": section.position,
        "title": section.title, "time_limit_s": section.time_limit_s, "is_shuffled": section.is_shuffled,
    }  # fmt: skip


def _section(row: Row) -> Section:
    return Section(row["id"], row["position"], row["title"], row["time_limit_s"], bool(row["is_shuffled"]))
