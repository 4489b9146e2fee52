"""Attach a copy of a document to its source, so that pages can show the passages themselves."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.storage.database import Database
from quiz.storage.sources import update_originals
from quiz.workflows.check_source import check_source


class NotTheDocument(Explained):
    """The copy is not the document that the claims were drawn from."""


def attach_source(db: Database, source_id: str, document: str, *, now: datetime) -> int:
    """Store the text of every passage; return how many there are. Stores all or nothing.

    Raises NotTheDocument if a passage is changed or missing in the copy, or if the source has no document.
    """
    with db.atomic():
        checks = check_source(db, source_id, document)
        if not checks:
            raise NotTheDocument(
                N_("{source} is a record of our own: there is no document to attach"), source=source_id
            )
        differing = [f"{check.key} ({check.state})" for check in checks if check.state != "found"]
        if differing:
            raise NotTheDocument(
                N_("nothing was stored: {count} of {total} passages differ: {passages}"),
                count=len(differing),
                total=len(checks),
                passages=", ".join(differing),
            )
        update_originals(db, source_id, {check.key: check.text for check in checks}, now=now)
    return len(checks)
