"""Report on a bank: how many questions it has, by state, by type, and by what their keys stand on today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quiz.storage.banks import BankRow, select_counts
from quiz.storage.database import Database
from quiz.storage.search import Search, search_places, select_listed
from quiz.workflows.question_standing import standings_of

MOST_STANDINGS = 1_000
"""Standing is computed when it is read, so of a large bank only the newest questions are looked at."""


@dataclass(frozen=True)
class BankReport:
    """Numbers of questions. states: retired ones too; types: without. standings: of the newest ``looked_at``."""

    states: Mapping[str, int]
    types: Mapping[str, int]
    standings: Mapping[str, int]
    looked_at: int

    @property
    def is_cut(self) -> bool:
        """Tell whether there are more questions than standings were looked at."""
        return self.looked_at >= MOST_STANDINGS


def report_bank(db: Database, bank: BankRow, *, today: date) -> BankReport:
    """Return the numbers of that day."""
    counts = select_counts(db, bank.id)
    newest = select_listed(db, search_places(db, Search(bank=bank.id), limit=MOST_STANDINGS))
    standings = standings_of(db, [question.version_id for question in newest], today=today)
    words: Counter[str] = Counter(standings[question.version_id].word for question in newest)
    types = dict(sorted(counts.get("type", {}).items(), key=lambda pair: (-pair[1], pair[0])))
    return BankReport(counts.get("state", {}), types, words, len(newest))
