"""Preview a question as learners will meet it, before and after marking; it need not be saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quiz.core.question_type import MarkedBy, ReviewLine
from quiz.core.questions import Wording
from quiz.core.standing import Standing
from quiz.storage.database import Database
from quiz.workflows.draft_standing import draft_standing
from quiz.workflows.open_question import type_called

SEED = "preview"
"""Authors see the same order each time, so that two previews can be compared."""


@dataclass(frozen=True)
class Preview:
    """A question as learners meet it. shown: for the type's ``ask`` macro. lines: the key, part by part.

    marking: who marks the answers; where it is not the key, the lines tell nothing.
    """

    wording: Wording
    shown: Any
    lines: tuple[ReviewLine, ...]
    standing: Standing
    marking: MarkedBy = "by_key"
    bank_language: str = ""


def preview_question(db: Database, wording: Wording, *, today: date, bank_language: str = "") -> Preview:
    """Return the preview of a wording whose ask and key are the type's own values. Raises UnknownType.

    bank_language: of its bank, for a wording that names none; "" to go by its letters.
    """
    question_type = type_called(wording.type)
    return Preview(
        wording=wording,
        shown=question_type.present(wording.ask, SEED),
        lines=tuple(question_type.review_lines(wording.ask, wording.key, None)),
        standing=draft_standing(
            db, wording.basis, wording.citations, today=today, marking=question_type.marking
        ),
        marking=question_type.marking,
        bank_language=bank_language,
    )
