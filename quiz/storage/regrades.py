"""Regrades: what was changed in results after they were given, place by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from quiz.core.attempts import Score
from quiz.core.behaviours import Marking, Try
from quiz.core.regrading import Kind, MarkedSlot, SlotChange
from quiz.core.replaying import replay
from quiz.core.standing import Policy
from quiz.storage.attempts import Attempt, Step
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_or_none, time_text
from quiz.storage.queries import load_queries
from quiz.storage.quizzes import Quiz

sql = load_queries(__file__)


@dataclass(frozen=True)
class Regrade:
    """question_id: None for all questions. number: from 1 in each quiz. undone_at: None while it stands."""

    id: str
    class_id: str
    quiz_id: str
    number: int
    question_id: str | None
    kind: Kind
    content: Mapping[str, Any]
    only_if_higher: bool
    reason: str
    by: str
    by_name: str
    at: datetime
    undone_at: datetime | None


@dataclass(frozen=True)
class StoredChange:
    """One place that a regrade changed, with the old and the new score of its attempt."""

    regrade_id: str
    attempt_id: str
    attempt_number: int
    person_id: str
    name: str
    email: str | None
    slot: SlotChange
    old: Score
    new: Score


@dataclass(frozen=True)
class MarkedAttempt:
    """A submitted attempt with its places as they stand. email: None for a guest."""

    id: str
    number: int
    person_id: str
    name: str
    email: str | None
    policy: Policy
    slots: list[MarkedSlot] = field(default_factory=list)


@dataclass(frozen=True)
class AskedQuestion:
    """A question that submitted attempts were asked. share: of its points that were earned, 0 to 1.

    version_id: one of the wordings. times, counted: how often it was asked, and how often it counts.
    """

    question_id: str
    version_id: str
    times: int
    counted: int
    share: float


@dataclass(frozen=True)
class QuizTouched:
    """A quiz whose submitted attempts were asked questions that cite a claim."""

    class_id: str
    id: str
    title: str
    attempts: int
    questions: int


def hold_quiz(db: Database, quiz: Quiz) -> None:
    """Let nobody else regrade the quiz until the transaction ends. Belongs inside atomic()."""
    db.run(sql.hold_quiz, class_id=quiz.class_id, id=quiz.id)


def hold_regrades(db: Database, class_id: str, quiz_id: str) -> None:
    """Let nobody regrade the quiz until the transaction ends, so that the regrades that stand are all there are.

    Several may hold them at once. Belongs inside atomic().
    """
    db.all(sql.hold_regrades, class_id=class_id, id=quiz_id)


def insert_regrade(
    db: Database, quiz: Quiz, *, id: str, question_id: str | None, kind: Kind, content: Mapping[str, Any],
    only_if_higher: bool, reason: str, by: str, operation_id: str, now: datetime,
) -> None:  # fmt: skip
    """Insert a regrade with the quiz's next number. Raises Conflict if the operation was done before."""
    db.run(
        sql.insert_regrade, class_id=quiz.class_id, id=id, quiz_id=quiz.id, question_id=question_id, kind=kind,
        content=json_text(dict(content)), only_if_higher=only_if_higher, reason=reason, regraded_by=by,
        regraded_at=time_text(now), operation_id=operation_id,
    )  # fmt: skip


def insert_change(
    db: Database, class_id: str, regrade_id: str, attempt_id: str, change: SlotChange, old: Score, new: Score
) -> None:
    db.run(
        sql.insert_change, class_id=class_id, regrade_id=regrade_id, attempt_id=attempt_id,
        position=change.position, old_fraction=change.old_fraction, new_fraction=change.new_fraction,
        old_counted=change.old_counted, new_counted=change.new_counted, old_earned=old.earned,
        old_possible=old.possible, new_earned=new.earned, new_possible=new.possible,
        old_correctness=change.old_correctness, new_correctness=change.new_correctness,
    )  # fmt: skip


def update_undone(db: Database, regrade: Regrade, *, by: str, now: datetime) -> None:
    db.run(
        sql.update_undone, class_id=regrade.class_id, id=regrade.id, undone_at=time_text(now), undone_by=by
    )


def update_slot_mark(
    db: Database, class_id: str, attempt_id: str, position: int, fraction: float | None, is_counted: bool,
    correctness: float | None = None,
) -> None:  # fmt: skip
    """Write the mark. correctness: None if it is the fraction."""
    db.run(
        sql.update_slot_mark, class_id=class_id, attempt_id=attempt_id, position=position, fraction=fraction,
        is_counted=is_counted, correctness=correctness,
    )  # fmt: skip


