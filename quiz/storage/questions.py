"""Banks, questions and their versions, as rows. What learners may see and what they may not are read apart.

A version's ask and key are plain decoded JSON here; workflows/open_question.py turns them into the type's own
values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from quiz.core.claims import Basis, Citation
from quiz.core.questions import Difficulty, PublicQuestion, QuestionKey, State, Wording
from quiz.storage.database import Database, Row, RowCountError
from quiz.storage.encoding import json_from, json_text, new_id, time_from, time_or_none, time_text
from quiz.storage.heads import upsert_heads
from quiz.storage.queries import load_queries
from quiz.storage.search import select_tags_of

sql = load_queries(__file__)

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class QuestionRow:
    """A question without its wordings. file_digest: as the file had it when last loaded, "" if from no file.

    edited: when it was changed in the pages since; a file leaves it alone then.
    """

    id: str
    bank_id: str
    difficulty: Difficulty
    tags: tuple[str, ...]
    file_digest: str
    created_by: str | None
    created: datetime
    edited: datetime | None
    retired: datetime | None


@dataclass(frozen=True)
class VersionRow:
    """A version in the list of a question's versions. created_by_name: None if it came from a file."""

    id: str
    number: int
    state: State
    type: str
    basis: Basis
    stem: str
    created: datetime
    created_by: str | None
    created_by_name: str | None


# -- what learners may see -----------------------------------------------------------------------------------


def select_public_question(db: Database, version_id: str) -> PublicQuestion:
    """Return the public half of the version. Raises RowCountError if there is none."""
    return _found(select_public_questions(db, [version_id]), version_id)


def select_public_questions(db: Database, version_ids: Iterable[str]) -> dict[str, PublicQuestion]:
    """Return the public halves by version id; ids that there are none of are left out."""
    ids = json_text(list(version_ids))
    citations = _citations(db, ids)
    return {
        row["id"]: PublicQuestion(
            version_id=row["id"],
            question_id=row["question_id"],
            number=row["number"],
            type=row["type"],
            basis=row["basis"],
            stem=row["stem"],
            ask=json_from(row["ask"]),
            citations=citations.get(row["id"], ()),
            language=row["language"],
            bank_language=row["bank_language"],
        )
        for row in db.all(sql.select_public_questions, ids=ids)
    }


def select_types(db: Database, version_ids: Iterable[str]) -> dict[str, str]:
    """Return the question type of each version; ids that there are none of are left out."""
    return {row["id"]: row["type"] for row in db.all(sql.select_types, ids=json_text(list(version_ids)))}


# -- what they may not ---------------------------------------------------------------------------------------


def select_key(db: Database, version_id: str) -> QuestionKey:
    """Return the key half of the version. Raises RowCountError if there is none."""
    return _found(select_keys(db, [version_id]), version_id)


def select_keys(db: Database, version_ids: Iterable[str]) -> dict[str, QuestionKey]:
    """Return the key halves by version id; ids that there are none of are left out."""
    rows = db.all(sql.select_keys, ids=json_text(list(version_ids)))
    return {
        r["version_id"]: QuestionKey(
            r["version_id"], json_from(r["answer_key"]), r["feedback"], tuple(json_from(r["hints"]))
        )
        for r in rows
    }


def select_wording(db: Database, version_id: str) -> Wording:
    """Return all that the version holds, for authors. Raises RowCountError if there is none."""
    row = db.one(sql.select_wording, version_id=version_id)
    return Wording(
        type=row["type"],
        basis=row["basis"],
        stem=row["stem"],
        ask=json_from(row["ask"]),
        key=json_from(row["answer_key"]),
        feedback=row["feedback"],
        citations=_citations(db, json_text([version_id])).get(version_id, ()),
        tags=select_tags_of(db, [row["question_id"]]).get(row["question_id"], ()),
        difficulty=row["difficulty"],
        hints=tuple(json_from(row["hints"])),
        language=row["language"],
    )


# -- versions ------------------------------------------------------------------------------------------------


def select_newest_ready_version_id(db: Database, question_id: str) -> str | None:
    """Return the version that is asked: the newest that is ready.

    None if there is none or the question is retired.
    """
    return select_newest_ready_version_ids(db, [question_id]).get(question_id)


def select_newest_ready_version_ids(db: Database, question_ids: Iterable[str]) -> dict[str, str]:
    """Return by question id the version that is asked; those without one and retired ones are left out."""
    rows = db.all(sql.select_newest_ready_versions, ids=json_text(list(question_ids)))
    return {row["question_id"]: row["id"] for row in rows}


def select_drawable(
    db: Database, *, bank_id: str, tag: str | None = None, without_types: Iterable[str] = ()
) -> dict[str, str]:
    """Return what a draw from the bank may give, by question id, as select_newest_ready_version_ids.

    without_types: question types that no draw gives.
    """
    without = "".join(f",{name}," for name in without_types)
    rows = db.all(sql.select_drawable, bank_id=bank_id, tag=tag or None, without=without)
    return {row["question_id"]: row["id"] for row in rows}


def select_newest_version_id(db: Database, question_id: str) -> str | None:
    """Return the newest version, drafts included; None if the question has none."""
    row = db.one_or_none(sql.select_newest_version, question_id=question_id)
    return row["id"] if row else None


def select_versions(db: Database, question_id: str) -> list[VersionRow]:
    """Return all versions of the question, newest first."""
    names = ("id", "number", "state", "type", "basis", "stem", "created_by", "created_by_name")
    return [
        VersionRow(**{name: row[name] for name in names}, created=time_from(row["created_at"]))
        for row in db.all(sql.select_versions, question_id=question_id)
    ]


