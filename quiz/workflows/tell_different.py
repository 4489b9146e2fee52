"""Remember that questions which look alike are different, so that they don't come up again; or forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quiz.storage.alike import delete_different, insert_different
from quiz.storage.database import Database
from quiz.workflows.bank_access import visible_question_ids

MOST = 50


def tell_different(db: Database, question_ids: Sequence[str], *, by: str, now: datetime) -> int:
    """Note it for each pair of the questions that the person may see; return how many questions those are."""
    with db.atomic():
        seen = visible_question_ids(db, by, question_ids[:MOST])
        insert_different(db, seen, by=by, now=now)
    return len(seen)


def forget_different(db: Database, question_ids: Sequence[str], *, by: str) -> None:
    """Take back what this person said of these questions; what others said stays."""
    with db.atomic():
        delete_different(db, question_ids[:MOST], by=by)
