"""Tell learners what became of their results since they last opened them: released, marked, changed, late answers.

It is told until the result is opened, and no more of it than the quiz shows at this moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.seen_results import (
    SeenResult,
    select_late_decisions_of_person,
    select_regraded_of_person,
    select_seen_results_of_person,
)

Kind = Literal["released", "marked", "changed", "late"]
"""released: the score can be read for the first time. late: it stays, but a late answer was decided about."""


@dataclass(frozen=True)
class News:
    """attempt: with its score, if that is shown. before: what was seen. decided: late answers decided about since."""

    attempt: Attempt
    kind: Kind
    before: SeenResult | None
    decided: int

    @property
    def is_another_score(self) -> bool:
        return self.before is not None and not _is_same_score(self.attempt, self.before)


def tell_news(db: Database, person_id: str, attempts: Iterable[Attempt]) -> list[News]:
    """Return what is new, in the order of the attempts: the person's own, with the scores that may be shown."""
    seen = select_seen_results_of_person(db, person_id)
    regraded = select_regraded_of_person(db, person_id)
    decided = select_late_decisions_of_person(db, person_id)
    found = (
        _news_of(a, seen.get(a.id), regraded.get(a.id), decided.get(a.id, []))
        for a in attempts
        if a.state != "open"
    )
    return [news for news in found if news]


def _news_of(
    attempt: Attempt, seen: SeenResult | None, regraded_at: datetime | None, decisions: list[datetime]
) -> News | None:
    since = seen.at if seen else attempt.started_at
    decided = sum(at > since for at in decisions)
    kind = _kind_of_change(attempt, seen, regraded_at) or ("late" if decided else None)
    return News(attempt, kind, seen, decided) if kind else None


def _kind_of_change(attempt: Attempt, seen: SeenResult | None, regraded_at: datetime | None) -> Kind | None:
    if attempt.earned is None:
        return None
    if seen is None or seen.earned is None:
        return "released"
    if attempt.unmarked < seen.unmarked:
        return "marked"
    is_regraded = regraded_at is not None and regraded_at > seen.at
    return "changed" if is_regraded or not _is_same_score(attempt, seen) else None


def _is_same_score(attempt: Attempt, seen: SeenResult) -> bool:
    now, before = (attempt.earned, attempt.possible), (seen.earned, seen.possible)
    return all(
        a is not None and b is not None and abs(a - b) < 1e-9 for a, b in zip(now, before, strict=True)
    )
