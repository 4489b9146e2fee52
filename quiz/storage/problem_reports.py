"""Problem reports: what learners say is wrong with questions, and how it was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.problem_reports import ProblemKind, ProblemState, ProblemText
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database, Row
from quiz.storage.encoding import time_from, time_or_none, time_text
from quiz.storage.queries import load_queries
from quiz.storage.quizzes import Quiz

sql = load_queries(__file__)


@dataclass(frozen=True)
class Problem:
    """A report. version: the number of the wording that was asked. regrade_id: None unless one came of it.

    answer, decided_by_name, decided_at: "" and None while it is open.
    """

    id: str
    class_id: str
    quiz_id: str
    quiz_title: str
    attempt_id: str
    position: int
    question_id: str
    version_id: str
    version: int
    stem: str
    person_id: str
    person_name: str
    kind: ProblemKind
    words: str
    address: str
    source_date: str
    state: ProblemState
    answer: str
    decided_by_name: str | None
    decided_at: datetime | None
    regrade_id: str | None
    at: datetime


def insert_problem(
    db: Database, attempt: Attempt, slot: AttemptSlot, text: ProblemText, *, id: str, operation_id: str,
    now: datetime,
) -> None:  # fmt: skip
    """Insert an open report. Raises Conflict if the operation was done before."""
    db.run(
        sql.insert_problem, class_id=attempt.class_id, id=id, quiz_id=attempt.quiz_id, attempt_id=attempt.id,
        position=slot.position, question_id=slot.question_id, version_id=slot.version_id,
        person_id=attempt.person_id, kind=text.kind, words=text.words, address=text.address,
        source_date=text.source_date, created_at=time_text(now), operation_id=operation_id,
    )  # fmt: skip


def update_decision(
    db: Database, problem: Problem, *, state: ProblemState, answer: str, by: str, now: datetime
) -> None:
    db.run(
        sql.update_decision, class_id=problem.class_id, id=problem.id, state=state, answer=answer, decided_by=by,
        decided_at=time_text(now),
    )  # fmt: skip


def update_regrade(db: Database, class_id: str, problem_id: str, regrade_id: str) -> None:
    """Note which regrade came of the report."""
    db.run(sql.update_regrade, class_id=class_id, id=problem_id, regrade_id=regrade_id)


def select_problem_or_none(db: Database, quiz: Quiz, problem_id: str) -> Problem | None:
    row = db.one_or_none(sql.select_problem, quiz_id=quiz.id, id=problem_id)
    return _problem(row) if row else None


def is_done(db: Database, attempt: Attempt, operation_id: str) -> bool:
    """Tell whether a report was sent by this operation before."""
    return bool(
        db.all(
            sql.select_problem_by_operation, class_id=attempt.class_id, attempt_id=attempt.id,
            operation_id=operation_id,
        )
    )  # fmt: skip


def select_problems_of_attempt(db: Database, attempt: Attempt) -> list[Problem]:
    """Return the reports on places of the attempt, first one first."""
    rows = db.all(sql.select_problems_of_attempt, class_id=attempt.class_id, attempt_id=attempt.id)
    return [_problem(row) for row in rows]


def select_problems_of_quiz(db: Database, quiz: Quiz) -> list[Problem]:
    """Return the reports on the quiz's questions: open ones first, then the oldest first."""
    return [_problem(r) for r in db.all(sql.select_problems_of_quiz, class_id=quiz.class_id, quiz_id=quiz.id)]


def select_problems_for_instructor(db: Database, person_id: str, *, most: int = 200) -> list[Problem]:
    """Return the reports that the instructor may read, as select_problems_of_quiz."""
    rows = db.all(sql.select_problems_for_instructor, person_id=person_id, most=most)
    return [_problem(row) for row in rows]


def count_open_problems(db: Database, quiz: Quiz) -> int:
    counted: int = db.one(sql.count_open_problems, class_id=quiz.class_id, quiz_id=quiz.id)["problems"]
    return counted


_AS_STORED = (
    "id", "class_id", "quiz_id", "quiz_title", "attempt_id", "position", "question_id", "version_id", "version",
    "stem", "person_id", "person_name", "kind", "words", "address", "source_date", "state", "answer",
    "decided_by_name", "regrade_id",
)  # fmt: skip


def _problem(row: Row) -> Problem:
    return Problem(
        **{name: row[name] for name in _AS_STORED},
        decided_at=time_or_none(row["decided_at"]),
        at=time_from(row["created_at"]),
    )
