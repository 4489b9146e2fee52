"""Tell what the places of a quiz with a chosen question hold today: which version, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quiz.core.questions import PublicQuestion
from quiz.core.standing import Standing
from quiz.storage.database import Database
from quiz.storage.fixed_versions import (
    ChoosableVersion,
    FixedVersion,
    select_choosable_versions,
    select_fixed_versions,
)
from quiz.storage.questions import select_newest_version_id, select_public_questions
from quiz.storage.quizzes import Slot
from quiz.workflows.choose_questions import versions_of_chosen
from quiz.workflows.question_standing import standings_of


@dataclass(frozen=True)
class HeldQuestion:
    """A chosen question as it stands today. is_askable: it has a ready version and is not retired.

    question, standing: of the version that is asked, else of the newest one, so that a page can name it; None if there
    is none. fixed: the version that the place is fixed to, None if it asks the newest. versions: to choose from.
    """

    question: PublicQuestion | None
    standing: Standing | None
    is_askable: bool
    fixed: FixedVersion | None = None
    versions: tuple[ChoosableVersion, ...] = ()


def held_questions(db: Database, slots: Sequence[Slot], *, today: date) -> dict[str, HeldQuestion]:
    """Return the chosen questions of these places, by the place's id; draws are left out."""
    chosen = [slot for slot in slots if slot.question_id]
    asked = versions_of_chosen(db, chosen)
    shown = {
        slot.id: asked.get(slot.id, {}).get(slot.question_id or "")
        or select_newest_version_id(db, slot.question_id or "")
        or ""
        for slot in chosen
    }
    version_ids = [version_id for version_id in shown.values() if version_id]
    questions, standings = (
        select_public_questions(db, version_ids),
        standings_of(db, version_ids, today=today),
    )
    fixed = select_fixed_versions(db, [slot.version_id for slot in chosen if slot.version_id])
    versions = select_choosable_versions(db, [slot.question_id or "" for slot in chosen])
    return {
        slot.id: HeldQuestion(
            questions.get(shown[slot.id]), standings.get(shown[slot.id]), slot.id in asked,
            fixed.get(slot.version_id or ""), tuple(versions.get(slot.question_id or "", ())),
        )
        for slot in chosen
    }  # fmt: skip
