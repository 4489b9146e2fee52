"""Which questions lean on the claims of a source."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


@dataclass(frozen=True)
class CitingQuestion:
    """A question whose newest version cites a claim."""

    question_id: str
    version_id: str
    stem: str
    role: str


def select_citing_counts(
    db: Database, source_id: str, *, banks: Collection[str] | None = None
) -> dict[str, int]:
    """Return by claim id how many questions cite it in their newest version; unused claims are left out.

    banks: whose questions are counted, None for all.
    """
    rows = db.all(sql.select_citing_counts, source_id=source_id, bank_ids=_as_text(banks))
    return {row["claim_id"]: row["question_count"] for row in rows}


def select_questions_citing(
    db: Database, source_id: str, claim_id: str, *, banks: Collection[str] | None = None
) -> list[CitingQuestion]:
    """Return the questions, retired ones aside, whose newest version cites the claim. banks: None for all."""
    rows = db.all(
        sql.select_questions_citing, source_id=source_id, claim_id=claim_id, bank_ids=_as_text(banks)
    )
    return [CitingQuestion(row["question_id"], row["version_id"], row["stem"], row["role"]) for row in rows]


def _as_text(banks: Collection[str] | None) -> str | None:
    return None if banks is None else json_text(sorted(banks))
