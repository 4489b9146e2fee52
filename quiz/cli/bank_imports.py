"""``flask quiz bank import`` and ``undo-import``: questions from files of any format, checked first."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from quiz.cli.banks import bank
from quiz.cli.command_tools import json_option, now, print_json, ready_db, remark
from quiz.cli.many_objects import many_objects
from quiz.core.import_report import Message
from quiz.core.messages import Explained
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database, RowCountError
from quiz.storage.imports import ImportHead, ImportRow, select_outcomes, select_rows
from quiz.workflows.confirm_import import confirm_import
from quiz.workflows.import_target import bank_named_in
from quiz.workflows.plan_import import (
    PROMPT_LIMITS,
    IntoBank,
    Upload,
    counted,
    look_at_import,
    plan_import,
)
from quiz.workflows.undo_import import undo_import

_AT_ONCE = 1000
_WORDS = {"add": "added", "update": "updated", "same": "the same already"}
_KEPT = {"retired": "retired, since they are in use", "kept": "left, since they were edited since"}


@bank.command("import")
@click.argument("source", metavar="FILE")
@click.option(
    "--bank",
    "bank_id",
    metavar="ID",
    help="The bank to import into; the one that the file names unless given.",
)
@click.option("--new-bank", "title", metavar="TITLE", help="Make a bank of this title for the questions.")
@click.option("--language", metavar="TAG", default="en", help="Language of the new bank; en unless given.")
@click.option(
    "--from", "format_name", metavar="FORMAT", default="", help="What FILE is; recognised unless given."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@json_option
def import_file(
    source: str,
    bank_id: str | None,
    title: str | None,
    language: str,
    format_name: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import questions from a file into a bank: what is new is added, what has changed updated, the rest left alone.

    FILE may be - for standard input. Without --bank and --new-bank, a bank file goes into the bank that it names,
    and any other into a new bank called as the file. The report goes to stderr, and what was done can be undone
    for 30 days. Exits with 1 if the file is refused or a question in it is lost.

    Example: flask quiz bank import rivers.gift --bank rivers --dry-run
    """
    db = ready_db()
    upload = Upload(_bytes_of(source), "" if source == "-" else Path(source).name, format_name)
    into = _target(db, upload, bank_id, title, language)
    try:
        with many_objects():
            head, rows = _done(db, upload, into, dry_run)
    except Explained as problem:
        raise click.ClickException(str(problem)) from None
    lost = _tell(head, rows, source, as_json=as_json, dry_run=dry_run)
    sys.exit(1 if lost else 0)


@bank.command("undo-import")
@click.argument("import_id", metavar="ID")
def undo(import_id: str) -> None:
    """Take back an import within 30 days: what it added goes away, what it updated gets its old wording again.

    Questions that quizzes or attempts hold are retired instead, and what was edited since is left; both are told.

    Example: flask quiz bank undo-import 01k9x5v2m8q4c7t0a3b6d9f1gh
    """
    db = ready_db()
    try:
        undo_import(db, import_id, by=None, now=now())
    except RowCountError:
        raise click.ClickException(
            f"there is no import {import_id!r}; its id was told when it was made"
        ) from None
    except Explained as problem:
        raise click.ClickException(str(problem)) from None
    outcomes = select_outcomes(db, import_id)
    undone = {action: outcomes.get((action, "undone"), 0) for action in ("add", "update")}
    click.echo(f"{undone['add']} questions taken out, {undone['update']} put back")
    for outcome, words in _KEPT.items():
        count = sum(n for (_, found), n in outcomes.items() if found == outcome)
        if count:
            remark(f"{count} {words}")


def _done(
    db: Database, upload: Upload, into: IntoBank, dry_run: bool
) -> tuple[ImportHead, Iterable[ImportRow]]:
    """Return the import and its rows, in one of the two ways. Raises ImportRefused or CheckedTooLongAgo."""
    if dry_run:
        head, planned = look_at_import(db, upload, into, now=now())
        return head, [one.row for one in planned]
    head = plan_import(db, upload, into, by=None, now=now(), limits=PROMPT_LIMITS, keeps_file=False)
    head = confirm_import(db, head.id, by=None, now=now())
    return head, _rows(db, head.id)


def _rows(db: Database, import_id: str) -> Iterable[ImportRow]:
    after = 0
    while rows := select_rows(db, import_id, after=after, limit=_AT_ONCE):
        yield from rows
        after = rows[-1].position


def _target(db: Database, upload: Upload, bank_id: str | None, title: str | None, language: str) -> IntoBank:
    if bank_id and title:
        raise click.UsageError("give --bank or --new-bank, not both")
    if title:
        return IntoBank(new_title=title, new_language=language)
    if bank_id:
        return IntoBank(bank_id)
    named = bank_named_in(upload)
    if named is not None and select_bank_or_none(db, named.id):
        return IntoBank(named.id)
    if named is not None:
        return IntoBank(new_title=named.title or named.id, new_language=named.language or language)
    stem = Path(upload.name).stem
    if not stem:
        raise click.UsageError("standard input has no name; give --bank or --new-bank")
    return IntoBank(new_title=stem, new_language=language)


def _tell(head: ImportHead, rows: Iterable[ImportRow], source: str, *, as_json: bool, dry_run: bool) -> bool:
    """Tell what happened, or would; return whether a question was lost."""
    if as_json:
        listed = list(rows)
        counts = counted(listed)
        print_json({**_head_as_json(head), "dry_run": dry_run, "rows": [_row_as_json(row) for row in listed]})
        return bool(counts["status:error"])
    lost = 0
    happened = dict.fromkeys(_WORDS, 0)
    for row in rows:
        lost += row.status == "error"
        if row.outcome == "changed":
            remark(
                f"{source}: {row.question_id}: somebody has changed it since the check; it is left as it is"
            )
        elif row.action in happened:
            happened[row.action] += 1
        if row.status in ("warning", "error"):
            _tell_row(row, source)
    told = ", ".join(f"{count} {_WORDS[action]}" for action, count in happened.items())
    click.echo(
        f"{head.bank_id or head.bank_title}  {told}" + ("  (dry run: nothing is written)" if dry_run else "")
    )
    if not dry_run and (happened["add"] or happened["update"]):
        remark(f"to take it back: flask quiz bank undo-import {head.id}")
    return bool(lost)


def _tell_row(row: ImportRow, source: str) -> None:
    place = f"{source}:{row.line}" if row.line else source
    for message in row.messages:
        if message.severity != "note":
            fix = f"; {message.fix}" if message.fix else ""
            remark(f"{place}: {message.severity}: {row.title or row.question_id}: {message.text}{fix}")


def _head_as_json(head: ImportHead) -> dict[str, Any]:
    counts = {
        name.removeprefix("status:"): n for name, n in head.counts.items() if name.startswith("status:")
    }
    return {
        "id": head.id, "bank": head.bank_id, "title": head.bank_title, "format": head.format, "sha256": head.digest,
        "counts": counts,
    }  # fmt: skip


def _row_as_json(row: ImportRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "status": row.status,
        "action": row.action,
        "question": row.question_id,
        "title": row.title,
        "messages": [_message_as_json(message) for message in row.messages],
    }


def _message_as_json(message: Message) -> dict[str, str]:
    return {"severity": message.severity, "text": message.text, "fix": message.fix}


def _bytes_of(source: str) -> bytes:
    most = PROMPT_LIMITS.size
    try:
        if source == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(source).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise click.ClickException(f"can't read {source}: {error.strerror}") from None
