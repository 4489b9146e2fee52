"""Where a question is used: the quizzes that hold it, and the answers that were given to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class QuizUsing:
    """A quiz that holds a question, or has drawn it for somebody."""

    class_id: str
    id: str
    title: str
    state: str


@dataclass(frozen=True)
class Uses:
    """Where a question is used. answers: how many responses were given to it, to any version."""

    quizzes: tuple[QuizUsing, ...]
    answers: int


def select_used_among(db: Database, question_ids: Iterable[str]) -> set[str]:
    """Return those of the questions that a quiz holds as such; what draws may come upon does not count."""
    return {row["question_id"] for row in db.all(sql.select_used_among, ids=json_text(list(question_ids)))}


def select_uses(db: Database, question_id: str) -> Uses:
    """Return where the question is used."""
    rows = db.all(sql.select_quizzes_using, question_id=question_id)
    quizzes = tuple(QuizUsing(row["class_id"], row["id"], row["title"], row["state"]) for row in rows)
    return Uses(quizzes, db.one(sql.count_answers, question_id=question_id)["answer_count"])
