"""How many questions lean on each claim of a source."""

from __future__ import annotations

from quiz.storage.database import Database
from quiz.storage.queries import load_queries

sql = load_queries(__file__)


def select_citing_counts(db: Database, source_id: str) -> dict[str, int]:
    """Return by claim id how many questions cite it in their newest version; unused claims are left out."""
    rows = db.all(sql.select_citing_counts, source_id=source_id)
    return {row["claim_id"]: row["question_count"] for row in rows}
