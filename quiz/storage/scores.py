"""What learners' attempts came to, read for reports and score files. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from quiz.core.attempts import AttemptState
from quiz.core.scores import Answer, AttemptHead, AttemptTotal
from quiz.core.standing import standing_from_plain
from quiz.storage.classes import Member, member_from
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, time_from, time_or_none, time_text
from quiz.storage.queries import load_queries
from quiz.storage.quizzes import Quiz

sql = load_queries(__file__)


@dataclass(frozen=True)
class AttemptCounts:
    """How many attempts at a quiz are open, submitted, and abandoned: not submitted in time."""

    open: int
    submitted: int
    abandoned: int = 0

    @property
    def all(self) -> int:
        return self.open + self.submitted + self.abandoned


@dataclass(frozen=True)
class QuizUse:
    """How many people started a quiz, and how many attempts at it are open."""

    people: int
    open_attempts: int


def select_attempt_totals(
    db: Database, quiz: Quiz, *, state: AttemptState | None = None, limit: int, offset: int = 0
) -> list[AttemptTotal]:
    """Return the attempts at the quiz in that state (None for any), started last first."""
    rows = db.all(
        sql.select_attempt_totals,
        class_id=quiz.class_id,
        quiz_id=quiz.id,
        state=state,
        limit=limit,
        offset=offset,
    )
    names = ("questions", "answered", "uncounted", "seconds_spent")
    return [AttemptTotal(_head(row), **{name: int(row[name]) for name in names}) for row in rows]


def count_attempts(db: Database, quiz: Quiz) -> AttemptCounts:
    rows = db.all(sql.count_attempts, class_id=quiz.class_id, quiz_id=quiz.id)
    by_state = {row["state"]: row["attempts"] for row in rows}
    return AttemptCounts(by_state.get("open", 0), by_state.get("submitted", 0), by_state.get("abandoned", 0))


def select_quiz_uses(db: Database, instructor_id: str) -> dict[str, QuizUse]:
    """Return by quiz id how each quiz is used that the instructor may read; those not started are missing."""
    rows = db.all(sql.count_attempts_of_quizzes, person_id=instructor_id)
    return {row["quiz_id"]: QuizUse(row["people"], int(row["open_attempts"])) for row in rows}


def select_open_attempt_ids(db: Database, quiz: Quiz) -> list[str]:
    rows = db.all(sql.select_open_attempt_ids, class_id=quiz.class_id, quiz_id=quiz.id)
    return [row["id"] for row in rows]


def select_overdue_attempt_ids(
    db: Database, class_id: str, *, quiz_id: str | None = None, before: datetime
) -> list[str]:
    """Return the open attempts, at one quiz or at all of the class, whose deadline was before that moment."""
    rows = db.all(
        sql.select_overdue_attempt_ids, class_id=class_id, quiz_id=quiz_id, before=time_text(before)
    )
    return [row["id"] for row in rows]


def select_learners_not_started(db: Database, quiz: Quiz) -> list[Member]:
    """Return the learners of the quiz's class who have no attempt at it."""
    return [
        member_from(r)
        for r in db.all(sql.select_learners_not_started, class_id=quiz.class_id, quiz_id=quiz.id)
    ]


def select_learners_without_attempts(db: Database, class_id: str) -> list[Member]:
    """Return the learners of the class who started none of its quizzes."""
    return [member_from(row) for row in db.all(sql.select_learners_without_attempts, class_id=class_id)]


def select_asked_question_ids(db: Database, quiz: Quiz) -> list[str]:
    """Return every question that somebody was asked in the quiz, by id."""
    rows = db.all(sql.select_asked_question_ids, class_id=quiz.class_id, quiz_id=quiz.id)
    return [row["question_id"] for row in rows]


def each_answer(db: Database, quiz: Quiz) -> Iterator[tuple[AttemptHead, Answer]]:
    """Give all places of all attempts at the quiz, a few in memory at a time: by learner, attempt, place."""
    for row in db.each(sql.each_answer, class_id=quiz.class_id, quiz_id=quiz.id):
        yield _head(row), _answer(row)


def each_attempt_at_quiz(db: Database, quiz: Quiz) -> Iterator[AttemptHead]:
    """Give all attempts at the quiz: by learner, then number."""
    for row in db.each(sql.each_attempt_at_quiz, class_id=quiz.class_id, quiz_id=quiz.id):
        yield _head(row)


def each_attempt_in_class(db: Database, class_id: str) -> Iterator[AttemptHead]:
    """Give all attempts at the quizzes of the class: by learner, then quiz, then number."""
    for row in db.each(sql.each_attempt_in_class, class_id=class_id):
        yield _head(row)


def select_attempt_head_or_none(db: Database, quiz: Quiz, attempt_id: str) -> AttemptHead | None:
    """Return the attempt, or None if the quiz has none of that id."""
    row = db.one_or_none(
        sql.select_attempt_head, class_id=quiz.class_id, quiz_id=quiz.id, attempt_id=attempt_id
    )
    return _head(row) if row else None


def select_answers_of_attempt(db: Database, attempt: AttemptHead) -> list[Answer]:
    """Return the places of the attempt in their order."""
    rows = db.all(sql.select_answers_of_attempt, class_id=attempt.class_id, attempt_id=attempt.id)
    return [_answer(row) for row in rows]


def _head(row: Row) -> AttemptHead:
    return AttemptHead(
        id=row["id"],
        class_id=row["class_id"],
        quiz_id=row["quiz_id"],
        quiz_title=row["quiz_title"],
        person_id=row["person_id"],
        name=row["name"],
        email=row["email"],
        number=row["number"],
        state=row["state"],
        started_at=time_from(row["started_at"]),
        submitted_at=time_or_none(row["submitted_at"]),
        receipt=row["receipt"],
        earned=row["earned"],
        possible=row["possible"],
        counting=row["counting"],
        unmarked=row["unmarked"],
    )


def _answer(row: Row) -> Answer:
    response = row["response"]
    return Answer(
        position=row["position"],
        question_id=row["question_id"],
        version_id=row["version_id"],
        version=row["version"],
        type=row["type"],
        basis=row["basis"],
        stem=row["stem"],
        response=None if response is None else json_from(response),
        fraction=row["fraction"],
        points=row["points"],
        is_counted=bool(row["is_counted"]),
        standing=standing_from_plain(json_from(row["standing"])),
        seconds_spent=row["seconds_spent"],
        saved_at=time_or_none(row["saved_at"]),
        correctness=row["fraction"] if row["correctness"] is None else row["correctness"],
        certainty=row["certainty"],
        tries=row["tries"],
        is_extra=row["extra_of"] is not None,
    )
