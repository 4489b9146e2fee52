"""Imports, as rows: what a file would do to a bank, what it did, and how to take it back.

What is to be written lies in import_wordings in the shape of the tables of questions, so that confirming a hundred
thousand questions is a handful of INSERT … SELECT: learners' saves wait no longer than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from quiz.core.import_report import Action, Message, Status, message_from_plain
from quiz.core.lint import Ignore
from quiz.core.pictures import Picture
from quiz.core.questions import Difficulty, State, Wording
from quiz.storage.database import Database, Row
from quiz.storage.encoding import json_from, json_text, time_from, time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

ImportState = Literal["checking", "checked", "done", "undone"]
Outcome = Literal["", "changed", "undone", "kept", "retired"]
"""changed: somebody was faster, so nothing was written. kept, retired: what undoing had to leave."""

_AT_ONCE = 500
_END_OF_TIME = "9999"


@dataclass(frozen=True)
class ImportHead:
    """An import in a list. bank_id: None while the bank is still to be made. made_by: None at the prompt.

    counts: how many rows have which status, and how many of those have which action. size: of the file, in bytes.
    bank_moment: changes with every other import of the bank.
    """

    id: str
    bank_id: str | None
    bank_title: str
    new_bank_language: str
    file_name: str
    file_size: int
    digest: str
    format: str
    state: ImportState
    counts: Mapping[str, int]
    bank_moment: str
    made_by: str | None
    made: datetime
    confirmed: datetime | None = None
    undone: datetime | None = None


@dataclass(frozen=True)
class ImportRow:
    """One question of the file, as the report tells it.

    line: None where the format has none. based_on: its newest version at the check, "" for a new question.
    version_id: the version to be written, "" if none is. before, after: what belongs to the question itself.
    """

    position: int
    line: int | None
    action: Action
    status: Status
    question_id: str
    title: str
    messages: tuple[Message, ...] = ()
    based_on: str = ""
    version_id: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome = ""


@dataclass(frozen=True)
class StagedWording:
    """What a row writes. wording: its ask and key are plain JSON data. outside_id: what others call the question."""

    wording: Wording
    state: State
    outside_id: str = ""
    ignores: tuple[Ignore, ...] = ()


@dataclass(frozen=True)
class StoredQuestion:
    """A question that a file may be about. version_id: the one that files hold; newest_id may be a later draft."""

    id: str
    bank_id: str
    difficulty: Difficulty
    retired: bool
    newest_id: str
    newest_state: State
    version_id: str


# -- writing what was checked --------------------------------------------------------------------------------


def insert_import(db: Database, head: ImportHead, *, new_bank_title: str, content: bytes | None) -> None:
    """Write the import's own row, and the file if it is to be kept. Raises Conflict if the id is taken."""
    row = asdict(head)
    names = (
        "id",
        "bank_id",
        "new_bank_language",
        "file_name",
        "file_size",
        "digest",
        "format",
        "bank_moment",
        "made_by",
    )
    db.run(
        sql.insert_import,
        **{name: row[name] for name in names},
        new_bank_title=new_bank_title,
        counts=json_text(dict(head.counts)),
        made_at=time_text(head.made),
    )
    if content is not None:
        db.run(sql.insert_file, import_id=head.id, content=content)


def insert_rows(db: Database, import_id: str, rows: Sequence[tuple[ImportRow, StagedWording | None]]) -> None:
    """Write rows of the report with what they will write."""
    db.run_many(sql.insert_row, [_row_to_write(import_id, row) for row, _ in rows])
    staged = [(row, staged) for row, staged in rows if staged is not None]
    db.run_many(sql.insert_wording, [_wording_to_write(import_id, row, staged) for row, staged in staged])


def insert_pictures(db: Database, import_id: str, pictures: Iterable[Picture]) -> None:
    """Keep the pictures that came along; each once."""
    db.run_many(sql.insert_picture, [asdict(picture) | {"import_id": import_id} for picture in pictures])


# -- reading -------------------------------------------------------------------------------------------------


def select_import_or_none(db: Database, import_id: str) -> ImportHead | None:
    """Return the import, or None."""
    row = db.one_or_none(sql.select_import, import_id=import_id)
    return _head(row) if row else None


def select_imports(
    db: Database, person_id: str | None, *, before: datetime | None = None, limit: int = 50
) -> list[ImportHead]:
    """Return the imports of a person and those made at the prompt, the newest first. before: made earlier than that."""
    moment = time_text(before) if before else _END_OF_TIME
    return [_head(row) for row in db.all(sql.select_imports, person_id=person_id, before=moment, limit=limit)]


def select_imports_of_file(db: Database, digest: str, *, but: str) -> list[ImportHead]:
    """Return the last imports of the same bytes, the newest first. but: the id of one to leave out."""
    return [_head(row) for row in db.all(sql.select_imports_of_file, digest=digest, import_id=but)]


def select_bank_moment(db: Database, bank_id: str | None) -> str:
    """Return what changes with every import that is confirmed or undone in the bank."""
    row = db.one(sql.select_bank_moment, bank_id=bank_id or "")
    return f"{row['done_count']}/{row['undone_count']}"


