"""Lint a bank: each of its questions, and what they do to one another; from the database or from its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quiz.core.bank import Bank
from quiz.core.lint import Ignore, LintedBank, LintedQuestion, LintReport
from quiz.core.lint import lint_bank as report_on
from quiz.core.lint.rules.pairs import texts_to_compare
from quiz.core.questions import PublicQuestion, QuestionKey, Wording
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import read_bank_file
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database, RowCountError
from quiz.storage.linting import select_ignores_of_bank, select_versions_to_lint
from quiz.storage.questions import select_keys, select_public_questions
from quiz.storage.sources import select_all_claims, select_sources
from quiz.storage.toml_files import BadFile
from quiz.workflows.lint_question import cited_claims, seen_by_lint
from quiz.workflows.near_pairs import near_pairs

_AT_ONCE = 1000


@dataclass(frozen=True)
class FileLint:
    """What was found in a bank file. report: None if the file has mistakes, which have to be mended first."""

    bank_id: str
    report: LintReport | None
    mistakes: tuple[BadFile, ...] = ()


def lint_bank(db: Database, bank_id: str, *, today: date) -> LintReport:
    """Return what is found in the bank's questions, each in its newest version, drafts too; no retired ones.

    Raises RowCountError if there is no such bank.
    """
    bank = select_bank_or_none(db, bank_id)
    if bank is None:
        raise RowCountError(f"no bank {bank_id!r}")
    versions = select_versions_to_lint(db, bank_id)
    wordings = _wordings(db, list(versions.items()))
    questions = list(_seen(db, wordings, bank.language, today))
    return _report(questions, bank.language, select_ignores_of_bank(db, bank_id))


def lint_bank_file(db: Database, path: Path, *, today: date) -> FileLint:
    """Return what is found in a bank file; the claims that it cites are those of the database."""
    file = read_bank_file(path, types=QUESTION_TYPES, claims=select_all_claims(db))
    if file.bank is None:
        return FileLint(path.stem, None, file.mistakes)
    return FileLint(file.bank.id, lint_unsaved_bank(db, file.bank, today=today))


def lint_unsaved_bank(db: Database, bank: Bank, *, today: date) -> LintReport:
    """Return what is found in a bank that need not be stored: one that is about to be imported."""
    questions = list(_seen(db, ((q.id, q.wording) for q in bank.questions), bank.language, today))
    return _report(questions, bank.language, {q.id: q.ignores for q in bank.questions})


def _report(
    questions: Sequence[LintedQuestion], language: str, ignores: Mapping[str, Sequence[Ignore]]
) -> LintReport:
    near = near_pairs(texts_to_compare(questions))
    return report_on(LintedBank(questions, language, near), ignores)


def _seen(
    db: Database, wordings: Iterable[tuple[str, Wording]], language: str, today: date
) -> Iterator[LintedQuestion]:
    claims = select_all_claims(db)
    checked_on = {source.id: source.checked_on for source in select_sources(db)}
    for question_id, wording in wordings:
        # A type that is not installed can't be looked at; its page says so.
        if wording.type in QUESTION_TYPES:
            cited = cited_claims(wording.citations, claims, checked_on)
            yield seen_by_lint(wording, cited, question_id=question_id, language=language, today=today)


def _wordings(db: Database, versions: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Wording]]:
    """Give question ids with wordings, read by the thousand and not kept: learners' pages need the cache."""
    for start in range(0, len(versions), _AT_ONCE):
        part = versions[start : start + _AT_ONCE]
        ids = [version_id for _, version_id in part]
        public, keys = select_public_questions(db, ids), select_keys(db, ids)
        for question_id, version_id in part:
            yield question_id, _wording(public[version_id], keys[version_id])


def _wording(public: PublicQuestion, key: QuestionKey) -> Wording:
    question_type = QUESTION_TYPES.get(public.type)
    return Wording(
        type=public.type,
        basis=public.basis,
        stem=public.stem,
        ask=question_type.ask_from_json(public.ask) if question_type else None,
        key=question_type.key_from_json(key.key) if question_type else None,
        feedback=key.feedback,
        citations=public.citations,
        hints=key.hints,
        language=public.language,
    )
