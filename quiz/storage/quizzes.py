"""Quizzes and their slots: what is set to learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from quiz.core.scores import Counting
from quiz.core.standing import Policy
from quiz.core.timing import Overrun, TimeRules
from quiz.storage.database import Database, Row
from quiz.storage.encoding import time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

QuizState = Literal["draft", "open", "closed"]


@dataclass(frozen=True)
class Quiz:
    """policy_reason: why unverified questions are scored; "" under the other policies.

    attempts_allowed: None for any number. The rest of the rules is as in core.quiz_rules.QuizRules.
    """

    id: str
    class_id: str
    class_title: str
    is_public: bool
    title: str
    description: str
    language: str
    state: QuizState
    policy: Policy
    policy_reason: str
    guests_allowed: bool
    attempts_allowed: int | None
    join_code: str
    opened_at: datetime | None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_limit_s: int | None = None
    overrun: Overrun = "submit"
    grace_s: int = 0
    wait_between_s: int = 0
    counting: Counting = "best"

    @property
    def time_rules(self) -> TimeRules:
        """Return what the quiz says about time."""
        return TimeRules(
            limit=None if self.time_limit_s is None else timedelta(seconds=self.time_limit_s),
            overrun=self.overrun,
            grace=timedelta(seconds=self.grace_s),
            opens=self.opens_at,
            closes=self.closes_at,
        )


@dataclass(frozen=True)
class Draw:
    """``count`` questions at random from a bank; tag: "" for any."""

    bank_id: str
    tag: str
    count: int


@dataclass(frozen=True)
class Slot:
    """One place in a quiz: a question, or a draw. points: for each question that it comes to."""

    id: str
    position: int
    points: float
    question_id: str | None
    draw: Draw | None


def insert_quiz(
    db: Database,
    *,
    id: str,
    class_id: str,
    title: str,
    join_code: str,
    created_by: str | None,
    now: datetime,
    description: str = "",
    language: str = "en",
    policy: Policy = "unscored",
    policy_reason: str = "",
    guests_allowed: bool = False,
    attempts_allowed: int | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    time_limit_s: int | None = None,
    overrun: Overrun = "submit",
    grace_s: int = 0,
    wait_between_s: int = 0,
    counting: Counting = "best",
) -> None:
    """Insert a draft without slots. Raises Conflict if the join code is taken."""
    db.run(
        sql.insert_quiz,
        class_id=class_id,
        id=id,
        title=title,
        description=description,
        language=language,
        policy=policy,
        policy_reason=policy_reason,
        guests_allowed=guests_allowed,
        attempts_allowed=attempts_allowed,
        opens_at=_time_text_or_none(opens_at),
        closes_at=_time_text_or_none(closes_at),
        time_limit_s=time_limit_s,
        overrun=overrun,
        grace_s=grace_s,
        wait_between_s=wait_between_s,
        counting=counting,
        join_code=join_code,
        created_by=created_by,
        created_at=time_text(now),
    )


def update_quiz(
    db: Database,
    quiz: Quiz,
    *,
    title: str,
    description: str,
    policy: Policy,
    policy_reason: str,
    guests_allowed: bool,
    attempts_allowed: int | None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    time_limit_s: int | None = None,
    overrun: Overrun = "submit",
    grace_s: int = 0,
    wait_between_s: int = 0,
    counting: Counting = "best",
) -> None:
    """Write all the rules; one of those about time that is not given is taken away."""
    db.run(
        sql.update_quiz,
        class_id=quiz.class_id,
        id=quiz.id,
        title=title,
        description=description,
        policy=policy,
        policy_reason=policy_reason,
        guests_allowed=guests_allowed,
        attempts_allowed=attempts_allowed,
        opens_at=_time_text_or_none(opens_at),
        closes_at=_time_text_or_none(closes_at),
        time_limit_s=time_limit_s,
        overrun=overrun,
        grace_s=grace_s,
        wait_between_s=wait_between_s,
        counting=counting,
    )


def _time_text_or_none(time: datetime | None) -> str | None:
    return time_text(time) if time else None


def update_quiz_state(db: Database, quiz: Quiz, state: QuizState, now: datetime) -> bool:
    """Set the state; return whether that changed anything."""
    opened_at = time_text(now) if state == "open" else None
    rows = db.all(sql.update_quiz_state, class_id=quiz.class_id, id=quiz.id, state=state, opened_at=opened_at)
    return bool(rows)


def hold_open(db: Database, quiz: Quiz) -> bool:
    """Return whether the quiz is open, and keep it so until the transaction ends. Belongs inside atomic()."""
    return bool(db.all(sql.hold_open, class_id=quiz.class_id, id=quiz.id))


def delete_draft_quiz(db: Database, quiz: Quiz) -> None:
    """Delete the quiz with its slots, if it is a draft. Raises Conflict if it has attempts."""
    with db.atomic():
        db.run(sql.delete_slots, class_id=quiz.class_id, quiz_id=quiz.id)
        db.run(sql.delete_quiz, class_id=quiz.class_id, id=quiz.id)


def select_quiz_or_none(db: Database, quiz_id: str) -> Quiz | None:
    row = db.one_or_none(sql.select_quiz, id=quiz_id)
    return _quiz(row) if row else None


def select_quiz_by_code_or_none(db: Database, join_code: str) -> Quiz | None:
    row = db.one_or_none(sql.select_quiz_by_code, join_code=join_code)
    return _quiz(row) if row else None


def select_quizzes_of_class(db: Database, class_id: str) -> list[Quiz]:
    """Return the class's quizzes, newest first."""
    return [_quiz(row) for row in db.all(sql.select_quizzes_of_class, class_id=class_id)]


