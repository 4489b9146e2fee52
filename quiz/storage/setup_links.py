"""Links that make an instructor, each once. Only the hash of a link's token is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.storage.database import Database
from quiz.storage.encoding import time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class SetupLink:
    """token_hash: SHA-256 of the token, hexadecimal."""

    token_hash: str
    created_at: datetime
    is_used: bool


def insert_setup_link(db: Database, token_hash: str, now: datetime) -> None:
    db.run(sql.insert_setup_link, token_hash=token_hash, created_at=time_text(now))


def select_setup_link_or_none(db: Database, token_hash: str) -> SetupLink | None:
    row = db.one_or_none(sql.select_setup_link, token_hash=token_hash)
    return (
        SetupLink(row["token_hash"], time_from(row["created_at"]), row["used_at"] is not None)
        if row
        else None
    )


def update_setup_link_used(db: Database, token_hash: str, *, used_by: str, now: datetime) -> bool:
    """Use the link up; return False, and change nothing, if somebody was faster."""
    return bool(
        db.all(sql.update_setup_link_used, token_hash=token_hash, used_by=used_by, used_at=time_text(now))
    )


def delete_unused_setup_links(db: Database) -> None:
    db.run(sql.delete_unused_setup_links)
