"""Seen results: what learners saw when they last opened a result, and what happened to their results at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.encoding import time_from, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class SeenResult:
    """earned, possible: None if no score was shown. unmarked: how many answers waited for somebody to mark them."""

    earned: float | None
    possible: float | None
    unmarked: int
    at: datetime


def select_seen_results_of_person(db: Database, person_id: str) -> dict[str, SeenResult]:
    """Return what the person saw of each of their attempts, by attempt id; one never opened is missing."""
    return {
        row["attempt_id"]: SeenResult(
            row["earned"], row["possible"], row["unmarked"], time_from(row["seen_at"])
        )
        for row in db.all(sql.select_seen_results_of_person, person_id=person_id)
    }


def select_regraded_of_person(db: Database, person_id: str) -> Mapping[str, datetime]:
    """Return by attempt id when a regrade was last committed or taken back."""
    return {
        row["attempt_id"]: time_from(max(row["regraded_at"], row["undone_at"] or ""))
        for row in db.all(sql.select_regraded_of_person, person_id=person_id)
    }


def select_late_decisions_of_person(db: Database, person_id: str) -> dict[str, list[datetime]]:
    """Return by attempt id when somebody decided about a late answer."""
    decided: dict[str, list[datetime]] = {}
    for row in db.all(sql.select_late_decisions_of_person, person_id=person_id):
        decided.setdefault(row["attempt_id"], []).append(time_from(row["decided_at"]))
    return decided


def upsert_seen_result(db: Database, attempt: Attempt, *, now: datetime) -> None:
    """Write that the learner has seen the attempt's result as it is."""
    db.run(
        sql.upsert_seen_result, class_id=attempt.class_id, attempt_id=attempt.id, earned=attempt.earned,
        possible=attempt.possible, unmarked=attempt.unmarked, seen_at=time_text(now),
    )  # fmt: skip
