"""Versions that a place of a quiz is fixed to, and those that it may be fixed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quiz.core.questions import State
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class FixedVersion:
    """A version that can be asked. newest: the number of the newest that is ready; None if none is any more."""

    id: str
    question_id: str
    number: int
    state: State
    newest: int | None

    @property
    def is_newest(self) -> bool:
        return self.newest is None or self.number >= self.newest


@dataclass(frozen=True)
class ChoosableVersion:
    """A ready version."""

    id: str
    number: int


def select_fixed_versions(db: Database, version_ids: Iterable[str]) -> dict[str, FixedVersion]:
    """Return those of the versions that can be asked, by id: no drafts, and none of retired questions."""
    if not (ids := list(version_ids)):
        return {}
    names = ("id", "question_id", "number", "state", "newest")
    rows = db.all(sql.select_fixed_versions, ids=json_text(ids))
    return {row["id"]: FixedVersion(*(row[name] for name in names)) for row in rows}


def select_choosable_versions(db: Database, question_ids: Iterable[str]) -> dict[str, list[ChoosableVersion]]:
    """Return the ready versions of each question, newest first, by question id."""
    found: dict[str, list[ChoosableVersion]] = {}
    for row in db.all(sql.select_choosable_versions, ids=json_text(list(question_ids))):
        found.setdefault(row["question_id"], []).append(ChoosableVersion(row["id"], row["number"]))
    return found
