"""Open a quiz to learners."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.storage.classes import select_class_or_none
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, update_quiz_state
from quiz.workflows.check_quiz import check_quiz
from quiz.workflows.record_audit import record_audit


class CannotOpen(Explained):
    """Something stands in the way; problems says what, at least one thing."""

    def __init__(self, problems: tuple[Explained, ...]) -> None:
        super().__init__(N_("The quiz was not opened."))
        self.problems = problems


def open_to_learners(db: Database, quiz: Quiz, *, by: str, now: datetime) -> None:
    """Open a draft, or a closed quiz again. Does nothing if it is open. Raises CannotOpen."""
    with db.atomic():
        problems: list[Explained] = list(check_quiz(db, quiz, today=now.date()).problems)
        owner = select_class_or_none(db, quiz.class_id)
        if owner is None or owner.archived_at is not None:
            problems.append(Explained(N_("The class is archived, so nobody could join. Bring it back first")))
        if problems:
            raise CannotOpen(tuple(problems))
        if update_quiz_state(db, quiz, "open", now):
            record_audit(db, actor_id=by, action="open", subject=f"quiz {quiz.id}", now=now)
