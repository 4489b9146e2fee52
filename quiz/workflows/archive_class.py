"""Archive a class that is over: its codes open nothing, its results can still be read. Or bring it back."""

from __future__ import annotations

from datetime import datetime

from quiz.storage.classes import Class, update_class_archived
from quiz.storage.database import Database
from quiz.workflows.record_audit import record_audit


def archive_class(db: Database, archived: Class, *, by: str, now: datetime) -> None:
    """Archive the class; one that is archived stays as it is. Open attempts may still be finished."""
    if archived.archived_at is None:
        with db.atomic():
            update_class_archived(db, archived.id, now)
            record_audit(db, actor_id=by, action="archive", subject=f"class {archived.id}", now=now)


def restore_class(db: Database, restored: Class, *, by: str, now: datetime) -> None:
    """Bring the class back, with its codes."""
    if restored.archived_at is not None:
        with db.atomic():
            update_class_archived(db, restored.id, None)
            record_audit(db, actor_id=by, action="restore", subject=f"class {restored.id}", now=now)