def select_file(db: Database, import_id: str) -> bytes | None:
    """Return the file, None if it was not kept or is gone."""
    row = db.one_or_none(sql.select_file, import_id=import_id)
    return bytes(row["content"]) if row else None


def select_rows(
    db: Database, import_id: str, *, status: str = "", after: int = 0, limit: int = 100
) -> list[ImportRow]:
    """Return rows of the report in order, those behind the position ``after``. status: "" for all."""
    found = db.all(sql.select_rows, import_id=import_id, status=status, after=after, limit=limit)
    return [_row(row) for row in found]


def select_rows_at_work(
    db: Database, import_id: str, action: Action, *, after: int, limit: int = _AT_ONCE
) -> list[ImportRow]:
    """Return the rows with that action whose effect stands, those behind the position ``after``."""
    found = db.all(sql.select_rows_at_work, import_id=import_id, action=action, after=after, limit=limit)
    return [_row(row) for row in found]


def select_outcomes(db: Database, import_id: str) -> dict[tuple[str, str], int]:
    """Return how many rows have which action and outcome."""
    rows = db.all(sql.select_outcomes, import_id=import_id)
    return {(row["action"], row["outcome"]): row["row_count"] for row in rows}


def select_pictures(db: Database, import_id: str) -> list[Picture]:
    """Return the pictures that came with the file and are not stored yet."""
    names = ("id", "media_type", "width", "height")
    rows = db.all(sql.select_pictures, import_id=import_id)
    return [Picture(**{name: row[name] for name in names}, data=bytes(row["data"])) for row in rows]


def select_staged_ignores(db: Database, import_id: str) -> dict[str, tuple[Ignore, ...]]:
    """Return the reasons that came along for what lint finds, by question id."""
    rows = db.all(sql.select_ignores, import_id=import_id)
    return {row["question_id"]: tuple(Ignore(*pair) for pair in json_from(row["ignores"])) for row in rows}


def select_written_questions(db: Database, import_id: str) -> list[str]:
    """Return the ids of the questions that the import adds or updates, in the file's order."""
    return [row["question_id"] for row in db.all(sql.select_written, import_id=import_id)]


def select_outdated(
    db: Database, *, checked_before: datetime, confirmed_before: datetime
) -> dict[str, ImportState]:
    """Return the imports, with their state, that have waited too long or can be undone no more."""
    times = {"checked_before": time_text(checked_before), "confirmed_before": time_text(confirmed_before)}
    return {row["id"]: row["state"] for row in db.all(sql.select_outdated, **times)}


# -- the questions that files are about ----------------------------------------------------------------------


def select_stored(db: Database, question_ids: Iterable[str]) -> dict[str, StoredQuestion]:
    """Return those of the questions that there are, by id, of whatever bank."""
    return {
        row["id"]: StoredQuestion(
            row["id"], row["bank_id"], row["difficulty"], bool(row["retired_at"]), row["newest_id"],
            row["newest_state"], row["version_id"],
        )
        for row in db.all(sql.select_stored, ids=json_text(list(question_ids)))
    }  # fmt: skip


def select_question_ids(db: Database, bank_id: str) -> Iterator[list[str]]:
    """Give the ids of all the bank's questions, some at a time, retired ones included."""
    after = ""
    while rows := db.all(sql.select_question_ids, bank_id=bank_id, after=after, limit=_AT_ONCE):
        yield [row["id"] for row in rows]
        after = rows[-1]["id"]


def select_origins(db: Database, bank_id: str | None, outside_ids: Iterable[str]) -> dict[str, str]:
    """Return the bank's questions that other systems call so."""
    rows = db.all(sql.select_origins, bank_id=bank_id or "", ids=json_text(list(outside_ids)))
    return {row["outside_id"]: row["question_id"] for row in rows}


def select_in_use(db: Database, question_ids: Iterable[str]) -> set[str]:
    """Return those of the questions that a quiz holds or that somebody has been asked."""
    return {row["id"] for row in db.all(sql.select_in_use, ids=json_text(list(question_ids)))}


def select_ignores_of(db: Database, question_ids: Iterable[str]) -> dict[str, tuple[Ignore, ...]]:
    """Return what is ignored in the questions, by question id and by rule; those without are left out."""
    found: dict[str, list[Ignore]] = {}
    for row in db.all(sql.select_ignores_of, ids=json_text(list(question_ids))):
        found.setdefault(row["question_id"], []).append(Ignore(row["rule"], row["reason"]))
    return {i: tuple(sorted(ignores, key=lambda ignore: ignore.rule)) for i, ignores in found.items()}


# -- confirming and undoing ----------------------------------------------------------------------------------


def update_overtaken(db: Database, import_id: str) -> None:
    """Note the rows whose questions somebody has made or edited since the check; they write nothing."""
    db.run(sql.update_added_meanwhile, import_id=import_id)
    db.run(sql.update_edited_meanwhile, import_id=import_id)