def insert_version(
    db: Database, question_id: str, wording: Wording, number: int, state: State, by: str | None, now: datetime
) -> str:
    """Write a version, its key and its citations; return its id.

    The wording's ask and key must be plain JSON data.

    Raises Conflict if the number is taken or a cited claim does not exist.
    """
    version_id = new_id(now)
    db.run(
        sql.insert_version, id=version_id, question_id=question_id, number=number, state=state, type=wording.type,
        basis=wording.basis, stem=wording.stem, ask=json_text(wording.ask), language=wording.language, created_by=by,
        created_at=time_text(now),
    )  # fmt: skip
    db.run(
        sql.insert_key, version_id=version_id, answer_key=json_text(wording.key), feedback=wording.feedback,
        hints=json_text(wording.hints),
    )  # fmt: skip
    rows = [
        {"version_id": version_id, "source_id": c.source, "claim_id": c.claim, "role": c.role, "position": n}
        for n, c in enumerate(wording.citations)
    ]
    db.run_many(sql.insert_citation, rows)
    return version_id


def update_version_state(db: Database, version_id: str, state: State) -> None:
    """Change what may be done with a version: the one thing about it that can change."""
    db.run(sql.update_version_state, version_id=version_id, state=state)


# -- questions -----------------------------------------------------------------------------------------------


def select_question(db: Database, question_id: str) -> QuestionRow:
    """Return the question. Raises RowCountError if there is none."""
    row = db.one(sql.select_question, question_id=question_id)
    return _question(row, select_tags_of(db, [question_id]))


def select_question_or_none(db: Database, question_id: str) -> QuestionRow | None:
    """Return the question, or None."""
    row = db.one_or_none(sql.select_question, question_id=question_id)
    return _question(row, select_tags_of(db, [question_id])) if row else None


def select_bank_ids_of(db: Database, question_ids: Iterable[str]) -> dict[str, str]:
    """Return the bank of each question, in the order of the ids; ids that there are none of are left out."""
    ids = list(dict.fromkeys(question_ids))
    found = {row["id"]: row["bank_id"] for row in db.all(sql.select_bank_ids_of, ids=json_text(ids))}
    return {question_id: found[question_id] for question_id in ids if question_id in found}


def select_questions_of_bank(db: Database, bank_id: str) -> list[QuestionRow]:
    """Return all questions of the bank, retired ones included, by id."""
    rows = db.all(sql.select_questions_of_bank, bank_id=bank_id)
    tags = select_tags_of(db, [row["id"] for row in rows])
    return [_question(row, tags) for row in rows]


def insert_question(
    db: Database, question_id: str, bank_id: str, difficulty: Difficulty, *, by: str | None, now: datetime
) -> None:
    """Write a question without a version yet. Raises Conflict if the id is taken or there is no such bank."""
    row = {"id": question_id, "bank_id": bank_id, "difficulty": difficulty}
    db.run(sql.insert_question, **row, created_by=by, created_at=time_text(now))


def update_question_bank(db: Database, question_id: str, bank_id: str) -> None:
    """Move the question to another bank."""
    with db.atomic():
        db.run(sql.update_question_bank, question_id=question_id, bank_id=bank_id)
        upsert_heads(db, [question_id])


def update_question_difficulty(db: Database, question_id: str, difficulty: Difficulty) -> None:
    """Change how hard the question is thought to be."""
    db.run(sql.update_question_difficulty, question_id=question_id, difficulty=difficulty)


def update_question_file_digest(db: Database, question_id: str, file_digest: str) -> None:
    """Note that the question is as the file has it, and no longer edited."""
    db.run(sql.update_question_file_digest, question_id=question_id, file_digest=file_digest)


def update_question_edited(db: Database, question_id: str, now: datetime) -> None:
    """Note that the question was changed in the pages."""
    db.run(sql.update_question_edited_at, question_id=question_id, edited_at=time_text(now))


def update_question_retired(db: Database, question_id: str, now: datetime | None) -> None:
    """Retire the question, or take it back with None."""
    retired_at = time_text(now) if now else None
    with db.atomic():
        db.run(sql.update_question_retired_at, question_id=question_id, retired_at=retired_at)
        upsert_heads(db, [question_id])


def replace_tags(db: Database, question_id: str, tags: Iterable[str]) -> None:
    """Give the question these tags and no others."""
    db.run(sql.delete_tags, question_id=question_id)
    db.run_many(sql.insert_tag, [{"question_id": question_id, "tag": tag} for tag in sorted(set(tags))])


def select_tag_counts(db: Database, bank_id: str | None = None) -> dict[str, int]:
    """Return how many questions have each tag, in one bank or in all."""
    return {row["tag"]: row["question_count"] for row in db.all(sql.select_tag_counts, bank_id=bank_id)}


def _question(row: Row, tags: dict[str, tuple[str, ...]]) -> QuestionRow:
    return QuestionRow(
        id=row["id"],
        bank_id=row["bank_id"],
        difficulty=row["difficulty"],
        tags=tags.get(row["id"], ()),
        file_digest=row["file_digest"],
        created_by=row["created_by"],
        created=time_from(row["created_at"]),
        edited=time_or_none(row["edited_at"]),
        retired=time_or_none(row["retired_at"]),
    )


def _citations(db: Database, ids: str) -> dict[str, tuple[Citation, ...]]:
    citations: dict[str, tuple[Citation, ...]] = {}
    for row in db.all(sql.select_citations, ids=ids):
        cited = Citation(row["source_id"], row["claim_id"], row["role"])
        citations[row["version_id"]] = (*citations.get(row["version_id"], ()), cited)
    return citations


def _found(things: dict[str, Thing], version_id: str) -> Thing:
    if version_id not in things:
        raise RowCountError(f"no version {version_id!r}")
    return things[version_id]
