"""Pictures, each stored once under a digest of its bytes; a row never changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from quiz.core.pictures import Picture
from quiz.storage.database import Database
from quiz.storage.encoding import json_text, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


def insert_picture(db: Database, picture: Picture, *, by: str | None, now: datetime) -> None:
    """Store the picture, unless it is there already. The caller has read or checked it (picture_reading)."""
    db.run(
        sql.insert_picture,
        id=picture.id,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        data=picture.data,
        created_by=by,
        created_at=time_text(now),
    )


def select_picture_or_none(db: Database, picture_id: str) -> Picture | None:
    """Return the picture, or None."""
    return select_pictures(db, [picture_id]).get(picture_id)


def select_pictures(db: Database, picture_ids: Iterable[str]) -> dict[str, Picture]:
    """Return the pictures by id; ids that there are none of are left out."""
    rows = db.all(sql.select_pictures, ids=json_text(list(picture_ids)))
    names = ("id", "media_type", "width", "height")
    return {row["id"]: Picture(**{n: row[n] for n in names}, data=bytes(row["data"])) for row in rows}
