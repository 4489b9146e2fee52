"""Give a class a new join code, so that the old one opens nothing any more."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.classes import Class, update_class_code
from quiz.storage.database import Database
from quiz.workflows.fresh_code import with_fresh_code
from quiz.workflows.record_audit import record_audit


def renew_class_code(db: Database, renewed: Class, *, by: str, now: datetime) -> str:
    """Return the new code. Those who joined by the old one stay."""
    with db.atomic():
        code = with_fresh_code(db, lambda code: update_class_code(db, renewed.id, code))
        record_audit(db, actor_id=by, action="renew_code", subject=f"class {renewed.id}", now=now)
    return code
