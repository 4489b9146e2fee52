"""Take a break that stops the clock of an attempt, and end it, for a learner who may."""

from __future__ import annotations

from datetime import datetime, timedelta

from quiz.storage import attempts
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import Attempt, StepKind
from quiz.storage.database import Database
from quiz.storage.quizzes import select_quiz_or_none
from quiz.workflows.end_overdue import end_if_over, end_of
from quiz.workflows.move_parts import running_part, shift_parts


def may_take_break(db: Database, attempt: Attempt, *, now: datetime) -> bool:
    """Tell whether the learner may stop the clock, and there is one to stop: a time limit, not a closing time alone."""
    if attempt.state != "open":
        return False
    if running_part(db, attempt, now=now):
        return accommodation_of(db, attempt.person_id).may_pause
    if attempt.deadline_at is None:
        return False
    accommodation = accommodation_of(db, attempt.person_id)
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    has_limit = quiz is not None and quiz.time_limit_s is not None and not accommodation.is_untimed
    return accommodation.may_pause and has_limit


def take_break(db: Database, attempt: Attempt, *, now: datetime) -> Attempt:
    """Return the attempt with its clock stopped; unchanged if it is in a break, over, or the learner may not."""
    attempt = end_if_over(db, attempt, now=now)
    if not may_take_break(db, attempt, now=now) or attempt.paused_at is not None:
        return attempt
    with db.atomic():
        _note(db, attempt, "pause", now)
        attempts.update_timing(
            db, attempt, deadline_at=attempt.deadline_at, paused_s=attempt.paused_s, paused_at=now
        )
    return attempts.select_attempt_or_none(db, attempt.id) or attempt


def end_break(db: Database, attempt: Attempt, *, now: datetime) -> Attempt:
    """Return the attempt with its clock running, its deadline later by the break; unchanged if it is in none."""
    attempt = end_if_over(db, attempt, now=now)
    if attempt.state != "open" or attempt.paused_at is None:
        return attempt
    with db.atomic():
        _note(db, attempt, "resume", now)
        length = max(0, round((now - attempt.paused_at).total_seconds()))
        shift_parts(db, attempt, timedelta(seconds=length))
        attempts.update_timing(
            db,
            attempt,
            deadline_at=end_of(db, attempt, now=now),
            paused_s=attempt.paused_s + length,
            paused_at=None,
        )
    return attempts.select_attempt_or_none(db, attempt.id) or attempt


def _note(db: Database, attempt: Attempt, kind: StepKind, now: datetime) -> None:
    sequence = attempts.take_step_number_or_none(db, attempt)
    if sequence is not None:
        attempts.insert_step(
            db,
            attempt,
            sequence,
            operation_id=f"{kind}-{sequence}",
            position=0,
            kind=kind,
            content={},
            now=now,
        )
