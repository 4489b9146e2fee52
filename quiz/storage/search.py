"""Finding questions by words and by what they are, a page at a time.

The text that is searched is kept folded and cut into bare words by Python, so that SQLite and PostgreSQL,
which cut text differently, see the same words; the words that somebody types go the same way, so nothing they
type is syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quiz.core.text_folding import fold_for_search
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_text, time_from
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 20


@dataclass(frozen=True)
class ListedQuestion:
    """A question as a list shows it: its newest version.

    state: "retired" if the question is, whatever its version.
    """

    question_id: str
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


def prepare_search(db: Database) -> None:
    """Make question_texts findable by words; does nothing if it is. Part of every migration."""
    db.index_words("question_texts", "folded")


def search_questions(
    db: Database,
    *,
    words: str = "",
    bank: str | None = None,
    tag: str | None = None,
    type: str | None = None,
    basis: str | None = None,
    state: str | None = None,
    after: str = "",
    limit: int = 50,
) -> list[ListedQuestion]:
    """Return up to ``limit`` questions that meet all that is asked, by id, those after the id ``after``.

    words: as typed; all must occur, the last may be the beginning of one. "" or blanks ask for none; typed
    signs that hold no word find nothing. state: of the newest version, or "retired"; None for all but retired
    ones.
    """
    filters = {
        "bank": bank,
        "tag": tag,
        "type": type,
        "basis": basis,
        "state": state,
        "after": after,
        "limit": limit,
    }
    if not words.strip():
        rows = db.all(sql.select_listed, **filters)
    elif terms := words_of(words)[:_MOST_WORDS]:
        rows = db.all(sql.select_listed_with_words, match=_match(terms, db.dialect), **filters)
    else:
        rows = []
    tags = select_tags_of(db, [row["question_id"] for row in rows])
    return [_listed(row, tags) for row in rows]


def words_of(text: str) -> list[str]:
    """Return the folded words of the text, in order, without any sign between them."""
    return _WORD.findall(fold_for_search(text))


def upsert_question_text(db: Database, question_id: str, texts: Iterable[str]) -> None:
    """Let the question be found by these texts, and by no others."""
    folded = " ".join(word for text in texts for word in words_of(text))
    db.run(sql.upsert_question_text, question_id=question_id, folded=folded)


def select_tags_of(db: Database, question_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags of each question that has some, in order."""
    tags: dict[str, list[str]] = {}
    for row in db.all(sql.select_tags_of, ids=json_text(list(question_ids))):
        tags.setdefault(row["question_id"], []).append(row["tag"])
    # Sorted here, since the two databases sort people's words by different rules.
    return {question_id: tuple(sorted(of_question)) for question_id, of_question in tags.items()}


def _match(terms: list[str], dialect: str) -> str:
    # Each term holds letters and digits alone, so the quotes can't be closed from within.
    if dialect == "sqlite":
        return " ".join(f'"{term}"' for term in terms) + "*"
    return " & ".join(f"'{term}'" for term in terms) + ":*"


def _listed(row: Row, tags: dict[str, tuple[str, ...]]) -> ListedQuestion:
    return ListedQuestion(
        question_id=row["question_id"],
        bank_id=row["bank_id"],
        bank_title=row["bank_title"],
        version_id=row["version_id"],
        number=row["number"],
        state="retired" if row["retired_at"] else row["state"],
        type=row["type"],
        basis=row["basis"],
        stem=row["stem"],
        difficulty=row["difficulty"],
        tags=tags.get(row["question_id"], ()),
        updated=time_from(row["updated_at"]),
    )
