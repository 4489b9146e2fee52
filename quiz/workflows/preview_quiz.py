"""Preview a quiz: one attempt as a learner might get it today. Nothing is drawn for good or stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from quiz.core.drawing import in_order_of_draw
from quiz.core.questions import PublicQuestion
from quiz.core.standing import Standing, counts_towards_score, is_left_out
from quiz.storage.database import Database
from quiz.storage.questions import select_newest_ready_version_ids
from quiz.storage.quizzes import Quiz, Slot, select_slots
from quiz.workflows.draw_pool import draw_pool
from quiz.workflows.open_question import UnknownType, open_public, type_called
from quiz.workflows.question_standing import standings_of


@dataclass(frozen=True)
class PreviewedPlace:
    """A question as a learner meets it. position: from 1. shown: what the type's ``ask`` macro draws."""

    position: int
    question: PublicQuestion
    shown: Any
    standing: Standing
    is_counted: bool
    is_drawn: bool
    points: float


def preview_quiz(db: Database, quiz: Quiz, *, today: date, seed: str = "") -> list[PreviewedPlace]:
    """Return the places of one possible attempt. The same seed draws the same while nothing else changes."""
    chosen = list(_chosen(db, quiz, today, f"{quiz.id}-{seed}"))
    standings = standings_of(db, [version_id for version_id, _ in chosen], today=today)
    places: list[PreviewedPlace] = []
    for version_id, slot in chosen:
        standing = standings[version_id]
        if is_left_out(standing, quiz.policy):
            continue
        try:
            question = open_public(db, version_id)
            shown = type_called(question.type).present(question.ask, f"preview-{seed}")
        except UnknownType:
            continue
        counted = counts_towards_score(standing, quiz.policy)
        places.append(
            PreviewedPlace(
                len(places) + 1, question, shown, standing, counted, slot.draw is not None, slot.points
            )
        )
    return places


def _chosen(db: Database, quiz: Quiz, today: date, seed: str) -> Iterator[tuple[str, Slot]]:
    slots = select_slots(db, quiz)
    fixed = select_newest_ready_version_ids(db, [slot.question_id for slot in slots if slot.question_id])
    taken = {slot.question_id for slot in slots if slot.question_id}
    for slot in slots:
        if slot.question_id in fixed:
            yield fixed[slot.question_id], slot
        elif slot.draw is not None:
            pool = draw_pool(db, slot.draw.bank_id, slot.draw.tag, today=today)
            versions = pool.takeable(quiz.policy, besides=frozenset(i for i in taken if i))
            for question_id in in_order_of_draw(f"{seed}-{slot.id}", versions, times_asked={})[
                : slot.draw.count
            ]:
                taken.add(question_id)
                yield versions[question_id], slot
