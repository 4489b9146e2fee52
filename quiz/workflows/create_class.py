"""Create a class with a join code of its own; whoever creates it teaches it."""

from __future__ import annotations

from datetime import datetime

from quiz.core.titles import usable_title
from quiz.storage.classes import insert_class, insert_member, select_class_or_none
from quiz.storage.database import Database
from quiz.workflows.fresh_code import with_fresh_code


def create_class(db: Database, *, class_id: str, title: str, by: str, now: datetime) -> None:
    """Create the class. class_id: made when the form was opened, so that a repeat changes nothing.

    Raises UnusableTitle.
    """
    title = usable_title(title)
    with db.atomic():
        if select_class_or_none(db, class_id) is None:
            with_fresh_code(
                db,
                lambda code: insert_class(
                    db, id=class_id, title=title, join_code=code, created_by=by, now=now
                ),
            )
            insert_member(db, class_id, by, "instructor", now)
