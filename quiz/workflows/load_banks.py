"""Load banks from their files: a changed question makes a version; one edited in the pages is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from quiz.core.bank import Bank, BankQuestion
from quiz.core.messages import N_, Explained
from quiz.core.pictures import picture_ids_in
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import BankFile, bank_files_in, question_as_written, read_bank_files
from quiz.storage.banks import BankRow, select_banks, upsert_bank
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.linting import replace_ignores, select_ignores
from quiz.storage.pictures import insert_picture, select_pictures
from quiz.storage.questions import (
    QuestionRow,
    insert_question,
    select_newest_version_id,
    select_question_or_none,
    select_questions_of_bank,
    update_question_bank,
    update_question_file_digest,
)
from quiz.storage.sources import select_all_claims
from quiz.storage.toml_files import BadFile
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.open_question import open_wording
from quiz.workflows.save_question import write_version


@dataclass(frozen=True)
class LoadedBank:
    """What loading did to one bank; question ids. is_unchanged: its file is the one that was loaded last.

    kept: edited in the pages, and different from the file. gone: no longer in the file; nothing is deleted.
    """

    id: str
    is_unchanged: bool = False
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class BanksReport:
    """What loading did. mistakes: of the files; a bank with one was not loaded, the others were."""

    banks: tuple[LoadedBank, ...]
    mistakes: tuple[BadFile, ...]


def load_banks(db: Database, folder: Path, *, now: datetime) -> BanksReport:
    """Load every bank of the questions folder, each all or nothing. The sources must be loaded first."""
    return load_bank_files(db, bank_files_in(folder), now=now)


def load_bank_files(db: Database, paths: Iterable[Path], *, now: datetime) -> BanksReport:
    """Load the banks in these files.

    A file that is the one loaded last is left alone, even if a verdict has changed since that would forbid
    one of its citations now: its questions are in use, and their standing tells.
    """
    files = read_bank_files(paths, types=QUESTION_TYPES, claims=select_all_claims(db))
    known = {bank.file_digest: bank for bank in select_banks(db) if bank.file_digest}
    in_files = {q.id for file in files if file.bank for q in file.bank.questions}
    banks_in_files = {file.bank.id for file in files if file.bank}
    loaded = []
    mistakes: list[BadFile] = []
    for position, file in enumerate(files):
        if file.digest in known:
            # Taken out, so that a copy of the file under another name is told to be one.
            loaded.append(LoadedBank(known.pop(file.digest).id, is_unchanged=True))
        elif file.bank is None:
            mistakes += file.mistakes
        elif stolen := _questions_of_other_banks(db, file, file.bank, banks_in_files):
            mistakes += stolen
        elif missing := _missing_pictures(db, file, file.bank):
            mistakes += missing
        else:
            loaded.append(_load_bank(db, file.bank, file, position, in_files, now))
    return BanksReport(tuple(loaded), tuple(mistakes))


def digest_of_question(question: BankQuestion) -> str:
    """Return a digest of all that the question says; how its file is laid out makes no difference."""
    written = question_as_written(question, QUESTION_TYPES[question.wording.type])
    return sha256(json_text(written).encode()).hexdigest()


def digest_in_pages(db: Database, question_id: str) -> str:
    """Return the digest of the question's newest version: what a file would have to say to be the same."""
    version_id = select_newest_version_id(db, question_id)
    if not version_id:
        return ""
    question = BankQuestion(question_id, open_wording(db, version_id), select_ignores(db, question_id))
    return digest_of_question(question)


def _questions_of_other_banks(db: Database, file: BankFile, bank: Bank, in_files: set[str]) -> list[BadFile]:
    """Return a mistake for each question whose id belongs to a bank that is not being loaded along with this one.

    Between files that are loaded together a question may move; taking it from elsewhere would rewrite it there. One
    that was moved in the pages stays where it is.
    """
    found = []
    for question in bank.questions:
        row = select_question_or_none(db, question.id)
        if row is None or row.bank_id == bank.id or _was_moved_in_pages(row, bank.id):
            continue
        if row.bank_id not in in_files:
            problem = Explained(
                N_(
                    "this id belongs to a question of the bank {bank} already; give this one an id of its own"
                ),
                bank=row.bank_id,
            )
            found.append(BadFile(file.path.name, f"question {question.id}", problem))
    return found


def _missing_pictures(db: Database, file: BankFile, bank: Bank) -> list[BadFile]:
    """Return a mistake for each question that shows a picture which is neither in the file nor stored."""
    shown = {question.id: picture_ids_in([question.wording]) for question in bank.questions}
    there = {picture.id for picture in bank.pictures}
    elsewhere = {picture for pictures in shown.values() for picture in pictures if picture not in there}
    there |= select_pictures(db, sorted(elsewhere)).keys()
    problem = N_("the picture {id} is not in this file; export the bank again where it is shown")
    return [
        BadFile(file.path.name, f"question {question_id}", Explained(problem, id=picture))
        for question_id, pictures in shown.items()
        for picture in pictures
        if picture not in there
    ]


def _load_bank(
    db: Database, bank: Bank, file: BankFile, position: int, in_files: set[str], now: datetime
) -> LoadedBank:
    outcomes: dict[str, list[str]] = {"new": [], "changed": [], "kept": []}
    with db.atomic():
        row = BankRow(bank.id, bank.title, bank.description, bank.language, position, file.digest, 0)
        upsert_bank(db, row, by=None, now=now)
        for picture in bank.pictures:
            insert_picture(db, picture, by=None, now=now)
        for question in bank.questions:
            outcome = _load_question(db, bank.id, question, now)
            if outcome:
                outcomes[outcome].append(question.id)
        if outcomes["new"] or outcomes["changed"]:
            new, changed = len(outcomes["new"]), len(outcomes["changed"])
            file_name = file.path.name
            log_bank_change(db, bank.id, "loaded", by=None, now=now, file=file_name, new=new, changed=changed)
        gone = [q.id for q in select_questions_of_bank(db, bank.id) if q.file_digest and q.id not in in_files]
    return LoadedBank(
        bank.id,
        new=tuple(outcomes["new"]),
        changed=tuple(outcomes["changed"]),
        kept=tuple(outcomes["kept"]),
        gone=tuple(gone),
    )


def _load_question(db: Database, bank_id: str, question: BankQuestion, now: datetime) -> str | None:
    """Load one question; return what that did: "new", "changed", "kept", or None for nothing."""
    digest = digest_of_question(question)
    row = select_question_or_none(db, question.id)
    if row is None:
        insert_question(db, question.id, bank_id, question.wording.difficulty, by=None, now=now)
        return _write(db, question, digest, "new", now)
    if row.bank_id != bank_id and not _was_moved_in_pages(row, bank_id):
        update_question_bank(db, question.id, bank_id)
    if row.file_digest == digest:
        return None
    if _belongs_to_the_pages(row) and digest_in_pages(db, question.id) != digest:
        return "kept"
    return _write(db, question, digest, "changed", now)


def _was_moved_in_pages(row: QuestionRow, bank_id: str) -> bool:
    return row.bank_id != bank_id and bool(row.file_digest) and row.edited is not None


def _belongs_to_the_pages(row: QuestionRow) -> bool:
    return row.edited is not None or not row.file_digest


def _write(db: Database, question: BankQuestion, digest: str, outcome: str, now: datetime) -> str:
    write_version(db, question.id, question.wording, state="ready", by=None, now=now)
    replace_ignores(db, question.id, question.ignores, by=None, now=now)
    update_question_file_digest(db, question.id, digest)
    return outcome
