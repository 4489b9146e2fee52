"""Rename a class."""

from __future__ import annotations

from quiz.core.titles import usable_title
from quiz.storage.classes import Class, update_class_title
from quiz.storage.database import Database


def rename_class(db: Database, renamed: Class, title: str) -> None:
    """Give the class the title. Raises UnusableTitle."""
    update_class_title(db, renamed.id, usable_title(title))
