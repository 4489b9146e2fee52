"""Late answers: what came after an attempt had ended, and what an instructor decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from quiz.storage.attempts import BLANK
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

Decision = Literal["accepted", "refused"]


@dataclass(frozen=True)
class LateAnswer:
    """response: None if the learner cleared the answer. decision: None while nobody has decided.

    certainty: 1 to 3, None if it was not said.
    """

    operation_id: str
    position: int
    response: Any | None
    at: datetime
    decision: Decision | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    reason: str = ""
    certainty: int | None = None


def insert_late_answer(db: Database, class_id: str, attempt_id: str, late: LateAnswer) -> None:
    """Raises Conflict if the operation is kept already."""
    db.run(
        sql.insert_late_answer, class_id=class_id, attempt_id=attempt_id, operation_id=late.operation_id,
        position=late.position, response=None if late.response is None else json_text(late.response),
        at=time_text(late.at), certainty=late.certainty,
    )  # fmt: skip


def select_late_answers(db: Database, class_id: str, attempt_id: str) -> list[LateAnswer]:
    """Return what came late to the attempt, in the order in which it came."""
    return [_late(row) for row in db.all(sql.select_late_answers, class_id=class_id, attempt_id=attempt_id)]


def select_late_answer_or_none(
    db: Database, class_id: str, attempt_id: str, operation_id: str
) -> LateAnswer | None:
    row = db.one_or_none(
        sql.select_late_answer, class_id=class_id, attempt_id=attempt_id, operation_id=operation_id
    )
    return _late(row) if row else None


def count_undecided(db: Database, class_id: str, quiz_id: str) -> dict[str, int]:
    """Return how many late answers wait for a decision, by attempt; 0 is missing."""
    rows = db.all(sql.count_undecided, class_id=class_id, quiz_id=quiz_id)
    return {row["attempt_id"]: row["late_answers"] for row in rows}


def update_decision(
    db: Database, class_id: str, attempt_id: str, operation_id: str, *, decision: Decision, reason: str, by: str,
    now: datetime,
) -> bool:  # fmt: skip
    """Write the decision; return False, and change nothing, if there was one already."""
    rows = db.all(
        sql.update_decision, class_id=class_id, attempt_id=attempt_id, operation_id=operation_id, decision=decision,
        decided_by=by, decided_at=time_text(now), reason=reason,
    )  # fmt: skip
    return bool(rows)


def _late(row: Row) -> LateAnswer:
    return LateAnswer(
        operation_id=row["operation_id"],
        position=row["position"],
        response=json_from(row["response"] or BLANK),
        at=time_from(row["at"]),
        decision=row["decision"],
        decided_by_name=row["decided_by_name"],
        decided_at=time_or_none(row["decided_at"]),
        reason=row["reason"],
        certainty=row["certainty"],
    )
