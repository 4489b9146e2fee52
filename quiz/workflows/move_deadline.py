"""Move the deadline of an attempt that is under way, after its quiz or its learner's accommodation was changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from quiz.core.timing import deadline, later_of
from quiz.storage import attempts
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.quizzes import select_quiz_or_none
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.move_parts import lengthen_parts


def move_deadline(db: Database, attempt: Attempt, *, now: datetime) -> None:
    """Give the attempt the time that a start under the rules of now would give it, but never less than it has.

    One whose time is up by then stays ended.
    """
    current = end_if_over(db, attempt, now=now)
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    with db.atomic():
        if quiz is None or attempts.take_step_number_or_none(db, current) is None:
            return
        current = attempts.select_attempt_or_none(db, attempt.id) or current
        accommodation = accommodation_of(db, attempt.person_id)
        computed = deadline(
            quiz.time_rules,
            accommodation,
            started=current.started_at,
            paused=timedelta(seconds=current.paused_s),
        )
        ends = (
            later_of(current.deadline_at, computed),
            lengthen_parts(db, current, quiz, accommodation, now=now),
        )
        attempts.update_timing(
            db, current, deadline_at=min((end for end in ends if end), default=None), paused_s=current.paused_s,
            paused_at=current.paused_at,
        )  # fmt: skip
