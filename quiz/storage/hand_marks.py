"""Answers that people mark, who has one before them, and the marks that were given: appended, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.core.hand_marking import CLAIM_LASTS, GivenMark, HandState, MarkKind, ReadMark
from quiz.storage.attempts import BLANK, Attempt, AttemptSlot
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_or_none, time_text
from quiz.storage.queries import load_queries
from quiz.storage.quizzes import Quiz

sql = load_queries(__file__)


@dataclass(frozen=True)
class HandAnswer:
    """An answer to be marked by hand, without a word of its learner. token: stands for it wherever people see one.

    markers: how many people mark it. round: marks of earlier ones were of another text. maximum: the points that it
    can earn. fraction: None until it is decided. response: None where only the list was read. claimed_by: who has it.
    """

    class_id: str
    quiz_id: str
    question_id: str
    version_id: str
    attempt_id: str
    position: int
    token: str
    markers: int
    round: int
    state: HandState
    seed: str
    maximum: float
    fraction: float | None
    response: Any | None
    claimed_by: str | None
    claimed_by_name: str | None
    claimed_at: datetime | None

    @property
    def is_decided(self) -> bool:
        """Tell whether it counts in the score: it is marked, or a regrade decided it."""
        return self.fraction is not None


@dataclass(frozen=True)
class QuestionCount:
    """How many answers to a question people mark. undecided: of all of them. half_done: one of two has marked them.

    unsettled: two marks differ. mine: those that the one who asks can do something about.
    """

    question_id: str
    version_id: str
    points: float
    answers: int
    undecided: int
    unsettled: int
    half_done: int
    mine: int


def upsert_hand_answer(
    db: Database, attempt: Attempt, slot: AttemptSlot, *, token: str, markers: int
) -> None:
    """Let people mark the answer; one that takes the place of another is marked anew."""
    db.run(
        sql.upsert_hand_answer, class_id=attempt.class_id, attempt_id=attempt.id, position=slot.position,
        token=token, quiz_id=attempt.quiz_id, question_id=slot.question_id, markers=markers,
    )  # fmt: skip


def update_unmarked(db: Database, class_id: str, attempt_id: str) -> None:
    """Count anew how many answers of the attempt wait to be marked."""
    db.run(sql.update_unmarked, class_id=class_id, attempt_id=attempt_id)


def select_hand_answers(db: Database, quiz: Quiz, question_id: str | None = None) -> list[HandAnswer]:
    """Return the answers to one question of the quiz, or to all, without what was written; by token."""
    rows = db.all(sql.select_hand_answers, class_id=quiz.class_id, quiz_id=quiz.id, question_id=question_id)
    return [_answer(row) for row in rows]


def each_hand_answer(db: Database, quiz: Quiz, question_id: str) -> Iterator[HandAnswer]:
    """Give the answers to the question with what was written, a few at a time in memory; by token."""
    rows = db.each(sql.each_hand_answer, class_id=quiz.class_id, quiz_id=quiz.id, question_id=question_id)
    return (_answer(row) for row in rows)


def select_hand_answer_or_none(db: Database, quiz: Quiz, token: str) -> HandAnswer | None:
    row = db.one_or_none(sql.select_hand_answer, class_id=quiz.class_id, quiz_id=quiz.id, token=token)
    return _answer(row) if row else None


def select_hand_answers_of_attempt(db: Database, class_id: str, attempt_id: str) -> list[HandAnswer]:
    """Return those of one attempt, without what was written, in the order of its places."""
    rows = db.all(sql.select_hand_answers_of_attempt, class_id=class_id, attempt_id=attempt_id)
    return [_answer(row) for row in rows]


def select_marks(db: Database, answer: HandAnswer) -> list[GivenMark]:
    """Return the marks of the answer's present round, first one first."""
    rows = db.all(
        sql.select_marks, class_id=answer.class_id, attempt_id=answer.attempt_id, position=answer.position,
        round=answer.round,
    )  # fmt: skip
    return [_mark(row) for row in rows]


def select_marks_of_question(db: Database, quiz: Quiz, question_id: str) -> dict[str, list[GivenMark]]:
    """Return the marks by token; answers without one are missing."""
    rows = db.all(
        sql.select_marks_of_question, class_id=quiz.class_id, quiz_id=quiz.id, question_id=question_id
    )
    return _by_token(rows)


