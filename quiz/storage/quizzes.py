"""Quizzes and their slots: what is set to learners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from quiz.core.quiz_rules import QuizRules
from quiz.core.timing import TimeRules
from quiz.core.visibility import HOMEWORK, Visibility, visibility_from_plain
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

QuizState = Literal["draft", "open", "closed"]


@dataclass(frozen=True, kw_only=True)
class Quiz(QuizRules):
    """A quiz: its rules, with whose it is and how it stands. opened_at: None until it was opened once.

    parts_limit_s: how long its timed sections take together; 0 if it has none, and then nothing is passed in order.
    """

    id: str
    class_id: str
    class_title: str
    is_public: bool
    language: str
    state: QuizState
    join_code: str
    opened_at: datetime | None
    parts_limit_s: int = 0

    @property
    def time_rules(self) -> TimeRules:
        """Return what the quiz says about time."""
        return TimeRules(
            limit=None if self.time_limit_s is None else timedelta(seconds=self.time_limit_s),
            overrun=self.overrun,
            grace=timedelta(seconds=self.grace_s),
            opens=self.opens_at,
            closes=self.closes_at,
            in_parts=timedelta(seconds=self.parts_limit_s),
        )


@dataclass(frozen=True)
class Pool:
    """The questions of a bank; with a tag, only those that have it."""

    bank_id: str
    tag: str = ""


@dataclass(frozen=True)
class Draw:
    """``count`` questions at random from a bank; tag: "" for any.

    also: further pools. From each pool as many are taken as from the others, as near as can be.
    """

    bank_id: str
    tag: str
    count: int
    also: tuple[Pool, ...] = ()

    @property
    def pools(self) -> tuple[Pool, ...]:
        """Return all that the draw takes from, at least one."""
        return (Pool(self.bank_id, self.tag), *self.also)


@dataclass(frozen=True)
class Slot:
    """One place in a quiz: a question, or a draw. points: for each question that it comes to.

    section_id: "" for none. version_id: the version that is asked, None for the newest that is ready. is_pinned:
    it keeps its place when the others are shuffled.
    """

    id: str
    position: int
    points: float
    question_id: str | None
    draw: Draw | None
    section_id: str = ""
    version_id: str | None = None
    is_pinned: bool = False


def insert_quiz(
    db: Database, rules: QuizRules, *, id: str, class_id: str, join_code: str, created_by: str | None, now: datetime,
    language: str = "en",
) -> None:  # fmt: skip
    """Insert a draft without slots. Raises Conflict if the join code is taken."""
    db.run(
        sql.insert_quiz, class_id=class_id, id=id, language=language, join_code=join_code, created_by=created_by,
        created_at=time_text(now), **_rules_row(rules),
    )  # fmt: skip


def update_quiz(db: Database, quiz: Quiz, rules: QuizRules) -> None:
    """Write all the rules."""
    db.run(sql.update_quiz, class_id=quiz.class_id, id=quiz.id, **_rules_row(rules))


def _rules_row(rules: QuizRules) -> dict[str, Any]:
    row = {field.name: getattr(rules, field.name) for field in fields(QuizRules)}
    return row | {
        "opens_at": _time_text_or_none(rules.opens_at),
        "closes_at": _time_text_or_none(rules.closes_at),
        "visibility": json_text(rules.visibility.to_plain()),
    }


def _rules_from(row: Row) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(QuizRules)} | {
        "guests_allowed": bool(row["guests_allowed"]),
        "opens_at": time_or_none(row["opens_at"]),
        "closes_at": time_or_none(row["closes_at"]),
        "is_shuffled": bool(row["is_shuffled"]),
        "visibility": _visibility(row["visibility"]),
        "second_marker": bool(row["second_marker"]),
    }


@lru_cache(maxsize=256)
def _visibility(stored: str) -> Visibility:
    return visibility_from_plain(json_from(stored)) if stored else HOMEWORK


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
        keys = {"class_id": quiz.class_id, "quiz_id": quiz.id}
        db.run(sql.delete_slot_pools, **keys)
        db.run(sql.delete_slots, **keys)
        db.run(sql.delete_sections, **keys)
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


def select_quizzes_begun_by(db: Database, person_id: str) -> list[Quiz]:
    """Return the quizzes that the person has an attempt at, in no order."""
    return [_quiz(row) for row in db.all(sql.select_quizzes_begun_by, person_id=person_id)]


def select_open_public_quizzes(db: Database) -> list[Quiz]:
    return [_quiz(row) for row in db.all(sql.select_open_public_quizzes)]


def insert_slot(db: Database, quiz: Quiz, slot: Slot) -> None:
    """Raises Conflict if the question or a bank does not exist."""
    draw = slot.draw
    with db.atomic():
        db.run(
            sql.insert_slot, question_id=slot.question_id, draw_bank_id=draw.bank_id if draw else None,
            draw_tag=draw.tag if draw else "", draw_count=draw.count if draw else 0, **_slot_row(quiz, slot),
        )  # fmt: skip
        for position, pool in enumerate(draw.also if draw else (), start=2):
            db.run(
                sql.insert_slot_pool, class_id=quiz.class_id, quiz_id=quiz.id, slot_id=slot.id, position=position,
                bank_id=pool.bank_id, tag=pool.tag,
            )  # fmt: skip


def update_slots(db: Database, quiz: Quiz, slots: Sequence[Slot]) -> None:
    """Write where the slots are, what they are worth, and which version they ask; not what they hold."""
    db.run_many(sql.update_slot, [_slot_row(quiz, slot) for slot in slots])


def _slot_row(quiz: Quiz, slot: Slot) -> dict[str, Any]:
    return {
        "class_id": quiz.class_id, "quiz_id": quiz.id, "id": slot.id, "position": slot.position,
        "points": slot.points, "section_id": slot.section_id, "version_id": slot.version_id,
        "is_pinned": slot.is_pinned,
    }  # fmt: skip


def delete_slot(db: Database, quiz: Quiz, slot_id: str) -> None:
    keys = {"class_id": quiz.class_id, "quiz_id": quiz.id, "id": slot_id}
    with db.atomic():
        db.run(sql.delete_pools_of_slot, **keys)
        db.run(sql.delete_slot, **keys)


def select_slots(db: Database, quiz: Quiz) -> list[Slot]:
    """Return the quiz's slots in their order."""
    keys = {"class_id": quiz.class_id, "quiz_id": quiz.id}
    also: dict[str, list[Pool]] = {}
    for row in db.all(sql.select_slot_pools, **keys):
        also.setdefault(row["slot_id"], []).append(Pool(row["bank_id"], row["tag"]))
    return [_slot(row, also) for row in db.all(sql.select_slots, **keys)]


def _quiz(row: Row) -> Quiz:
    return Quiz(
        id=row["id"], class_id=row["class_id"], class_title=row["class_title"], is_public=bool(row["is_public"]),
        language=row["language"], state=row["state"], join_code=row["join_code"],
        opened_at=time_or_none(row["opened_at"]), parts_limit_s=row["parts_limit_s"], **_rules_from(row),
    )  # fmt: skip


def _slot(row: Row, also: Mapping[str, Sequence[Pool]]) -> Slot:
    pools = tuple(also.get(row["id"], ()))
    draw = (
        Draw(row["draw_bank_id"], row["draw_tag"], row["draw_count"], pools) if row["draw_bank_id"] else None
    )
    return Slot(
        row["id"], row["position"], row["points"], row["question_id"], draw, row["section_id"], row["version_id"],
        bool(row["is_pinned"]),
    )  # fmt: skip
