"""List questions for their authors, also by what no column holds: their standing, and the claim they cite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quiz.core.standing import Standing
from quiz.storage.citing import select_questions_citing
from quiz.storage.database import Database
from quiz.storage.search import ListedQuestion, search_questions
from quiz.storage.sources import select_sources
from quiz.workflows.question_standing import standings_of

BATCH = 200
MOST_SCANNED = 5_000
"""Standing is computed, never stored: a page looks no further than this, and the next one goes on."""


@dataclass(frozen=True)
class Filters:
    """What to list; "" does not ask. standing: a Standing's word. citing: a claim's id, or source/claim."""

    words: str = ""
    bank: str = ""
    type: str = ""
    basis: str = ""
    tag: str = ""
    state: str = ""
    standing: str = ""
    citing: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of questions with their standing. next_after: where the next page begins, None if nowhere."""

    rows: tuple[tuple[ListedQuestion, Standing], ...]
    next_after: str | None


def list_questions(
    db: Database, filters: Filters, *, today: date, after: str = "", limit: int = 25
) -> Listing:
    """Return up to ``limit`` questions by id, from behind the id ``after``, with their standing that day."""
    size = BATCH if filters.standing or filters.citing else limit + 1
    citing = _citing(db, filters.citing) if filters.citing else None
    fitting: list[tuple[ListedQuestion, Standing]] = []
    for _ in range(max(1, MOST_SCANNED // size)):
        batch = _batch(db, filters, after, size)
        fitting += _fitting(db, batch, filters.standing, citing, today)
        if len(fitting) > limit:
            return Listing(tuple(fitting[:limit]), fitting[limit - 1][0].question_id)
        if len(batch) < size:
            return Listing(tuple(fitting), None)
        after = batch[-1].question_id
    return Listing(tuple(fitting), after)


def _fitting(
    db: Database, batch: list[ListedQuestion], word: str, citing: set[str] | None, today: date
) -> list[tuple[ListedQuestion, Standing]]:
    met = [q for q in batch if citing is None or q.question_id in citing]
    standings = standings_of(db, [q.version_id for q in met], today=today)
    return [(q, standings[q.version_id]) for q in met if word in ("", standings[q.version_id].word)]


def _batch(db: Database, filters: Filters, after: str, size: int) -> list[ListedQuestion]:
    return search_questions(
        db,
        words=filters.words,
        bank=filters.bank or None,
        tag=filters.tag or None,
        type=filters.type or None,
        basis=filters.basis or None,
        state=filters.state or None,
        after=after,
        limit=size,
    )


def _citing(db: Database, named: str) -> set[str]:
    source, _, claim = named.strip().rpartition("/")
    sources = [source] if source else [row.id for row in select_sources(db)]
    return {q.question_id for s in sources for q in select_questions_citing(db, s, claim.lower())}
