"""Take an import back: what it added goes away, what it updated gets its old wording again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from quiz.core.lint import Ignore
from quiz.core.messages import N_, Explained
from quiz.storage.database import Conflict, Database, RowCountError
from quiz.storage.heads import delete_heads, upsert_heads
from quiz.storage.imports import (
    ImportHead,
    ImportRow,
    Outcome,
    StoredQuestion,
    delete_questions,
    select_ignores_of,
    select_import_or_none,
    select_in_use,
    select_rows_at_work,
    select_stored,
    update_outcomes,
    update_undone,
)
from quiz.storage.linting import replace_ignores
from quiz.storage.questions import select_versions, update_question_retired
from quiz.storage.search import select_tags_of
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.open_question import open_wording
from quiz.workflows.plan_import import UNDOABLE
from quiz.workflows.save_question import write_version


class NotUndoable(Explained):
    """The import can't be taken back: it was never confirmed, or too long ago."""


def undo_import(db: Database, import_id: str, *, by: str | None, now: datetime) -> ImportHead:
    """Take the import back in one transaction; return it as it is then. Its rows tell what had to stay.

    A question that was added is deleted; one that a quiz or an attempt holds is retired instead. A question that
    was updated gets its old wording as a new version. What somebody has edited since stays as it is. An import that
    is undone already is returned as it is. Raises NotUndoable, and RowCountError if there is no such import.
    """
    with db.atomic():
        head = select_import_or_none(db, import_id)
        if head is None:
            raise RowCountError(f"no import {import_id!r}")
        if head.state == "undone":
            return head
        if head.state != "done" or head.confirmed is None:
            raise NotUndoable(N_("this import was never confirmed, so there is nothing to undo"))
        if now - head.confirmed > UNDOABLE:
            raise NotUndoable(
                N_("an import can be undone for {days} days, and this one is older"), days=UNDOABLE.days
            )
        for rows in _chunks(db, import_id, "add"):
            update_outcomes(db, import_id, _take_out(db, rows, now))
        for rows in _chunks(db, import_id, "update"):
            update_outcomes(db, import_id, _put_back(db, rows, by, now))
        update_undone(db, import_id, now=now)
        if head.bank_id:
            log_bank_change(db, head.bank_id, "import_undone", by=by, now=now, file=head.file_name)
        return replace(head, state="undone", undone=now)


def is_undoable(head: ImportHead, *, now: datetime) -> bool:
    """Tell whether the import may still be taken back."""
    return head.state == "done" and head.confirmed is not None and now - head.confirmed <= UNDOABLE


def _chunks(db: Database, import_id: str, action: Any) -> Iterator[Sequence[ImportRow]]:
    after = 0
    while rows := select_rows_at_work(db, import_id, action, after=after):
        yield rows
        after = rows[-1].position


# -- what was added ------------------------------------------------------------------------------------------


def _take_out(db: Database, rows: Sequence[ImportRow], now: datetime) -> dict[int, Outcome]:
    stored = select_stored(db, [row.question_id for row in rows])
    used = select_in_use(db, stored)
    untouched = _untouched(db, rows, stored)
    outcomes: dict[int, Outcome] = {}
    going: list[ImportRow] = []
    for row in rows:
        if row.question_id not in stored:
            outcomes[row.position] = "undone"
        elif row.question_id in used:
            outcomes[row.position] = _retire(db, row.question_id, now)
        elif row.position in untouched:
            going.append(row)
        else:
            outcomes[row.position] = "kept"
    return outcomes | _delete(db, going, now)


def _delete(db: Database, rows: Sequence[ImportRow], now: datetime) -> dict[int, Outcome]:
    """Delete the questions; those that something else points to are retired."""
    try:
        with db.atomic():
            delete_heads(db, [row.question_id for row in rows])
            delete_questions(db, [row.question_id for row in rows])
    except Conflict:
        if len(rows) == 1:
            return {rows[0].position: _retire(db, rows[0].question_id, now)}
        half = len(rows) // 2
        return _delete(db, rows[:half], now) | _delete(db, rows[half:], now)
    return {row.position: "undone" for row in rows}


def _retire(db: Database, question_id: str, now: datetime) -> Outcome:
    update_question_retired(db, question_id, now)
    upsert_heads(db, [question_id])
    return "retired"


# -- what was updated ----------------------------------------------------------------------------------------


def _put_back(db: Database, rows: Sequence[ImportRow], by: str | None, now: datetime) -> dict[int, Outcome]:
    stored = select_stored(db, [row.question_id for row in rows])
    untouched = _untouched(db, rows, stored)
    outcomes: dict[int, Outcome] = {}
    for row in rows:
        if row.position in untouched:
            _write_old(db, row, by, now)
        outcomes[row.position] = "undone" if row.position in untouched else "kept"
    return outcomes


def _write_old(db: Database, row: ImportRow, by: str | None, now: datetime) -> None:
    state = next(v.state for v in select_versions(db, row.question_id) if v.id == row.based_on)
    wording = replace(
        open_wording(db, row.based_on),
        tags=tuple(row.before["tags"]),
        difficulty=row.before["difficulty"],
    )
    write_version(db, row.question_id, wording, state=state, by=by, now=now)
    ignores = [Ignore(*pair) for pair in row.before["ignores"]]
    replace_ignores(db, row.question_id, ignores, by=by, now=now)


def _untouched(db: Database, rows: Sequence[ImportRow], stored: Mapping[str, StoredQuestion]) -> set[int]:
    """Return the positions of the rows whose questions are still as the import left them."""
    tags = select_tags_of(db, stored)
    ignores = select_ignores_of(db, stored)
    untouched = set()
    for row in rows:
        question = stored.get(row.question_id)
        if question is None or question.newest_id != (row.version_id or row.based_on):
            continue
        labels = {
            "tags": sorted(tags.get(question.id, ())),
            "difficulty": question.difficulty,
            "ignores": [[ignore.rule, ignore.reason] for ignore in ignores.get(question.id, ())],
        }
        if labels == row.after:
            untouched.add(row.position)
    return untouched
