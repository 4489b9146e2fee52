"""The door by which an instructor comes to imports: their own, and those made at the prompt, into banks they see."""

from __future__ import annotations

from quiz.storage.database import Database
from quiz.storage.imports import ImportHead, select_import_or_none, select_imports
from quiz.workflows.bank_access import visible_bank_ids

MOST_LISTED = 100


def import_to_see_or_none(db: Database, person_id: str, import_id: str) -> ImportHead | None:
    """Return the import, if the instructor may see it, confirm it and undo it."""
    head = select_import_or_none(db, import_id)
    if head is None or head.made_by not in (None, person_id):
        return None
    return head if head.bank_id is None or head.bank_id in visible_bank_ids(db, person_id) else None


def imports_to_see(db: Database, person_id: str) -> list[ImportHead]:
    """Return the instructor's imports and those made at the prompt, the newest first."""
    visible = visible_bank_ids(db, person_id)
    found = select_imports(db, person_id, limit=MOST_LISTED)
    return [head for head in found if head.bank_id is None or head.bank_id in visible]
