"""The head of each question: what lists, filters and searches know of it, in one narrow row, with its facets.

Heads follow from the other tables and hold nothing of their own: whoever has written anything about questions calls
``upsert_heads`` in the same transaction, for one question or for many.

A facet is something that is filtered by ("type numeric", "tag bridges"), as a sign that no text can hold. SQLite's
index of words holds the signs beside the words, so that every filter, alone or with others and with words, is
answered by walking its lists in step, newest question first; PostgreSQL has an index of them of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2s
from typing import Any

from quiz.core.likeness import sketch_of
from quiz.core.searched_words import words_of
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

AT_ONCE = 500
_AT_ONCE_AFTERWARDS = 250

_Places = tuple[str, str, str]
"""Bank, facet, value: what question_counts counts."""

# Of Unicode's private letters: SQLite's index takes it for a letter, and words_of never leaves it in.
_SIGN = "\ue000"


def upsert_heads(db: Database, question_ids: Iterable[str]) -> None:
    """Bring the heads of these questions up to date with all that is stored about them.

    Questions without a version have no head yet. Reads and writes in batches; the caller holds the transaction.
    """
    _upsert_all(db, question_ids, with_texts=True)


def upsert_heads_without_texts(db: Database, question_ids: Iterable[str]) -> None:
    """As upsert_heads, but leave the index of words for ``finish_texts``, which has to be called after the transaction.

    For changes to very many: the index takes most of the time, and nobody else can write until a transaction ends.
    Until then lists show the questions as they are, but filters and words find them as they were.
    """
    _upsert_all(db, question_ids, with_texts=False)


def finish_texts(db: Database) -> None:
    """Bring the index of words up to date with all heads that it lags behind, a few in each transaction."""
    while ids := [row["question_id"] for row in db.all(sql.select_due, limit=_AT_ONCE_AFTERWARDS)]:
        upsert_heads(db, ids)


def upsert_missing_heads(db: Database) -> None:
    """Make the heads of questions from before there were any. In order, so that the last one tells if all is done."""
    finish_texts(db)
    if db.one_or_none(sql.select_last_headless) is None:
        return
    number = 0
    while rows := db.all(sql.select_headless, after=number, limit=AT_ONCE):
        upsert_heads(db, [row["question_id"] for row in rows])
        number = rows[-1]["number"]


def delete_heads(db: Database, question_ids: Iterable[str]) -> None:
    """Forget the heads of questions that are about to be deleted."""
    ids = list(dict.fromkeys(question_ids))
    for start in range(0, len(ids), AT_ONCE):
        part = json_text(ids[start : start + AT_ONCE])
        with db.atomic():
            _count(db, [], db.all(sql.select_heads, ids=part))
            db.run(sql.delete_texts, ids=part)
            db.run(sql.delete_heads, ids=part)


@lru_cache(maxsize=8192)
def facet(name: str, value: str = "") -> str:
    """Return the sign of a facet: facet("type", "numeric"). "live" of a question that is not retired has no value."""
    return _SIGN + blake2s(f"{name}:{value}".encode(), digest_size=6).hexdigest()


def _upsert_all(db: Database, question_ids: Iterable[str], *, with_texts: bool) -> None:
    ids = list(dict.fromkeys(question_ids))
    for start in range(0, len(ids), AT_ONCE):
        with db.atomic():
            _upsert(db, ids[start : start + AT_ONCE], with_texts=with_texts)


def _upsert(db: Database, ids: Sequence[str], *, with_texts: bool) -> None:
    wanted = json_text(ids)
    db.all(sql.hold_questions, ids=wanted)
    place = {question_id: n for n, question_id in enumerate(ids)}
    rows = sorted(db.all(sql.select_what_heads_say, ids=wanted), key=lambda row: place[row["question_id"]])
    tags = _gathered(db.all(sql.select_tags, ids=wanted), "question_id", lambda row: row["tag"])
    versions = json_text([row["version_id"] for row in rows])
    cited = _gathered(
        db.all(sql.select_cited, ids=versions), "version_id", lambda r: (r["source_id"], r["claim_id"])
    )
    before = {row["question_id"]: row for row in db.all(sql.select_heads, ids=wanted)}
    numbers = _numbers(db, {row["question_id"]: row["number"] for row in rows})
    heads, texts = [], []
    for row in rows:
        question_id = row["question_id"]
        of_question = sorted(tags.get(question_id, ()))
        claims = cited.get(row["version_id"], ())
        asked = _words_asked(row)
        # The text of a new question is where its number is kept.
        is_due = not with_texts and row["number"] is not None
        heads.append(_head(row, numbers[question_id], of_question, asked) | {"is_text_due": is_due})
        if not is_due:
            texts.append(_text(row, numbers[question_id], of_question, claims, asked))
    db.run_many(sql.upsert_text, texts)
    db.run_many(sql.upsert_head, heads)
    _count(db, heads, [before[head["question_id"]] for head in heads if head["question_id"] in before])


def _head(row: Row, number: int, tags: Sequence[str], asked: Sequence[str]) -> dict[str, Any]:
    names = (
        "question_id", "bank_id", "version_id", "version_number", "type", "basis", "difficulty", "created_by",
        "updated_at",
    )  # fmt: skip
    own = {"number": number, "state": _state(row), "tags": json_text(tags), "sketch": sketch_of(asked)}
    return {name: row[name] for name in names} | own


def _text(
    row: Row, number: int, tags: Sequence[str], claims: Collection[tuple[str, str]], asked: Sequence[str]
) -> dict[str, Any]:
    answered = texts_in([json_from(row["answer_key"]), json_from(row["hints"])])
    cited = (f"{source} {claim}" for source, claim in claims)
    told = words_of(" ".join([row["question_id"], row["feedback"], *tags, *cited, *answered]))
    return {
        "number": number,
        "question_id": row["question_id"],
        "folded": " ".join([*asked, *told]),
        "facets": " ".join(_facets(row, tags, claims)),
    }


def _words_asked(row: Row) -> list[str]:
    """Return the words that a learner meets."""
    return words_of(" ".join([row["stem"], *texts_in(json_from(row["ask"]))]))


def _facets(row: Row, tags: Iterable[str], claims: Iterable[tuple[str, str]]) -> Iterator[str]:
    state = _state(row)
    if state != "retired":
        yield facet("live")
    yield facet("state", state)
    for name in ("type", "basis", "difficulty"):
        yield facet(name, row[name])
    yield facet("bank", row["bank_id"])
    yield facet("author", row["created_by"] or "")
    yield from (facet("tag", tag) for tag in tags)
    for source, claim in claims:
        yield facet("cites", claim)
        yield facet("cites", f"{source}/{claim}")


def _state(row: Row) -> str:
    return "retired" if row["retired_at"] else str(row["state"])


def _numbers(db: Database, known: Mapping[str, int | None]) -> dict[str, int]:
    """Return a number for each question; those without one get the next after the highest that was given."""
    numbers = {question_id: number for question_id, number in known.items() if number is not None}
    if new := [question_id for question_id in known if question_id not in numbers]:
        # Two who write at once would else take the same numbers.
        db.all(sql.hold_numbers)
        first = db.one(sql.select_highest_number)["number"] + 1
        numbers |= {question_id: first + n for n, question_id in enumerate(new)}
    return numbers


def _count(db: Database, after: Iterable[Mapping[str, Any]], before: Iterable[Mapping[str, Any]]) -> None:
    change: Counter[_Places] = Counter()
    for heads, by in ((after, 1), (before, -1)):
        for head in heads:
            for place in _counted(head):
                change[place] += by
    # In one order for all, so that two writers can't wait for one another.
    rows = [
        {"bank_id": place[0], "facet": place[1], "value": place[2], "by": change[place]}
        for place in sorted(change)
        if change[place]
    ]
    if rows:
        db.run_many(sql.upsert_count, rows)


def _counted(head: Mapping[str, Any]) -> Iterator[_Places]:
    bank_id = head["bank_id"]
    yield bank_id, "state", head["state"]
    if head["state"] == "retired":
        return
    yield bank_id, "live", ""
    for name in ("type", "basis", "difficulty"):
        yield bank_id, name, head[name]
    yield bank_id, "author", head["created_by"] or ""
    for tag in json_from(head["tags"]):
        yield bank_id, "tag", tag


def _gathered(rows: Iterable[Row], name: str, what: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(what(row))
    return found


def texts_in(plain: Any) -> Iterator[str]:
    """Give every text in the plain data; ids, which nobody reads, are left out."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for name, value in plain.items():
            if name != "id":
                yield from texts_in(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from texts_in(value)
