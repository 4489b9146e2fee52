"""Preview a question as learners will meet it, before and after marking; it need not be saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quiz.core.question_type import ReviewLine
from quiz.core.questions import Wording
from quiz.core.standing import Standing
from quiz.storage.database import Database
from quiz.workflows.draft_standing import draft_standing
from quiz.workflows.open_question import type_called

SEED = "preview"
"""Authors see the same order each time, so that two previews can be compared."""


@dataclass(frozen=True)
class Preview:
    """A question as learners meet it. shown: for the type's ``ask`` macro. lines: the key, part by part."""

    wording: Wording
    shown: Any
    lines: tuple[ReviewLine, ...]
    standing: Standing


def preview_question(db: Database, wording: Wording, *, today: date) -> Preview:
    """Return the preview of a wording whose ask and key are the type's own values. Raises UnknownType."""
    question_type = type_called(wording.type)
    return Preview(
        wording=wording,
        shown=question_type.present(wording.ask, SEED),
        lines=tuple(question_type.review_lines(wording.ask, wording.key, None)),
        standing=draft_standing(db, wording.basis, wording.citations, today=today),
    )
