"""Close a quiz: nobody starts it any more, and attempts that are open are submitted as they stand."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.storage.attempts import select_attempt_or_none
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, update_quiz_state
from quiz.storage.scores import select_open_attempt_ids
from quiz.workflows.record_audit import record_audit
from quiz.workflows.submit_attempt import submit_attempt


class NeverOpened(Explained):
    """A draft can't be closed."""


def close_quiz(db: Database, quiz: Quiz, *, by: str, now: datetime) -> int:
    """Return how many open attempts were submitted by it. Harmless to repeat. Raises NeverOpened.

    Each attempt has a transaction of its own, so that no other save waits for a whole class to be marked. If
    the program stops amid them, the quiz is closed and the same call submits the rest.
    """
    if quiz.state == "draft":
        raise NeverOpened(N_("This quiz is a draft, which nobody can take. There is nothing to close."))
    with db.atomic():
        if update_quiz_state(db, quiz, "closed", now):
            record_audit(db, actor_id=by, action="close", subject=f"quiz {quiz.id}", now=now)
    open_ids = select_open_attempt_ids(db, quiz)
    for attempt_id in open_ids:
        if attempt := select_attempt_or_none(db, attempt_id):
            submit_attempt(db, attempt, now=now, because="closing")
    return len(open_ids)