def insert_staged_questions(
    db: Database, import_id: str, bank_id: str, *, by: str | None, now: datetime
) -> None:
    """Write all that the import adds and updates; heads, pictures and reasons for lint are the caller's."""
    made = {"import_id": import_id, "made_by": by, "now": time_text(now)}
    db.run(sql.insert_questions, bank_id=bank_id, **made)
    db.run(sql.insert_versions, **made)
    for statement in (sql.insert_keys, sql.insert_citations, sql.delete_tags_of_updated, sql.insert_tags):
        db.run(statement, import_id=import_id)
    db.run(sql.update_updated_questions, import_id=import_id, now=time_text(now))
    db.run(sql.upsert_origins, import_id=import_id, bank_id=bank_id)


def update_checked(db: Database, import_id: str, counts: Mapping[str, int]) -> None:
    """Note that all rows of the import are there."""
    db.run(sql.update_checked, import_id=import_id, counts=json_text(dict(counts)))


def update_done(
    db: Database, import_id: str, bank_id: str, counts: Mapping[str, int], *, now: datetime
) -> None:
    """Note that the import is done, and let go of the file and of what has been written."""
    db.run(
        sql.update_done,
        import_id=import_id,
        bank_id=bank_id,
        counts=json_text(dict(counts)),
        now=time_text(now),
    )
    for statement in (sql.delete_wordings, sql.delete_pictures, sql.delete_file):
        db.run(statement, import_id=import_id)


def update_undone(db: Database, import_id: str, *, now: datetime) -> None:
    """Note that the import was undone."""
    db.run(sql.update_undone, import_id=import_id, now=time_text(now))


def update_outcomes(db: Database, import_id: str, outcomes: Mapping[int, Outcome]) -> None:
    """Note what became of rows, by position."""
    rows = [{"import_id": import_id, "position": n, "outcome": outcome} for n, outcome in outcomes.items()]
    db.run_many(sql.update_outcome, rows)


def delete_import(db: Database, import_id: str) -> None:
    """Forget an import that was never confirmed."""
    delete_report(db, import_id)
    db.run(sql.delete_import, import_id=import_id)


def delete_report(db: Database, import_id: str) -> None:
    """Forget what the import held, row by row; that it was made stays known."""
    for statement in (sql.delete_wordings, sql.delete_pictures, sql.delete_file, sql.delete_rows):
        db.run(statement, import_id=import_id)


def delete_questions(db: Database, question_ids: Iterable[str]) -> None:
    """Delete questions with all their versions. Raises Conflict if anything else still points to one.

    Their heads are the caller's.
    """
    ids = json_text(list(question_ids))
    for statement in (
        sql.delete_origins_of,
        sql.delete_ignores_of,
        sql.delete_tags_of,
        sql.delete_citations_of,
        sql.delete_keys_of,
        sql.delete_versions_of,
        sql.delete_questions,
    ):
        db.run(statement, ids=ids)


# -- rows as values ------------------------------------------------------------------------------------------


def _row_to_write(import_id: str, row: ImportRow) -> dict[str, Any]:
    names = ("position", "line", "action", "status", "question_id", "title", "based_on", "version_id")
    return {name: getattr(row, name) for name in names} | {
        "import_id": import_id,
        "messages": _list_text([message.to_plain() for message in row.messages]),
        "before": json_text(dict(row.before)) if row.before else "{}",
        "after": json_text(dict(row.after)),
    }


def _wording_to_write(import_id: str, row: ImportRow, staged: StagedWording) -> dict[str, Any]:
    wording = staged.wording
    names = ("difficulty", "type", "basis", "language", "stem", "feedback")
    return {name: getattr(wording, name) for name in names} | {
        "import_id": import_id,
        "position": row.position,
        "outside_id": staged.outside_id,
        "state": staged.state,
        "tags": json_text(sorted(set(wording.tags))),
        "ask": json_text(wording.ask),
        "answer_key": json_text(wording.key),
        "hints": _list_text(wording.hints),
        "citations": _list_text([[c.source, c.claim, c.role] for c in wording.citations]),
        "ignores": _list_text([[ignore.rule, ignore.reason] for ignore in staged.ignores]),
    }


def _list_text(values: Sequence[Any]) -> str:
    # Most of these are empty, and there may be a hundred thousand of them.
    return json_text(values) if values else "[]"


def _head(row: Row) -> ImportHead:
    names = (
        "id", "bank_id", "bank_title", "new_bank_language", "file_name", "file_size", "digest", "format", "state",
        "bank_moment", "made_by",
    )  # fmt: skip
    return ImportHead(
        **{name: row[name] for name in names},
        counts=json_from(row["counts"]),
        made=time_from(row["made_at"]),
        confirmed=time_or_none(row["confirmed_at"]),
        undone=time_or_none(row["undone_at"]),
    )


def _row(row: Row) -> ImportRow:
    names = (
        "position",
        "line",
        "action",
        "status",
        "question_id",
        "title",
        "based_on",
        "version_id",
        "outcome",
    )
    return ImportRow(
        **{name: row[name] for name in names},
        messages=tuple(message_from_plain(plain) for plain in json_from(row["messages"])),
        before=json_from(row["before"]),
        after=json_from(row["after"]),
    )
