"""Check whether a copy of a document is the one that a source's claims were drawn from."""

from __future__ import annotations

from quiz.core.documents import PassageCheck, check_document
from quiz.storage.database import Database
from quiz.storage.sources import select_source


def check_source(db: Database, source_id: str, document: str) -> list[PassageCheck]:
    """Return what became of each passage in the copy; nothing for a record, which has no document.

    Raises RowCountError if there is no such source.
    """
    return check_document(select_source(db, source_id), document)
