"""Move the ends of an attempt's parts: by a break, or because its learner gets more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from quiz.core.parts import Part, time_for
from quiz.core.timing import Accommodation
from quiz.storage.attempt_parts import select_parts, update_part
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Quiz
from quiz.workflows.pass_through import in_break


def running_part(db: Database, attempt: Attempt, *, now: datetime) -> Part | None:
    """Return the part whose clock runs, or would but for a break; None if there is none."""
    if not attempt.is_in_parts:
        return None
    return next(
        (
            part
            for part in select_parts(db, attempt)
            if part.deadline_at is not None and not part.is_over(now, in_break=in_break(attempt, now))
        ),
        None,
    )


def shift_parts(db: Database, attempt: Attempt, length: timedelta) -> None:
    """Let the part that runs end later by a break of that length, which has just ended."""
    if not attempt.is_in_parts or attempt.paused_at is None:
        return
    for part in select_parts(db, attempt):
        if part.deadline_at is not None and part.ended_at is None and part.deadline_at > attempt.paused_at:
            update_part(db, attempt, replace(part, deadline_at=part.deadline_at + length))


def lengthen_parts(
    db: Database, attempt: Attempt, quiz: Quiz, accommodation: Accommodation, *, now: datetime
) -> datetime | None:
    """Give parts that are not over the time of the rules of now, never less; return when the last ends, if it runs."""
    if not attempt.is_in_parts:
        return None
    limits = {section.id: section.limit for section in select_sections(db, quiz)}
    parts = [
        part
        if part.limit is None or part.is_over(now, in_break=in_break(attempt, now))
        else _lengthened(part, limits.get(part.section_id, part.limit), accommodation)
        for part in select_parts(db, attempt)
    ]
    for part in parts:
        update_part(db, attempt, part)
    return parts[-1].deadline_at if parts else None


def _lengthened(part: Part, limit_now: timedelta | None, accommodation: Accommodation) -> Part:
    limit, extra = time_for(limit_now, accommodation)
    if limit is None:
        # Without a limit there is nothing that could end it.
        return replace(part, limit=None, extra=timedelta(0), deadline_at=None)
    more = limit + extra - (part.total or timedelta(0))
    if more <= timedelta(0):
        return part
    return replace(part, limit=limit, extra=extra, deadline_at=part.deadline_at and part.deadline_at + more)
