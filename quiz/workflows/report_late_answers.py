"""Report on the answers that came late to an attempt: each in words, for the one who decides."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.core.question_type import AnswerLine
from quiz.storage.attempts import Attempt, AttemptSlot, select_attempt_slots
from quiz.storage.database import Database
from quiz.storage.late_answers import LateAnswer, select_late_answers
from quiz.workflows.open_question import UnknownType, open_public
from quiz.workflows.review_attempt import answer_in_words


@dataclass(frozen=True)
class ReportedLate:
    """lines: the answer in words; none if it was cleared, or if its type is not installed any more."""

    late: LateAnswer
    lines: tuple[AnswerLine, ...]


def report_late_answers(db: Database, attempt: Attempt) -> list[ReportedLate]:
    """Return them in the order in which they came."""
    found = select_late_answers(db, attempt.class_id, attempt.id)
    slots = {slot.position: slot for slot in select_attempt_slots(db, attempt)} if found else {}
    return [ReportedLate(late, _in_words(db, slots[late.position], late)) for late in found]


def _in_words(db: Database, slot: AttemptSlot, late: LateAnswer) -> tuple[AnswerLine, ...]:
    try:
        question = open_public(db, slot.version_id)
        return answer_in_words(question, AttemptSlot(**{**vars(slot), "response": late.response}))
    except UnknownType:
        return ()
