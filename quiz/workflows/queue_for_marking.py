"""Queue answers that no key can mark: from the moment an attempt is submitted, people find them to be marked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from quiz.storage import hand_marks
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database
from quiz.storage.quizzes import select_quiz_or_none
from quiz.workflows.open_question import marking_of, open_public_many


def queue_for_marking(db: Database, attempt: Attempt, slots: Iterable[AttemptSlot]) -> None:
    """Queue those of the attempt's places that people mark and that were answered, and count what is unmarked.

    An answer that is queued already begins a new round. How many people mark it follows the quiz as it is now. Belongs
    inside atomic(), after the fractions were written.
    """
    answered = [slot for slot in slots if slot.response is not None]
    questions = open_public_many(db, [slot.version_id for slot in answered])
    by_hand = [slot for slot in answered if marking_of(questions[slot.version_id].type) == "by_hand"]
    if by_hand:
        quiz = select_quiz_or_none(db, attempt.quiz_id)
        markers = 2 if quiz and quiz.second_marker else 1
        for slot in by_hand:
            hand_marks.upsert_hand_answer(db, attempt, slot, token=secrets.token_hex(10), markers=markers)
    hand_marks.update_unmarked(db, attempt.class_id, attempt.id)
