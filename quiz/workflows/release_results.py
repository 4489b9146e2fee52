"""Release the results of a quiz that is over: from then on its learners see everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.core.visibility import ASPECTS, Aspect, shows
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, update_quiz
from quiz.workflows.record_audit import record_audit
from quiz.workflows.tell_visibility import is_closed_for_all


class CannotRelease(Explained):
    """The quiz can still be taken."""


@dataclass(frozen=True)
class Release:
    """What those see who submitted a while ago. waits: it is past the closing time, but somebody has more time.

    can_release: it is over, and they still do not see everything.
    """

    aspects: frozenset[Aspect]
    waits: bool
    can_release: bool


def tell_release(db: Database, quiz: Quiz, *, now: datetime) -> Release:
    """Return what learners see of their results at this moment, for staff."""
    is_closed = is_closed_for_all(db, quiz, now=now)
    aspects = quiz.visibility.at("after_closing" if is_closed else "while_open")
    return Release(
        aspects=aspects,
        waits=not is_closed and quiz.closes_at is not None and quiz.closes_at <= now,
        can_release=is_closed and aspects != frozenset(ASPECTS),
    )


def release_results(db: Database, quiz: Quiz, *, by: str, now: datetime) -> None:
    """Let learners see everything after closing, whatever the rules said. Harmless to repeat. Raises CannotRelease."""
    if not is_closed_for_all(db, quiz, now=now):
        raise CannotRelease(
            N_(
                "Somebody can still take this quiz, and would hear the answers from others. Close it first; or change "
                "what is shown, among its rules."
            )
        )
    everything = shows([*quiz.visibility.shown, *((aspect, "after_closing") for aspect in ASPECTS)])
    if everything == quiz.visibility:
        return
    with db.atomic():
        update_quiz(db, quiz, replace(quiz, visibility=everything))
        record_audit(db, actor_id=by, action="release_results", subject=f"quiz {quiz.id}", now=now)
