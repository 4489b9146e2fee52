"""Export a bank: its questions as the file holds them, each in its newest version that is ready."""

from __future__ import annotations

from pathlib import Path

from quiz.core.bank import Bank, BankQuestion
from quiz.core.pictures import picture_ids_in
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import bank_as_toml, write_bank_file
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database, RowCountError
from quiz.storage.linting import select_ignores_of_bank
from quiz.storage.pictures import select_pictures
from quiz.storage.questions import select_newest_ready_version_ids, select_questions_of_bank
from quiz.storage.sources import select_all_claims
from quiz.workflows.open_question import open_wording


def export_bank(db: Database, bank_id: str, path: Path) -> bool:
    """Write the bank's file, unless it says the same already; return whether it was written.

    Drafts and retired questions are left out. Raises RowCountError if there is no such bank.
    """
    return write_bank_file(path, _bank(db, bank_id), types=QUESTION_TYPES, claims=select_all_claims(db))


def bank_text(db: Database, bank_id: str) -> str:
    """Return the bank as TOML. Raises RowCountError if there is no such bank."""
    return bank_as_toml(_bank(db, bank_id), types=QUESTION_TYPES, claims=select_all_claims(db))


def _bank(db: Database, bank_id: str) -> Bank:
    row = select_bank_or_none(db, bank_id)
    if row is None:
        raise RowCountError(f"no bank {bank_id!r}")
    ids = [question.id for question in select_questions_of_bank(db, bank_id)]
    versions = select_newest_ready_version_ids(db, ids)
    ignores = select_ignores_of_bank(db, bank_id)
    questions = tuple(
        BankQuestion(i, open_wording(db, versions[i]), ignores.get(i, ())) for i in ids if i in versions
    )
    shown = select_pictures(db, picture_ids_in(question.wording for question in questions))
    return Bank(row.id, row.title, row.description, row.language, questions, tuple(shown.values()))
