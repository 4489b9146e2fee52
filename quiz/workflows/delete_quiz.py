"""Delete a draft that nobody needs. What was opened once stays, with its results."""

from __future__ import annotations

from quiz.core.messages import N_, Explained
from quiz.storage.database import Conflict, Database
from quiz.storage.quizzes import Quiz, delete_draft_quiz


class NoDraft(Explained):
    """The quiz was opened; it can be closed, but not deleted."""


def delete_quiz(db: Database, quiz: Quiz) -> None:
    """Delete the draft with its places. Raises NoDraft."""
    if quiz.state != "draft":
        raise NoDraft(N_("This quiz was opened before, so it is kept with its results. You can close it."))
    try:
        delete_draft_quiz(db, quiz)
    except Conflict:
        raise NoDraft(N_("Somebody started this quiz, so it is kept with its results.")) from None
