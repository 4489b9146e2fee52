"""Do what a check has shown: one transaction, and harmless to repeat."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_, Explained
from quiz.core.slugs import slug_of
from quiz.storage.banks import BankRow, select_bank_or_none, upsert_bank
from quiz.storage.database import Database, RowCountError
from quiz.storage.encoding import new_id
from quiz.storage.heads import upsert_heads
from quiz.storage.imports import (
    ImportHead,
    insert_staged_questions,
    select_bank_moment,
    select_import_or_none,
    select_outcomes,
    select_pictures,
    select_staged_ignores,
    select_written_questions,
    update_done,
    update_overtaken,
)
from quiz.storage.linting import replace_ignores
from quiz.workflows.keep_picture import keep_pictures
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.make_bank import make_bank
from quiz.workflows.share_bank import Sharing

# A bank that is made at the prompt stands behind all others.
_LAST = 10_000


class CheckedTooLongAgo(Explained):
    """The bank has changed since the check by another import, so the check is no longer true."""


def confirm_import(db: Database, import_id: str, *, by: str | None, now: datetime) -> ImportHead:
    """Write what the import adds and updates; return it as it is then.

    Questions that somebody edited since the check are left as they are, and told. An import that is done already is
    returned as it is. Raises CheckedTooLongAgo, and RowCountError if there is no such import.
    """
    with db.atomic():
        head = _import(db, import_id)
        if head.state in ("done", "undone"):
            return head
        if head.state == "checking":
            raise CheckedTooLongAgo(N_("the file is still being checked; wait a moment, then try again"))
        if head.bank_moment != select_bank_moment(db, head.bank_id):
            raise CheckedTooLongAgo(
                N_("another import has changed the bank since this file was checked; check it again")
            )
        bank_id = head.bank_id or _make_bank(db, head, by, now)
        _write(db, head, bank_id, by, now)
        return _import(db, import_id)


def _write(db: Database, head: ImportHead, bank_id: str, by: str | None, now: datetime) -> None:
    update_overtaken(db, head.id)
    keep_pictures(db, select_pictures(db, head.id), by=by, now=now)
    insert_staged_questions(db, head.id, bank_id, by=by, now=now)
    for question_id, ignores in select_staged_ignores(db, head.id).items():
        replace_ignores(db, question_id, ignores, by=by, now=now)
    upsert_heads(db, select_written_questions(db, head.id))
    outcomes = select_outcomes(db, head.id)
    done = {action: outcomes.get((action, ""), 0) for action in ("add", "update")}
    changed = sum(count for (_, outcome), count in outcomes.items() if outcome == "changed")
    counts = (
        dict(head.counts) | {f"done:{action}": count for action, count in done.items()} | {"changed": changed}
    )
    update_done(db, head.id, bank_id, counts, now=now)
    log_bank_change(
        db,
        bank_id,
        "imported",
        by=by,
        now=now,
        file=head.file_name,
        added=done["add"],
        updated=done["update"],
    )


def _make_bank(db: Database, head: ImportHead, by: str | None, now: datetime) -> str:
    bank_id = _free_id(db, head.bank_title, now)
    if by is None:
        row = BankRow(bank_id, head.bank_title, "", head.new_bank_language, _LAST, "", 0)
        upsert_bank(db, row, by=None, now=now)
        log_bank_change(db, bank_id, "made", by=None, now=now)
    else:
        make_bank(
            db,
            bank_id,
            title=head.bank_title,
            language=head.new_bank_language,
            sharing=Sharing(),
            by=by,
            now=now,
        )
    return bank_id


def _free_id(db: Database, title: str, now: datetime) -> str:
    """Return an id for a bank that follows from its title and that no bank has."""
    wanted = slug_of(title) or new_id(now)
    bank_id, number = wanted, 1
    while select_bank_or_none(db, bank_id) is not None:
        number += 1
        bank_id = f"{wanted}-{number}"
    return bank_id


def _import(db: Database, import_id: str) -> ImportHead:
    head = select_import_or_none(db, import_id)
    if head is None:
        raise RowCountError(f"no import {import_id!r}")
    return head
