"""The one door by which an instructor comes to a bank and its questions: None for what is not shared with them.

A bank that came from a file, and one whose maker chose so, is shared with every instructor; any other with the
instructors of the classes that its maker chose, and the maker. Whoever may see a bank may write in it; only its
maker says who sees it. Quizzes keep what they hold: whoever has a quiz that asks or draws from a bank goes on
asking and drawing when the bank is no longer shared with them.

The command line sees everything, and reads storage directly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quiz.storage.banks import BankRow, select_bank_ids, select_bank_or_none, select_banks_visible_to
from quiz.storage.database import Database
from quiz.storage.questions import QuestionRow, select_bank_ids_of, select_question_or_none


def visible_banks(db: Database, person_id: str) -> list[BankRow]:
    """Return the banks that the instructor may see, in their order."""
    return select_banks_visible_to(db, person_id)


def visible_bank_ids(db: Database, person_id: str) -> frozenset[str]:
    """Return the ids of the banks that the instructor may see."""
    return frozenset(bank.id for bank in visible_banks(db, person_id))


@dataclass(frozen=True)
class Scope:
    """Which banks are looked into: only ``banks`` (None for all), and none of ``hidden``. One of the two is told."""

    banks: frozenset[str] | None = None
    hidden: frozenset[str] = frozenset()


def scope_of(db: Database, person_id: str) -> Scope:
    """Return which banks a search of the instructor's looks into, told by the shorter list."""
    visible = visible_bank_ids(db, person_id)
    hidden = select_bank_ids(db) - visible
    return Scope(hidden=hidden) if len(hidden) <= len(visible) else Scope(banks=visible)


def banks_to_search(db: Database, person_id: str) -> frozenset[str] | None:
    """Return the ids of the banks that the instructor may see; None if that is all there are, so that nobody asks."""
    visible = visible_bank_ids(db, person_id)
    return None if visible == select_bank_ids(db) else visible


def bank_to_read_or_none(db: Database, person_id: str, bank_id: str) -> BankRow | None:
    """Return the bank, if the instructor may see it, which is also to write questions in it."""
    return select_bank_or_none(db, bank_id) if bank_id in visible_bank_ids(db, person_id) else None


def question_to_read_or_none(db: Database, person_id: str, question_id: str) -> QuestionRow | None:
    """Return the question, if the instructor may see its bank."""
    found = select_question_or_none(db, question_id)
    return found if found and found.bank_id in visible_bank_ids(db, person_id) else None


def may_write_question(db: Database, person_id: str, question_id: str) -> bool:
    """Tell whether the instructor may save a question of that id: a new one, or one that they may see."""
    found = select_question_or_none(db, question_id)
    return found is None or found.bank_id in visible_bank_ids(db, person_id)


def visible_question_ids(db: Database, person_id: str, question_ids: Iterable[str]) -> list[str]:
    """Return those of the questions that are in banks that the instructor may see, in their order."""
    visible = visible_bank_ids(db, person_id)
    return [
        question_id
        for question_id, bank_id in select_bank_ids_of(db, question_ids).items()
        if bank_id in visible
    ]


def may_share(bank: BankRow, person_id: str) -> bool:
    """Tell whether the person says who sees the bank: its maker alone."""
    return bank.created_by == person_id
