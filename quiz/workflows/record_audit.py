"""Write down who did what, for those who may have to find out later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quiz.storage import audit
from quiz.storage.database import Database
from quiz.storage.encoding import new_id


def record_audit(
    db: Database, *, actor_id: str | None, action: str, subject: str, now: datetime, **details: Any
) -> None:  # fmt: skip
    """Append an entry. action: a verb, like ``sign_in``. subject: a kind and an id, like ``person 01h…``.

    details: facts, never passwords, tokens or answers.
    """
    audit.insert_entry(db, audit.Entry(new_id(now), now, actor_id, action, subject, details))
