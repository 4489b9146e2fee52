"""Compare the bank files with the database: edited in the pages, changed in the file, or only in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quiz.core.bank import Bank
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import bank_files_in, read_bank_files
from quiz.storage.banks import select_banks
from quiz.storage.database import Database
from quiz.storage.questions import QuestionRow, select_questions_of_bank
from quiz.storage.sources import select_all_claims
from quiz.storage.toml_files import BadFile
from quiz.workflows.load_banks import digest_in_pages, digest_of_question

DifferenceKind = Literal[
    "only in the file", "only in the pages", "changed in the file", "edited in the pages", "changed in both"
]


@dataclass(frozen=True)
class Difference:
    """A question that its bank's file and the database tell differently."""

    bank: str
    question: str
    kind: DifferenceKind


@dataclass(frozen=True)
class BankStatus:
    """All differences, and the mistakes of files that can't be compared for them."""

    differences: tuple[Difference, ...]
    mistakes: tuple[BadFile, ...]


def bank_status(db: Database, folder: Path) -> BankStatus:
    """Compare every bank, in files or in the database; change nothing."""
    files = read_bank_files(bank_files_in(folder), types=QUESTION_TYPES, claims=select_all_claims(db))
    banks = {file.bank.id: file.bank for file in files if file.bank}
    unread = {file.digest for file in files if file.bank is None}
    differences: list[Difference] = []
    for bank in banks.values():
        differences += _differences(db, bank)
    for row in select_banks(db):
        if row.id not in banks and row.file_digest not in unread:
            rows = select_questions_of_bank(db, row.id)
            differences += [Difference(row.id, question.id, "only in the pages") for question in rows]
    return BankStatus(tuple(differences), tuple(mistake for file in files for mistake in file.mistakes))


def _differences(db: Database, bank: Bank) -> Iterator[Difference]:
    rows = {row.id: row for row in select_questions_of_bank(db, bank.id)}
    for question in bank.questions:
        row = rows.pop(question.id, None)
        if row is None:
            yield Difference(bank.id, question.id, "only in the file")
        elif kind := _difference(db, row, digest_of_question(question)):
            yield Difference(bank.id, question.id, kind)
    for question_id in rows:
        yield Difference(bank.id, question_id, "only in the pages")


def _difference(db: Database, row: QuestionRow, in_file: str) -> DifferenceKind | None:
    if row.edited is None and row.file_digest == in_file:
        return None
    if digest_in_pages(db, row.id) == in_file:
        return None
    if row.file_digest == in_file:
        return "edited in the pages"
    return "changed in both" if row.edited or not row.file_digest else "changed in the file"
