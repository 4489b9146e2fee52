"""Compare two versions of a question, whatever their types: what was added, removed, moved and keyed otherwise."""

from __future__ import annotations

from typing import Any

from quiz.core.claims import Citation
from quiz.core.question_type import Body
from quiz.core.questions import Wording
from quiz.core.wording_diff import FieldDiff, differences
from quiz.storage.database import Database
from quiz.workflows.open_question import open_wording, type_called


def compare_versions(db: Database, before_id: str, after_id: str) -> tuple[FieldDiff, ...]:
    """Return what differs between the two versions. Raises RowCountError, or UnknownType."""
    return differences(_plain(open_wording(db, before_id)), _plain(open_wording(db, after_id)))


def _plain(wording: Wording) -> dict[str, Any]:
    """Return the wording as an author knows it: stem first, then the type's own fields, then the rest."""
    body = type_called(wording.type).body_to_plain(Body(wording.ask, wording.key))
    return {
        "type": wording.type,
        "stem": wording.stem,
        **body,
        "feedback": wording.feedback,
        "hints": list(wording.hints),
        "basis": wording.basis,
        "citations": [_row(citation) for citation in wording.citations],
        "language": wording.language,
        "tags": list(wording.tags),
        "difficulty": wording.difficulty,
    }


def _row(citation: Citation) -> dict[str, str]:
    name = f"{citation.source}#{citation.claim}"
    return {"id": f"{name} {citation.role}", "text": name, "role": citation.role}
