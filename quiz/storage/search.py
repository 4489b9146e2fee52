"""Finding questions by words and by what they are, a page at a time, the newest question first.

The text that is searched is kept folded and cut into bare words by Python, so that SQLite and PostgreSQL,
which cut text differently, see the same words; the words that somebody types go the same way, so nothing they
type is syntax. Filters are facets (see storage/heads.py). Nothing is ranked: a page stops as soon as it is full,
however many questions there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from quiz.core.searched_words import words_of
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from
from quiz.storage.heads import facet
from quiz.storage.queries import Statement, load_queries

sql = load_queries(__file__)

COUNTED = 1_000
"""Up to so many, matches are counted; beyond, their number is an estimate."""
_MOST_WORDS = 20
# A shorter beginning stands before a large part of all words, and no index helps then.
_LEAST_OF_A_WORD = 3
_SAMPLE = 1_000
# So many of the sample must match for an estimate that is right to about a third.
_ENOUGH = 10
_NEWEST = 3_000


@dataclass(frozen=True)
class Search:
    """What is looked for. words: as typed; all must occur, the last may be the beginning of one (of three letters or
    more). "" or blanks ask for none; typed signs that hold no word find nothing.

    state: of the newest version, or "retired"; None for all but retired ones. citing: a claim's id, or
    source/claim. banks: the only ones that are looked into, None for all. hidden: those that are left out; of the two
    the shorter one is quicker.
    """

    words: str = ""
    bank: str | None = None
    tag: str | None = None
    type: str | None = None
    basis: str | None = None
    state: str | None = None
    difficulty: str | None = None
    author: str | None = None
    citing: str | None = None
    banks: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()

    @cached_property
    def terms(self) -> list[str]:
        return words_of(self.words)[:_MOST_WORDS]

    @cached_property
    def is_hopeless(self) -> bool:
        """Tell whether nothing can be found, whatever there is."""
        if self.words.strip() and not self.terms:
            return True
        return self.banks == frozenset() or (self.bank is not None and not self.looks_into(self.bank))

    def looks_into(self, bank_id: str) -> bool:
        """Tell whether questions of the bank may be found."""
        if self.bank is not None and bank_id != self.bank:
            return False
        return bank_id not in self.hidden and (self.banks is None or bank_id in self.banks)

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """Return the signs that a question must have, all of them."""
        names = ("bank", "tag", "type", "basis", "difficulty", "author")
        asked = [(name, value) for name in names if (value := getattr(self, name))]
        if self.citing:
            asked.append(("cites", self.citing))
        return (
            facet("state", self.state) if self.state else facet("live"),
            *(facet(*pair) for pair in asked),
        )

    @cached_property
    def any_of(self) -> tuple[str, ...]:
        """Return signs of which a question must have one; none if that is not asked."""
        return () if self.banks is None or self.bank else _bank_signs(self.banks)

    @cached_property
    def none_of(self) -> tuple[str, ...]:
        """Return signs of which a question must have none."""
        return () if self.bank else _bank_signs(self.hidden)

    @property
    def is_last_begun(self) -> bool:
        return bool(self.terms) and len(self.terms[-1]) >= _LEAST_OF_A_WORD


@dataclass(frozen=True)
class ListedQuestion:
    """A question as a list shows it: its newest version. place: where it stands; a newer question has a higher one.

    state: "retired" if the question is, whatever its version.
    """

    question_id: str
    place: int
    bank_id: str
    bank_title: str
    version_id: str
    number: int
    state: str
    type: str
    basis: str
    stem: str
    difficulty: str
    tags: tuple[str, ...]
    updated: datetime


@dataclass(frozen=True)
class FoundHead:
    """A question that was found, by its place, and its newest version."""

    place: int
    question_id: str
    version_id: str


@dataclass(frozen=True)
class Total:
    """How many questions there are: exactly, about (to one or two figures), or at least."""

    number: int
    told: Literal["exactly", "about", "least"] = "exactly"


def prepare_search(db: Database) -> None:
    """Make question_texts findable by words and facets; does nothing if it is. Part of every migration."""
    db.index_words("question_texts", words="folded", facets="facets")


def search_questions(
    db: Database, search: Search | None = None, *, after: int | None = None, limit: int = 50, **asked: Any
) -> list[ListedQuestion]:
    """Return up to ``limit`` questions that meet all that is asked, the newest first.

    after: the place behind which to begin, None for the newest. asked: instead of a Search, its fields.
    """
    return select_listed(db, search_places(db, search or Search(**asked), after=after, limit=limit))


def search_places(db: Database, search: Search, *, after: int | None = None, limit: int) -> list[int]:
    """Return the places of what search_questions would return."""
    if search.is_hopeless:
        return []
    before = highest_place(db) + 1 if after is None else after
    newest, all_of_them = sql.select_newest_places, sql.select_places
    if search.terms:
        newest, all_of_them = sql.select_newest_places_with_words, sql.select_places_with_words
    found: list[int] = []
    if db.dialect == "postgres":
        # Its indexes of words and facets are in no order: all that have a common word would be gathered first, for 25
        # of them, or all texts be read through for a rare one. Where the newest fill the page, neither is needed.
        found = _places(db, newest, search, before, limit, floor=before - _NEWEST)
        before -= _NEWEST
    if len(found) < limit:
        found += _places(db, all_of_them, search, before, limit - len(found))
    return found


def highest_place(db: Database) -> int:
    """Return the place of the newest question, 0 if there is none."""
    place: int = db.one(sql.select_highest_place)["number"]
    return place


def _places(
    db: Database, statement: Statement, search: Search, before: int, limit: int, **floor: int
) -> list[int]:
    rows = db.all(
        statement,
        match=_in_fts5(search),
        words=_in_postgres(search),
        facets=" ".join(search.facets),
        any_of=" ".join(search.any_of),
        none_of=" ".join(search.none_of),
        before=before,
        limit=limit,
        **floor,
    )
    return [row["number"] for row in rows]


def select_found_heads(db: Database, places: Iterable[int]) -> list[FoundHead]:
    """Return the least about the questions at these places, the newest first: for looking through many."""
    rows = db.all(sql.select_found_heads, places=json_text(list(places)))
    return [FoundHead(row["number"], row["question_id"], row["version_id"]) for row in rows]


def select_listed(db: Database, places: Iterable[int]) -> list[ListedQuestion]:
    """Return the questions at these places, the newest first."""
    return [_listed(row) for row in db.all(sql.select_listed, places=json_text(list(places)))]


def select_places(db: Database, question_ids: Iterable[str]) -> list[int]:
    """Return the places of these questions, the newest first; those that there are none of are left out."""
    rows = db.all(sql.select_places_of, ids=json_text(list(question_ids)))
    return [row["number"] for row in rows]


def known_count(db: Database, search: Search) -> int | None:
    """Return how many questions meet what is asked, if that is kept: of one filter at most, besides the bank.

    None if it isn't, and must be counted or estimated.
    """
    if search.is_hopeless:
        return 0
    kept = ("tag", "type", "basis", "state", "difficulty", "author")
    asked = [(name, value) for name in kept if (value := getattr(search, name))]
    if len(asked) > 1 or search.terms or search.citing:
        return None
    name, value = asked[0] if asked else ("live", "")
    rows = db.all(sql.select_kept_counts, facet=name, value=value)
    return sum(row["question_count"] for row in rows if search.looks_into(row["bank_id"]))


def estimate_matches(db: Database, search: Search, *, at_least: int) -> Total:
    """Return about how many questions meet what is asked, from a thousand that are evenly spread over all.

    at_least: so many were found; it is all that can be told where few of the thousand match.
    """
    highest = highest_place(db)
    step = max(1, highest // _SAMPLE)
    matching = _matching_among(db, search, range(step, highest + 1, step))
    if matching < _ENOUGH:
        return Total(at_least, "least")
    return Total(_rounded(max(matching * step, at_least)), "about")


def _matching_among(db: Database, search: Search, places: Iterable[int]) -> int:
    rows = db.all(sql.select_facets_at, places=json_text(list(places)))
    fitting = [row["number"] for row in rows if _has_facets(search, row["facets"])]
    if not search.terms:
        return len(fitting)
    texts = db.all(sql.select_texts_at, places=json_text(fitting))
    return sum(_holds(set(row["folded"].split()), search) for row in texts)


def _has_facets(search: Search, facets: str) -> bool:
    signs = set(facets.split())
    if not signs.issuperset(search.facets) or not signs.isdisjoint(search.none_of):
        return False
    return not search.any_of or not signs.isdisjoint(search.any_of)


def _holds(words: Collection[str], search: Search) -> bool:
    whole = search.terms[:-1] if search.is_last_begun else search.terms
    if any(term not in words for term in whole):
        return False
    return not search.is_last_begun or any(word.startswith(search.terms[-1]) for word in words)


def select_tags_of(db: Database, question_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags of each question that has some, in order."""
    tags: dict[str, list[str]] = {}
    for row in db.all(sql.select_tags_of, ids=json_text(list(question_ids))):
        tags.setdefault(row["question_id"], []).append(row["tag"])
    # Sorted here, since the two databases sort people's words by different rules.
    return {question_id: tuple(sorted(of_question)) for question_id, of_question in tags.items()}


