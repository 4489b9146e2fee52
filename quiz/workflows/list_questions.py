"""List questions for an instructor, also by what no column holds: their standing, and whether a quiz holds them.

Only banks that are shared with the instructor are looked into.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quiz.core.standing import Standing
from quiz.storage.database import Database
from quiz.storage.question_uses import select_used_among
from quiz.storage.search import (
    COUNTED,
    FoundHead,
    ListedQuestion,
    Search,
    Total,
    estimate_matches,
    known_count,
    search_places,
    select_found_heads,
    select_listed,
)
from quiz.workflows.bank_access import scope_of
from quiz.workflows.question_standing import standings_of

BATCH = 200
MOST_SCANNED = 1_000
"""Standing is computed, never stored: a page looks no further than this, and the next one goes on."""


@dataclass(frozen=True)
class Filters:
    """What to list; "" does not ask. standing: a Standing's word. citing: a claim's id, or source/claim.

    author: a person's id. used: "yes" or "no", whether a quiz holds the question as such (draws don't count).
    """

    words: str = ""
    bank: str = ""
    type: str = ""
    basis: str = ""
    tag: str = ""
    state: str = ""
    difficulty: str = ""
    standing: str = ""
    citing: str = ""
    author: str = ""
    used: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of questions with their standing. next_after: where the next page begins, None if nowhere.

    total: of all pages; None if it was not asked for, or can't be told without looking at every question.
    """

    rows: tuple[tuple[ListedQuestion, Standing], ...]
    next_after: str | None
    total: Total | None = None


def list_questions(
    db: Database,
    filters: Filters,
    *,
    by: str,
    today: date,
    after: str = "",
    limit: int = 25,
    counted: bool = False,
) -> Listing:
    """Return up to ``limit`` questions, the newest first, with their standing that day.

    by: the instructor who asks. after: a Listing's next_after; anything else is taken for "", the first page.
    counted: whether the first page tells the total.
    """
    search = search_of(db, filters, by=by)
    place = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else None
    if filters.standing or filters.used:
        return _scanned(db, search, filters, today, place, limit)
    total = _kept_total(db, search) if counted and place is None else None
    is_to_count = counted and place is None and total is None
    places = search_places(db, search, after=place, limit=max(limit, COUNTED if is_to_count else 0) + 1)
    if is_to_count:
        is_all = len(places) <= COUNTED
        total = Total(len(places)) if is_all else estimate_matches(db, search, at_least=COUNTED)
    questions = select_listed(db, places[:limit])
    standings = standings_of(db, [q.version_id for q in questions], today=today)
    return Listing(
        tuple((q, standings[q.version_id]) for q in questions),
        str(places[limit - 1]) if len(places) > limit else None,
        total,
    )


def matching_question_ids(db: Database, filters: Filters, *, by: str, today: date, limit: int) -> list[str]:
    """Return the ids of the first ``limit`` questions that match, the newest first: for changes to all of them.

    However few match, at most ten times as many are looked at for a standing or a use.
    """
    search = search_of(db, filters, by=by)
    found: list[str] = []
    place: int | None = None
    for _ in range(max(1, 10 * limit // BATCH)):
        places = search_places(db, search, after=place, limit=BATCH)
        found += [head.question_id for head in _fitting(db, places, filters, today)]
        if len(places) < BATCH or len(found) >= limit:
            break
        place = places[-1]
    return found[:limit]


def search_of(db: Database, filters: Filters, *, by: str) -> Search:
    """Return what the storage is asked for; standing and use are left to the caller."""
    names = ("bank", "tag", "type", "basis", "state", "difficulty", "author")
    asked = {name: getattr(filters, name) or None for name in names}
    citing = filters.citing.strip()
    source, slash, claim = citing.rpartition("/")
    cited = f"{source}{slash}{claim.lower()}" if citing else None
    scope = scope_of(db, by)
    return Search(words=filters.words, **asked, citing=cited, banks=scope.banks, hidden=scope.hidden)


def _kept_total(db: Database, search: Search) -> Total | None:
    known = known_count(db, search)
    return None if known is None else Total(known)


def _scanned(
    db: Database, search: Search, filters: Filters, today: date, place: int | None, limit: int
) -> Listing:
    fitting: list[FoundHead] = []
    next_after: int | None = None
    for _ in range(max(1, MOST_SCANNED // BATCH)):
        places = search_places(db, search, after=place, limit=BATCH)
        fitting += _fitting(db, places, filters, today)
        place = next_after = places[-1] if len(places) == BATCH else None
        if len(fitting) > limit:
            fitting, next_after = fitting[:limit], fitting[limit - 1].place
            break
        if place is None:
            break
    questions = select_listed(db, [head.place for head in fitting])
    standings = standings_of(db, [q.version_id for q in questions], today=today)
    return Listing(
        tuple((q, standings[q.version_id]) for q in questions),
        None if next_after is None else str(next_after),
    )


def _fitting(db: Database, places: list[int], filters: Filters, today: date) -> list[FoundHead]:
    heads = select_found_heads(db, places)
    if filters.used:
        used = select_used_among(db, [head.question_id for head in heads])
        heads = [head for head in heads if (head.question_id in used) == (filters.used == "yes")]
    if not filters.standing:
        return heads
    standings = standings_of(db, [head.version_id for head in heads], today=today)
    return [head for head in heads if filters.standing == standings[head.version_id].word]
