"""The audit log: who did what to whom or what, append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.storage.database import Database
from quiz.storage.encoding import json_from, json_text, time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class Entry:
    """actor_id: None for somebody not signed in. subject: what it was done to, like ``person 01h…``."""

    id: str
    at: datetime
    actor_id: str | None
    action: str
    subject: str
    details: Mapping[str, Any]


def insert_entry(db: Database, entry: Entry) -> None:
    db.run(
        sql.insert_entry, id=entry.id, at=time_text(entry.at), actor_id=entry.actor_id, action=entry.action,
        subject=entry.subject, details=json_text(dict(entry.details)),
    )  # fmt: skip


def select_entries_about(db: Database, subject: str) -> list[Entry]:
    """Return what was done to the subject, in order."""
    rows = db.all(sql.select_entries_about, subject=subject)
    return [
        Entry(
            row["id"],
            time_from(row["at"]),
            row["actor_id"],
            row["action"],
            row["subject"],
            json_from(row["details"]),
        )
        for row in rows
    ]
