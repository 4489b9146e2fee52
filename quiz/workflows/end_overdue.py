"""End attempts whose time is up: when their learner reads or saves, and when staff look at the results.

Nothing has to run in the background for it. What an attempt comes to does not depend on when that happens: it
ends as of its deadline.
"""

from __future__ import annotations

from datetime import datetime

from quiz.core.timing import NO_TIME, after_break, closing_time, is_over
from quiz.storage import attempts
from quiz.storage.accommodations import accommodation_of
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.quizzes import select_quiz_or_none
from quiz.storage.scores import select_overdue_attempt_ids
from quiz.workflows.submit_attempt import new_receipt, submit_attempt


def end_of(db: Database, attempt: Attempt, *, now: datetime) -> datetime | None:
    """Return the attempt's deadline, moved by the break that it is in, if any."""
    if attempt.deadline_at is None or attempt.paused_at is None:
        return attempt.deadline_at
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    closes = closing_time(quiz.time_rules, accommodation_of(db, attempt.person_id)) if quiz else None
    return after_break(attempt.deadline_at, now - attempt.paused_at, closes)


def end_if_over(db: Database, attempt: Attempt, *, now: datetime) -> Attempt:
    """Return the attempt, submitted or abandoned by its own rule if its time is up."""
    if not _is_over(db, attempt, now):
        return attempt
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        # An accommodation may have moved its end since it was read.
        current = attempts.select_attempt_or_none(db, attempt.id) or attempt
        end = end_of(db, current, now=now)
        if sequence is None or end is None or not _is_over(db, current, now):
            return current
        if current.overrun == "submit":
            return submit_attempt(db, current, now=end, because="time")
        last = end + (current.grace if current.overrun == "grace" else NO_TIME)
        attempts.insert_step(
            db, current, sequence, operation_id="abandon", position=0, kind="abandon", content={}, now=now
        )
        attempts.update_attempt_abandoned(db, current, receipt=new_receipt(), now=last)
        return attempts.select_attempt_or_none(db, attempt.id) or current


def end_overdue_attempts(db: Database, class_id: str, *, quiz_id: str | None = None, now: datetime) -> None:
    """End all whose time is up, of one quiz or of the whole class; each in a transaction of its own."""
    for attempt_id in select_overdue_attempt_ids(db, class_id, quiz_id=quiz_id, before=now):
        if attempt := attempts.select_attempt_or_none(db, attempt_id):
            end_if_over(db, attempt, now=now)


def _is_over(db: Database, attempt: Attempt, now: datetime) -> bool:
    if attempt.state != "open" or attempt.deadline_at is None or now <= attempt.deadline_at:
        return False
    return is_over(now, end_of(db, attempt, now=now), overrun=attempt.overrun, grace=attempt.grace)
