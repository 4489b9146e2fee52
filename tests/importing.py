"""Imports for tests: a file into the small bank, in one line."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.imports import ImportHead, ImportRow, select_rows
from quiz.workflows.confirm_import import confirm_import
from quiz.workflows.plan_import import IntoBank, Upload, plan_import
from tests.conftest import NOW

RIVERS = """\
// [id:nile] [tag:rivers]
Which river flows through Cairo? {
	=The Nile#Yes.
	~The Tigris
	~The Danube
	####Cairo lies on the Nile, whose delta begins just north of it.
}

// [id:two-rivers]
The Tigris flows through Baghdad. {T####It does, and has done so since the city was founded in 762.}
"""


def check(
    db: Database, text: str | bytes, *, bank: str = "towns", title: str = "", name: str = "rivers.gift",
    by: str | None = None, format: str = "", now: datetime = NOW,
) -> ImportHead:  # fmt: skip
    """Check a file and keep the report. title: of a new bank instead of ``bank``."""
    data = text.encode() if isinstance(text, str) else text
    into = IntoBank(new_title=title) if title else IntoBank(bank)
    return plan_import(db, Upload(data, name, format), into, by=by, now=now)


def bring_in(db: Database, text: str | bytes, **how: object) -> ImportHead:
    """Check a file and confirm it."""
    head = check(db, text, **how)  # type: ignore[arg-type]
    return confirm_import(db, head.id, by=None, now=how.get("now", NOW))  # type: ignore[arg-type]


def rows_of(db: Database, head: ImportHead) -> list[ImportRow]:
    return select_rows(db, head.id, limit=10_000)


def statuses(db: Database, head: ImportHead) -> list[str]:
    return [row.status for row in rows_of(db, head)]


def told(db: Database, head: ImportHead) -> list[str]:
    """Return all that the report tells, in English."""
    return [message.text for row in rows_of(db, head) for message in row.messages]
