"""Find a quiz by what somebody at the prompt calls it: its id, its join code, or its title."""

from __future__ import annotations

from quiz.core import join_codes
from quiz.core.messages import N_, Explained
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, select_all_quizzes, select_quiz_by_code_or_none, select_quiz_or_none

MOST_NAMED = 20


class UnknownQuiz(Explained):
    """No quiz is called so, or several are. candidates: those that may be meant, no more than can be read."""

    def __init__(self, sentence: str, candidates: list[Quiz], **values: object) -> None:
        super().__init__(sentence, **values)
        self.candidates = candidates[:MOST_NAMED]


def find_quiz(db: Database, called: str) -> Quiz:
    """Return the quiz. A code may be typed in any way, a title in any case. Raises UnknownQuiz."""
    found = select_quiz_or_none(db, called) or select_quiz_by_code_or_none(db, join_codes.as_typed(called))
    if found is not None:
        return found
    quizzes = select_all_quizzes(db)
    wanted = _folded(called)
    titled = [quiz for quiz in quizzes if _folded(quiz.title) == wanted]
    if len(titled) == 1:
        return titled[0]
    if titled:
        raise UnknownQuiz(
            N_("{count} quizzes are called “{title}”. Name one by its id"),
            titled,
            count=len(titled),
            title=called,
        )
    near = [quiz for quiz in quizzes if wanted and wanted in _folded(quiz.title)]
    raise UnknownQuiz(
        N_("There is no quiz “{title}”: no id, join code or title is like that"),
        near or quizzes,
        title=called,
    )


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
