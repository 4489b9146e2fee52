"""Check a file before it is imported: what would be added, updated, left and refused. No question is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain, islice
from pathlib import PurePath

from quiz.core.bank_rules import usable_facts
from quiz.core.import_parts import Part, parts_in
from quiz.core.interchange import Format, NotThisFormat
from quiz.core.messages import N_, Explained
from quiz.formats import format_named, guess_format
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.storage.imports import (
    ImportHead,
    ImportRow,
    delete_import,
    delete_report,
    insert_import,
    insert_pictures,
    insert_rows,
    select_bank_moment,
    select_import_or_none,
    select_outdated,
    update_checked,
)
from quiz.workflows.compare_import import CITES_NOTHING, COMES_AS_DRAFT, Planned, compare_import

KEPT_UNCONFIRMED = timedelta(days=1)
UNDOABLE = timedelta(days=30)

_AT_ONCE = 1000


class ImportRefused(Explained):
    """The file as a whole can't be imported. The message says why, and what to do."""


@dataclass(frozen=True)
class Limits:
    """The most that is read: bytes of the file, and questions in it."""

    size: int
    questions: int


PAGE_LIMITS = Limits(10_000_000, 50_000)
PROMPT_LIMITS = Limits(256_000_000, 1_000_000)


@dataclass(frozen=True)
class Upload:
    """A file. name: as it was called, "" for pasted text. format: by name, "" to recognise it."""

    data: bytes
    name: str = ""
    format: str = ""


@dataclass(frozen=True)
class IntoBank:
    """Where questions go: the bank of that id, or, if that is "", a new one of that title and language."""

    bank_id: str = ""
    new_title: str = ""
    new_language: str = "en"


def plan_import(
    db: Database,
    upload: Upload,
    into: IntoBank,
    *,
    by: str | None,
    now: datetime,
    limits: Limits = PAGE_LIMITS,
    import_id: str | None = None,
    keeps_file: bool = True,
) -> ImportHead:
    """Check the file and keep the report, for a day or until it is confirmed; return the import.

    import_id: made with the form, so that a form sent twice makes one. keeps_file: so that it can be checked again
    in another way. Raises ImportRefused, and UnusableBank for what can't be a new bank's title or language.
    """
    forget_outdated(db, now=now)
    import_id = import_id or new_id(now)
    if known := select_import_or_none(db, import_id):
        return known
    head, planned = _opened(db, upload, into, import_id, by, now, limits)
    with db.atomic():
        insert_import(db, head, new_bank_title=into.new_title, content=upload.data if keeps_file else None)
    try:
        counts = _keep(db, import_id, planned)
    except ImportRefused:
        delete_import(db, import_id)
        raise
    update_checked(db, import_id, counts)
    return replace(head, state="checked", counts=counts)


def look_at_import(
    db: Database, upload: Upload, into: IntoBank, *, now: datetime, limits: Limits = PROMPT_LIMITS
) -> tuple[ImportHead, Iterator[Planned]]:
    """Return the import and its rows, and keep nothing: for a dry run.

    Raises ImportRefused, also while the rows are read.
    """
    return _opened(db, upload, into, "", None, now, limits)


def forget_outdated(db: Database, *, now: datetime) -> None:
    """Forget the imports that nobody confirmed within a day, and the reports of those that can be undone no more."""
    outdated = select_outdated(
        db, checked_before=now - KEPT_UNCONFIRMED, confirmed_before=now - UNDOABLE - KEPT_UNCONFIRMED
    )
    for import_id, state in outdated.items():
        with db.atomic():
            (delete_import if state in ("checking", "checked") else delete_report)(db, import_id)


def counted(rows: Iterable[ImportRow]) -> Counter[str]:
    """Return how many rows have which status, and how many do what: "status:add", "action:add"."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[f"status:{row.status}"] += 1
        counts[f"action:{row.action}"] += 1
        counts["drafts"] += any(message.sentence == COMES_AS_DRAFT for message in row.messages)
        counts["uncited"] += any(message.sentence == CITES_NOTHING for message in row.messages)
    return counts


def _opened(
    db: Database,
    upload: Upload,
    into: IntoBank,
    import_id: str,
    by: str | None,
    now: datetime,
    limits: Limits,
) -> tuple[ImportHead, Iterator[Planned]]:
    if len(upload.data) > limits.size:
        raise ImportRefused(
            N_("the file has {size} MB; at most {most} MB are taken"),
            size=f"{len(upload.data) / 1_000_000:.1f}", most=limits.size // 1_000_000,
        )  # fmt: skip
    title, language = _bank(db, into)
    exchange_format, parts = _parts(upload, limits)
    bank_id = into.bank_id or None
    head = ImportHead(
        id=import_id,
        bank_id=bank_id,
        bank_title=title,
        new_bank_language=language,
        file_name=PurePath(upload.name.replace("\\", "/")).name[:200],
        file_size=len(upload.data),
        digest=sha256(upload.data).hexdigest(),
        format=exchange_format.name,
        state="checking",
        counts={},
        bank_moment=select_bank_moment(db, bank_id),
        made_by=by,
        made=now,
    )
    planned = compare_import(db, parts, exchange_format, bank_id=bank_id, language=language, now=now)
    return head, _refusing(planned)


def _bank(db: Database, into: IntoBank) -> tuple[str, str]:
    """Return the title and the language of the bank that the questions go to.

    Raises ImportRefused, and UnusableBank for a new one.
    """
    if not into.bank_id:
        facts = usable_facts(into.new_title, "", into.new_language)
        return facts["title"], facts["language"]
    bank = select_bank_or_none(db, into.bank_id)
    if bank is None:
        raise ImportRefused(N_("there is no bank {bank}"), bank=into.bank_id)
    return bank.title, bank.language


def _parts(upload: Upload, limits: Limits) -> tuple[Format, Iterator[Part]]:
    """Return the format and the file's parts, the first of them read already. Raises ImportRefused."""
    try:
        suffix = PurePath(upload.name).suffix
        known = format_named(upload.format) if upload.format else guess_format(upload.data, suffix)
        parts = parts_in(known, upload.data)
        first = list(islice(parts, 1))
    except NotThisFormat as problem:
        raise ImportRefused(N_("{reason}"), reason=str(problem)) from None
    return known, _limited(chain(first, parts), limits)


def _limited(parts: Iterator[Part], limits: Limits) -> Iterator[Part]:
    for number, part in enumerate(parts, start=1):
        if number > limits.questions:
            raise ImportRefused(
                N_("the file holds more than {most} questions; split it"), most=f"{limits.questions:,}"
            )
        yield part


def _refusing(planned: Iterator[Planned]) -> Iterator[Planned]:
    try:
        yield from planned
    except NotThisFormat as problem:
        raise ImportRefused(N_("{reason}"), reason=str(problem)) from None


def _keep(db: Database, import_id: str, planned: Iterator[Planned]) -> Counter[str]:
    """Keep the rows a thousand at a time, so that nobody who saves an answer meanwhile has to wait."""
    counts: Counter[str] = Counter()
    while chunk := list(islice(planned, _AT_ONCE)):
        counts += counted(one.row for one in chunk)
        with db.atomic():
            insert_rows(db, import_id, [(one.row, one.staged) for one in chunk])
            insert_pictures(db, import_id, (picture for one in chunk for picture in one.pictures))
    return counts
