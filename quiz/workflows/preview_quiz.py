"""Preview a quiz: one attempt as a learner might get it today. Nothing is drawn for good or stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from quiz.core.questions import PublicQuestion
from quiz.core.standing import Standing, counts_towards_score
from quiz.storage.database import Database
from quiz.storage.quiz_sections import Section
from quiz.storage.quizzes import Quiz
from quiz.workflows.choose_questions import choose_questions
from quiz.workflows.open_question import UnknownType, open_public, type_called


@dataclass(frozen=True)
class PreviewedPlace:
    """A question as a learner meets it. position: from 1. shown: what the type's ``ask`` macro draws.

    section: the one that it begins; None for one that goes on, or outside of sections.
    """

    position: int
    question: PublicQuestion
    shown: Any
    standing: Standing
    is_counted: bool
    is_drawn: bool
    points: float
    section: Section | None = None


def preview_quiz(db: Database, quiz: Quiz, *, today: date, seed: str = "") -> list[PreviewedPlace]:
    """Return the places of one possible attempt. The same seed draws the same while nothing else changes."""
    places: list[PreviewedPlace] = []
    for part in choose_questions(db, quiz, seed=f"{quiz.id}-{seed}", today=today):
        begins = part.section
        for chosen in part.questions:
            try:
                question = open_public(db, chosen.version_id)
                shown = type_called(question.type).present(question.ask, f"preview-{seed}")
            except UnknownType:
                continue
            counted = counts_towards_score(chosen.standing, quiz.policy)
            places.append(
                PreviewedPlace(
                    len(places) + 1, question, shown, chosen.standing, counted, chosen.is_drawn,
                    chosen.points, begins,
                )
            )  # fmt: skip
            begins = None
    return places