def update_score(db: Database, class_id: str, attempt_id: str, score: Score) -> None:
    db.run(sql.update_score, class_id=class_id, id=attempt_id, earned=score.earned, possible=score.possible)


def insert_mark_step(
    db: Database, class_id: str, attempt_id: str, *, operation_id: str, position: int,
    content: Mapping[str, Any], now: datetime,
) -> None:  # fmt: skip
    """Append a step of marking to a closed attempt. Raises RowCountError if it is open."""
    sequence = db.one(sql.take_step_number, class_id=class_id, id=attempt_id)["step_count"]
    db.run(
        sql.insert_mark_step, class_id=class_id, attempt_id=attempt_id, sequence=sequence,
        operation_id=operation_id, position=position, content=json_text(dict(content)), at=time_text(now),
    )  # fmt: skip


def select_regrade_or_none(db: Database, quiz: Quiz, regrade_id: str) -> Regrade | None:
    row = db.one_or_none(sql.select_regrade, class_id=quiz.class_id, quiz_id=quiz.id, id=regrade_id)
    return _regrade(row) if row else None


def select_regrade_by_operation_or_none(db: Database, quiz: Quiz, operation_id: str) -> Regrade | None:
    row = db.one_or_none(
        sql.select_regrade_by_operation, class_id=quiz.class_id, quiz_id=quiz.id, operation_id=operation_id
    )
    return _regrade(row) if row else None


def select_regrades_of_quiz(db: Database, quiz: Quiz) -> list[Regrade]:
    """Return the quiz's regrades, undone ones too, newest first."""
    return [_regrade(r) for r in db.all(sql.select_regrades_of_quiz, class_id=quiz.class_id, quiz_id=quiz.id)]


def select_regrades_of_attempt(db: Database, class_id: str, attempt_id: str) -> list[Regrade]:
    """Return the regrades that changed the attempt, undone ones too, first one first."""
    rows = db.all(sql.select_regrades_of_attempt, class_id=class_id, attempt_id=attempt_id)
    return [_regrade(row) for row in rows]


def select_regrades_since(db: Database, attempt: Attempt) -> list[Regrade]:
    """Return the regrades of the attempt's quiz that stand and were made after it was started, first one first."""
    rows = db.all(
        sql.select_regrades_since, class_id=attempt.class_id, quiz_id=attempt.quiz_id,
        started_at=time_text(attempt.started_at),
    )  # fmt: skip
    return [_regrade(row) for row in rows]


def withdraw_changes(db: Database, attempt: Attempt, position: int) -> None:
    """Forget what regrades that stand changed at the place, and count it or not as before them."""
    place = {"class_id": attempt.class_id, "attempt_id": attempt.id, "position": position}
    db.run(sql.count_as_before_regrades, **place)
    db.run(sql.delete_standing_changes, **place)


def select_changes(db: Database, regrade: Regrade) -> list[StoredChange]:
    """Return what the regrade changed: by learner, attempt, place."""
    rows = db.all(sql.select_changes, class_id=regrade.class_id, regrade_id=regrade.id)
    return [_stored_change(row) for row in rows]


def select_changes_of_attempt(db: Database, class_id: str, attempt_id: str) -> list[StoredChange]:
    """Return what all regrades changed in the attempt."""
    rows = db.all(sql.select_changes_of_attempt, class_id=class_id, attempt_id=attempt_id)
    return [_stored_change(row) for row in rows]


def count_changed_attempts(db: Database, quiz: Quiz) -> dict[str, int]:
    """Return by regrade id how many attempts it changed; 0 is missing."""
    rows = db.all(sql.count_changed_attempts, class_id=quiz.class_id, quiz_id=quiz.id)
    return {row["regrade_id"]: row["attempts"] for row in rows}


def select_later_regrades(db: Database, regrade: Regrade) -> list[int]:
    """Return the numbers of the regrades after this one that stand and changed a place that it changed."""
    rows = db.all(
        sql.select_later_regrades, class_id=regrade.class_id, quiz_id=regrade.quiz_id, number=regrade.number,
        id=regrade.id,
    )  # fmt: skip
    return [row["number"] for row in rows]


def select_marked_attempts(db: Database, quiz: Quiz) -> list[MarkedAttempt]:
    """Return all submitted attempts at the quiz with their places: by learner, then number.

    What learners were asked beyond the quiz is no part of its results.
    """
    return list(_marked_attempts(db, quiz.class_id, quiz.id, attempt_id=None).values())