def _in_fts5(search: Search) -> str:
    # Each term holds letters and digits alone, so the quotes can't be closed from within.
    parts = [f'"{part}"' for part in (*search.facets, *search.terms)]
    if search.is_last_begun:
        parts[-1] += "*"
    if search.any_of:
        parts.append(_one_of(search.any_of))
    wanted = " AND ".join(parts)
    return f"({wanted}) NOT {_one_of(search.none_of)}" if search.none_of else wanted


def _one_of(signs: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{sign}"' for sign in signs) + ")"


def _bank_signs(banks: Iterable[str]) -> tuple[str, ...]:
    return tuple(facet("bank", bank_id) for bank_id in sorted(banks))


def _in_postgres(search: Search) -> str:
    parts = [f"'{term}'" for term in search.terms]
    if search.is_last_begun:
        parts[-1] += ":*"
    return " & ".join(parts)


def _rounded(number: int) -> int:
    """Return the number to two figures, if the first is 1, else to one."""
    unit = 10 ** (len(str(number)) - (2 if str(number)[0] == "1" else 1))
    return round(number / unit) * unit


def _listed(row: Row) -> ListedQuestion:
    return ListedQuestion(
        question_id=row["question_id"],
        place=row["number"],
        bank_id=row["bank_id"],
        bank_title=row["bank_title"],
        version_id=row["version_id"],
        number=row["version_number"],
        state=row["state"],
        type=row["type"],
        basis=row["basis"],
        stem=row["stem"],
        difficulty=row["difficulty"],
        tags=tuple(json_from(row["tags"])),
        updated=time_from(row["updated_at"]),
    )