def select_all_quizzes(db: Database) -> list[Quiz]:
    """Return the quizzes of all classes, newest first: for the prompt, where nobody is asked who they are."""
    return [_quiz(row) for row in db.all(sql.select_all_quizzes)]


def select_quizzes_for_instructor(db: Database, person_id: str) -> list[Quiz]:
    """Return the quizzes of the instructor's classes, newest first, then those of public classes."""
    return [_quiz(row) for row in db.all(sql.select_quizzes_for_instructor, person_id=person_id)]


def select_open_quizzes_for_person(db: Database, person_id: str) -> list[Quiz]:
    """Return the open quizzes of the classes that the person learns in, opened last first."""
    return [_quiz(row) for row in db.all(sql.select_open_quizzes_for_person, person_id=person_id)]


def select_open_public_quizzes(db: Database) -> list[Quiz]:
    return [_quiz(row) for row in db.all(sql.select_open_public_quizzes)]


def insert_slot(db: Database, quiz: Quiz, slot: Slot) -> None:
    """Raises Conflict if the question or the bank does not exist."""
    db.run(
        sql.insert_slot,
        class_id=quiz.class_id,
        quiz_id=quiz.id,
        id=slot.id,
        position=slot.position,
        points=slot.points,
        question_id=slot.question_id,
        draw_bank_id=slot.draw.bank_id if slot.draw else None,
        draw_tag=slot.draw.tag if slot.draw else "",
        draw_count=slot.draw.count if slot.draw else 0,
    )


def update_slots(db: Database, quiz: Quiz, slots: Sequence[Slot]) -> None:
    """Write the positions and points of the slots."""
    keys = {"class_id": quiz.class_id, "quiz_id": quiz.id}
    db.run_many(
        sql.update_slot, [keys | {"id": s.id, "position": s.position, "points": s.points} for s in slots]
    )


def delete_slot(db: Database, quiz: Quiz, slot_id: str) -> None:
    db.run(sql.delete_slot, class_id=quiz.class_id, quiz_id=quiz.id, id=slot_id)


def select_slots(db: Database, quiz: Quiz) -> list[Slot]:
    """Return the quiz's slots in their order."""
    return [_slot(row) for row in db.all(sql.select_slots, class_id=quiz.class_id, quiz_id=quiz.id)]


def _quiz(row: Row) -> Quiz:
    return Quiz(
        id=row["id"],
        class_id=row["class_id"],
        class_title=row["class_title"],
        is_public=bool(row["is_public"]),
        title=row["title"],
        description=row["description"],
        language=row["language"],
        state=row["state"],
        policy=row["policy"],
        policy_reason=row["policy_reason"],
        guests_allowed=bool(row["guests_allowed"]),
        attempts_allowed=row["attempts_allowed"],
        join_code=row["join_code"],
        opened_at=time_or_none(row["opened_at"]),
        opens_at=time_or_none(row["opens_at"]),
        closes_at=time_or_none(row["closes_at"]),
        time_limit_s=row["time_limit_s"],
        overrun=row["overrun"],
        grace_s=row["grace_s"],
        wait_between_s=row["wait_between_s"],
        counting=row["counting"],
    )


def _slot(row: Row) -> Slot:
    draw = Draw(row["draw_bank_id"], row["draw_tag"], row["draw_count"]) if row["draw_bank_id"] else None
    return Slot(row["id"], row["position"], row["points"], row["question_id"], draw)