def select_marks_of_attempt(db: Database, class_id: str, attempt_id: str) -> dict[str, list[GivenMark]]:
    """Return the marks by token; answers without one are missing."""
    return _by_token(db.all(sql.select_marks_of_attempt, class_id=class_id, attempt_id=attempt_id))


def insert_mark(
    db: Database, answer: HandAnswer, mark: ReadMark, *, kind: MarkKind, by: str, operation_id: str,
    now: datetime, reason: str = "",
) -> int:  # fmt: skip
    """Append the mark; return its number. Belongs inside atomic(). Raises Conflict if the operation was done before."""
    keys = {"class_id": answer.class_id, "attempt_id": answer.attempt_id, "position": answer.position}
    number: int = db.one(sql.select_highest_number, **keys)["number"] + 1
    db.run(
        sql.insert_mark, **keys, number=number, round=answer.round, kind=kind, marker_id=by, points=mark.points,
        maximum=answer.maximum, given=json_text(dict(mark.given)), comment=mark.comment, note=mark.note,
        reason=reason, operation_id=operation_id, marked_at=time_text(now),
    )  # fmt: skip
    return number


def update_state(db: Database, answer: HandAnswer, state: HandState, *, markers: int) -> None:
    db.run(
        sql.update_state, class_id=answer.class_id, attempt_id=answer.attempt_id, position=answer.position,
        state=state, markers=markers,
    )  # fmt: skip


def update_claim(db: Database, answer: HandAnswer, person_id: str, now: datetime) -> bool:
    """Put the answer before the person; return False, and change nothing, if somebody else has it."""
    rows = db.all(
        sql.update_claim, class_id=answer.class_id, token=answer.token, person_id=person_id,
        now=time_text(now), expired=time_text(now - CLAIM_LASTS),
    )  # fmt: skip
    return bool(rows)


def delete_claims(db: Database, quiz: Quiz, person_id: str) -> None:
    """Take away what the person has before them in the quiz."""
    db.run(sql.delete_claims, class_id=quiz.class_id, quiz_id=quiz.id, person_id=person_id)


def count_by_question(db: Database, quiz: Quiz, person_id: str) -> list[QuestionCount]:
    """Return the questions of the quiz that people mark and that have answers, in the order of their places."""
    names = ("points", "answers", "undecided", "unsettled", "half_done", "mine")
    return [
        QuestionCount(row["question_id"], row["version_id"], row["points"], *(int(row[n]) for n in names[1:]))
        for row in db.all(sql.count_by_question, class_id=quiz.class_id, quiz_id=quiz.id, person_id=person_id)
    ]


def count_to_mark_by_quiz(db: Database, person_id: str) -> dict[str, int]:
    """Return by quiz id how many answers the person can mark or settle, in their classes; 0 is missing."""
    return {row["quiz_id"]: row["answers"] for row in db.all(sql.count_to_mark_by_quiz, person_id=person_id)}


def _by_token(rows: list[Row]) -> dict[str, list[GivenMark]]:
    marks: dict[str, list[GivenMark]] = {}
    for row in rows:
        marks.setdefault(row["token"], []).append(_mark(row))
    return marks


def _answer(row: Row) -> HandAnswer:
    return HandAnswer(
        class_id=row["class_id"], quiz_id=row["quiz_id"], question_id=row["question_id"],
        version_id=row["version_id"], attempt_id=row["attempt_id"], position=row["position"], token=row["token"],
        markers=row["markers"], round=row["round"], state=row["state"], seed=row["seed"], maximum=row["points"],
        fraction=row["fraction"], response=json_from(row["response"] or BLANK), claimed_by=row["claimed_by"],
        claimed_by_name=row["claimed_by_name"], claimed_at=time_or_none(row["claimed_at"]),
    )  # fmt: skip


def _mark(row: Row) -> GivenMark:
    return GivenMark(
        points=row["points"], given=json_from(row["given"]), comment=row["comment"], note=row["note"],
        number=row["number"], kind=row["kind"], marker_id=row["marker_id"], marker_name=row["marker_name"],
        maximum=row["maximum"], reason=row["reason"], operation_id=row["operation_id"],
        at=time_from(row["marked_at"]),
    )  # fmt: skip
