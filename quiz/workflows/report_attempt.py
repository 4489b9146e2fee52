"""Report on one attempt: every answer beside the right one. Who looked is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.question_type import ReviewLine
from quiz.core.questions import PublicQuestion
from quiz.core.scores import Answer, AttemptHead
from quiz.storage.database import Database
from quiz.storage.questions import select_public_questions
from quiz.storage.scores import select_answers_of_attempt
from quiz.workflows.record_audit import record_audit
from quiz.workflows.tell_answer import review_lines_of


@dataclass(frozen=True)
class ReportedAnswer:
    """An answer with its parts in words. question: as stored, for what it says of its language."""

    answer: Answer
    lines: tuple[ReviewLine, ...]
    question: PublicQuestion


def report_attempt(db: Database, attempt: AttemptHead, *, by: str, now: datetime) -> list[ReportedAnswer]:
    """Return the answers in their order, and note for the learner's sake that somebody read them."""
    record_audit(
        db,
        actor_id=by,
        action="read_answers",
        subject=f"person {attempt.person_id}",
        now=now,
        attempt_id=attempt.id,
    )
    answers = select_answers_of_attempt(db, attempt)
    questions = select_public_questions(db, [answer.version_id for answer in answers])
    return [
        ReportedAnswer(answer, review_lines_of(db, answer), questions[answer.version_id])
        for answer in answers
    ]
