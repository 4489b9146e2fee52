"""Changes to many questions at once, as rows: what was asked for, and each thing that it changed, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_or_none, time_text
from quiz.storage.heads import upsert_heads_without_texts
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

Kind = Literal["tag", "move", "retire", "restore", "add_to_quiz", "merge"]
Aspect = Literal["tags", "bank", "retired", "slot"]


@dataclass(frozen=True)
class Change:
    """One thing that changes. subject: a question's id; of a slot, its quiz's and its own. before, after: plain data.

    tags: lists. bank: ids. retired: true or false. slot: what the place holds, None if there is none.
    """

    aspect: Aspect
    subject: str
    before: Any
    after: Any


@dataclass(frozen=True)
class BulkChange:
    """What somebody did to many questions. kept: what an undo left alone, since it had been changed again."""

    id: str
    kind: Kind
    settings: Mapping[str, Any]
    questions: int
    made_by: str
    made: datetime
    undone: datetime | None = None
    kept: int = 0


@dataclass(frozen=True)
class HeldSlot:
    """A place of a draft or an open quiz that asks a question. version_id: None if it follows the newest."""

    class_id: str
    quiz_id: str
    id: str
    question_id: str
    version_id: str | None
    points: float
    position: int
    section_id: str
    is_pinned: bool
    quiz_state: str
    quiz_title: str


def insert_bulk_change(db: Database, change: BulkChange, changes: Iterable[Change]) -> None:
    """Raises Conflict if there is one of that id."""
    db.run(
        sql.insert_bulk_change, id=change.id, kind=change.kind, settings=json_text(dict(change.settings)),
        question_count=change.questions, made_by=change.made_by, made_at=time_text(change.made),
    )  # fmt: skip
    rows = [
        {
            "change_id": change.id,
            "aspect": one.aspect,
            "subject": one.subject,
            "before": json_text(one.before),
            "after": json_text(one.after),
        }
        for one in changes
    ]
    db.run_many(sql.insert_bulk_row, rows)


def update_undone(db: Database, change: BulkChange, *, kept: int, by: str, now: datetime) -> None:
    db.run(sql.update_undone, id=change.id, undone_at=time_text(now), undone_by=by, kept_count=kept)


def select_bulk_change_or_none(db: Database, change_id: str) -> BulkChange | None:
    row = db.one_or_none(sql.select_bulk_change, id=change_id)
    return _bulk_change(row) if row else None


def select_bulk_changes_by(
    db: Database, person_id: str, *, before: str = "", limit: int = 25
) -> list[BulkChange]:
    """Return what the person did, the last first. before: the change behind which to begin, "" for the last."""
    rows = db.all(sql.select_bulk_changes_by, person_id=person_id, before=before or "~", limit=limit)
    return [_bulk_change(row) for row in rows]


def select_changes(db: Database, change: BulkChange, *, limit: int | None = None) -> list[Change]:
    """Return what it changed: everything, or the first so many."""
    if limit is None:
        rows = db.all(sql.select_bulk_rows, change_id=change.id)
    else:
        rows = db.all(sql.select_some_bulk_rows, change_id=change.id, limit=limit)
    return [
        Change(row["aspect"], row["subject"], json_from(row["before"]), json_from(row["after"]))
        for row in rows
    ]


def select_held_slots(db: Database, question_ids: Iterable[str]) -> list[HeldSlot]:
    """Return the places of quizzes, drafts and open ones, that ask one of these questions."""
    rows = db.all(sql.select_slots_of_questions, ids=json_text(list(question_ids)))
    return [HeldSlot(**{**dict(row), "is_pinned": bool(row["is_pinned"])}) for row in rows]


def update_slot_questions(db: Database, slots: Iterable[Mapping[str, Any]]) -> None:
    """Let places ask other questions. slots: class_id, quiz_id, id, question_id, version_id of each."""
    names = ("class_id", "quiz_id", "id", "question_id", "version_id")
    db.run_many(sql.update_slot_question, [{name: slot[name] for name in names} for slot in slots])


def update_many_questions(db: Database, changes: Sequence[Change], now: datetime) -> None:
    """Bring tags, banks and retirements to what the changes have after; other aspects are left out.

    Belongs inside atomic(); heads.finish_texts belongs after it.
    """
    at = time_text(now)
    tags = [change for change in changes if change.aspect == "tags"]
    gone = [{"question_id": c.subject, "tag": t} for c in tags for t in sorted({*c.before} - {*c.after})]
    new = [{"question_id": c.subject, "tag": t} for c in tags for t in sorted({*c.after} - {*c.before})]
    moved = [
        {"question_id": c.subject, "bank_id": c.after, "edited_at": at} for c in changes if c.aspect == "bank"
    ]
    retired = [
        {"question_id": c.subject, "retired_at": at if c.after else None}
        for c in changes
        if c.aspect == "retired"
    ]
    db.run_many(sql.delete_tag, gone)
    db.run_many(sql.insert_tag, new)
    # So that a bank's file does not take it back.
    db.run_many(sql.update_edited, [{"question_id": c.subject, "edited_at": at} for c in tags])
    db.run_many(sql.update_bank, moved)
    db.run_many(sql.update_retired, retired)
    upsert_heads_without_texts(db, [change.subject for change in changes if change.aspect != "slot"])


def _bulk_change(row: Row) -> BulkChange:
    return BulkChange(
        id=row["id"],
        kind=row["kind"],
        settings=json_from(row["settings"]),
        questions=row["question_count"],
        made_by=row["made_by"],
        made=time_from(row["made_at"]),
        undone=time_or_none(row["undone_at"]),
        kept=row["kept_count"],
    )