def select_marked_attempt(db: Database, attempt: Attempt) -> MarkedAttempt:
    """Return one submitted attempt with its places. Raises KeyError if it is not submitted."""
    return _marked_attempts(db, attempt.class_id, attempt.quiz_id, attempt_id=attempt.id)[attempt.id]


def _marked_attempts(
    db: Database, class_id: str, quiz_id: str, *, attempt_id: str | None
) -> dict[str, MarkedAttempt]:
    """Return submitted attempts by id, all of the quiz or the one of that id."""
    found: dict[str, MarkedAttempt] = {}
    which = {"class_id": class_id, "quiz_id": quiz_id, "attempt_id": attempt_id}
    tries = _tries(db, which)
    for row in db.all(sql.select_marked_slots, **which):
        if row["attempt_id"] not in found:
            names = ("number", "person_id", "name", "email", "policy")
            found[row["attempt_id"]] = MarkedAttempt(row["attempt_id"], **{name: row[name] for name in names})
        found[row["attempt_id"]].slots.append(_marked_slot(row, tries))
    return found


def select_asked_questions(db: Database, quiz: Quiz) -> list[AskedQuestion]:
    """Return what submitted attempts at the quiz were asked, in the order of its places."""
    return [
        AskedQuestion(r["question_id"], r["version_id"], r["times"], int(r["counted"]), r["share"])
        for r in db.all(sql.select_asked_questions, class_id=quiz.class_id, quiz_id=quiz.id)
    ]


def select_quizzes_answered(db: Database, source_id: str, claim_id: str) -> list[QuizTouched]:
    """Return the quizzes whose submitted attempts lean on the claim, newest first."""
    rows = db.all(sql.select_quizzes_answered, source_id=source_id, claim_id=claim_id)
    return [
        QuizTouched(row["class_id"], row["id"], row["title"], row["attempts"], row["questions"])
        for row in rows
    ]


def _regrade(row: Row) -> Regrade:
    return Regrade(
        id=row["id"], class_id=row["class_id"], quiz_id=row["quiz_id"], number=row["number"],
        question_id=row["question_id"], kind=row["kind"], content=json_from(row["content"]),
        only_if_higher=bool(row["only_if_higher"]), reason=row["reason"], by=row["regraded_by"],
        by_name=row["regraded_by_name"], at=time_from(row["regraded_at"]),
        undone_at=time_or_none(row["undone_at"]),
    )  # fmt: skip


def _stored_change(row: Row) -> StoredChange:
    slot = SlotChange(
        row["position"], "", row["old_fraction"], row["new_fraction"], bool(row["old_counted"]),
        bool(row["new_counted"]), row["old_correctness"], row["new_correctness"],
    )  # fmt: skip
    # How many places do not count is not kept of old scores: no page tells it.
    return StoredChange(
        row["regrade_id"], row["attempt_id"], row["attempt_number"], row["person_id"], row["name"], row["email"],
        slot, Score(row["old_earned"], row["old_possible"], 0), Score(row["new_earned"], row["new_possible"], 0),
    )  # fmt: skip


def _tries(db: Database, which: Mapping[str, Any]) -> dict[tuple[str, int], list[Step]]:
    """Return the steps that checked answers or accepted late ones, by attempt and place."""
    steps: dict[tuple[str, int], list[Step]] = {}
    for row in db.all(sql.select_tries, **which):
        step = Step(
            row["sequence"], row["operation_id"], row["position"], row["kind"], json_from(row["content"]),
            time_from(row["at"]),
        )  # fmt: skip
        steps.setdefault((row["attempt_id"], row["position"]), []).append(step)
    return steps


def _marked_slot(row: Row, tries: Mapping[tuple[str, int], list[Step]]) -> MarkedSlot:
    marking = Marking(row["behaviour"], row["most_tries"], row["penalty"])
    made: tuple[Try, ...] = ()
    if marking.has_check:
        made = replay(marking, tries.get((row["attempt_id"], row["position"]), ())).tries
    return MarkedSlot(
        position=row["position"], question_id=row["question_id"], version_id=row["version_id"],
        points=row["points"], response=json_from(row["response"] or "null"), fraction=row["fraction"],
        is_counted=bool(row["is_counted"]), is_dropped=bool(row["is_dropped"]),
        correctness=row["correctness"], marking=marking, tries=made, certainty=row["certainty"],
    )  # fmt: skip
