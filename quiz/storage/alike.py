"""What near-duplicates are found by, and which pairs somebody has said are different."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from quiz.storage.database import Database
from quiz.storage.encoding import json_text, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class Sketched:
    """A question's place in lists, and its sketch (see core/likeness.py)."""

    place: int
    question_id: str
    sketch: str


def select_sketches(db: Database, bank_ids: Iterable[str], *, limit: int) -> list[Sketched]:
    """Return the sketches of the newest questions of these banks; retired ones are left out."""
    rows = db.all(sql.select_sketches, bank_ids=json_text(sorted(bank_ids)), limit=limit)
    return [Sketched(row["number"], row["question_id"], row["sketch"]) for row in rows]


def select_different(db: Database, question_ids: Iterable[str]) -> set[frozenset[str]]:
    """Return the pairs among these questions that were said to be different."""
    rows = db.all(sql.select_different, ids=json_text(list(question_ids)))
    return {frozenset((row["first_id"], row["second_id"])) for row in rows}


def insert_different(db: Database, question_ids: Collection[str], *, by: str, now: datetime) -> None:
    """Note that each of these questions differs from each other; what was noted before stays."""
    rows = [
        {"first_id": first, "second_id": second, "said_by": by, "said_at": time_text(now)}
        for first, second in combinations(sorted(set(question_ids)), 2)
    ]
    db.run_many(sql.insert_different, rows)


def delete_different(db: Database, question_ids: Collection[str], *, by: str) -> None:
    """Forget what this person said of these questions."""
    rows = [
        {"first_id": first, "second_id": second, "said_by": by}
        for first, second in combinations(sorted(set(question_ids)), 2)
    ]
    db.run_many(sql.delete_different, rows)
