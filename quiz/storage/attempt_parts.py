"""Parts of an attempt, as rows: which places each has, how long it may take, when it began and ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from quiz.core.parts import Part
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database, Row
from quiz.storage.encoding import time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


def insert_parts(db: Database, attempt: Attempt, parts: Sequence[Part]) -> None:
    """Insert the parts of an attempt that starts. Raises Conflict if it has them."""
    rows = [
        _row(attempt, part)
        | {
            "section_id": part.section_id, "title": part.title, "first_position": part.first_position,
            "last_position": part.last_position,
        }
        for part in parts
    ]  # fmt: skip
    for row in rows:
        del row["ended_at"]
    db.run_many(sql.insert_part, rows)


def update_part(db: Database, attempt: Attempt, part: Part) -> None:
    """Write how long the part may take, and when it began and ended."""
    db.run(sql.update_part, **_row(attempt, part))


def select_parts(db: Database, attempt: Attempt) -> list[Part]:
    """Return the attempt's parts in their order; none if its quiz has no sections."""
    return [_part(row) for row in db.all(sql.select_parts, class_id=attempt.class_id, attempt_id=attempt.id)]


def _row(attempt: Attempt, part: Part) -> dict[str, Any]:
    return {
        "class_id": attempt.class_id, "attempt_id": attempt.id, "number": part.number,
        "time_limit_s": None if part.limit is None else round(part.limit.total_seconds()),
        "extra_s": round(part.extra.total_seconds()), "started_at": _text_or_none(part.started_at),
        "deadline_at": _text_or_none(part.deadline_at), "ended_at": _text_or_none(part.ended_at),
    }  # fmt: skip


def _text_or_none(time: datetime | None) -> str | None:
    return time_text(time) if time else None


def _part(row: Row) -> Part:
    limit_s = row["time_limit_s"]
    return Part(
        number=row["number"], section_id=row["section_id"], title=row["title"], first_position=row["first_position"],
        last_position=row["last_position"], limit=None if limit_s is None else timedelta(seconds=limit_s),
        extra=timedelta(seconds=row["extra_s"]), started_at=time_or_none(row["started_at"]),
        deadline_at=time_or_none(row["deadline_at"]), ended_at=time_or_none(row["ended_at"]),
    )  # fmt: skip
