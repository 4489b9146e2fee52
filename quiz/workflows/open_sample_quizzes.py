"""Open one sample quiz for each shipped bank, in a class that is open to everybody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from quiz.core.quiz_rules import QuizRules
from quiz.storage import classes, quizzes
from quiz.storage.banks import BankRow, select_banks
from quiz.storage.database import Database
from quiz.storage.quizzes import Draw, Slot
from quiz.workflows.fresh_code import with_fresh_code

SAMPLE_CLASS = "samples"
QUESTIONS_A_SAMPLE = 10


def open_sample_quizzes(db: Database, *, bank_ids: Collection[str], now: datetime) -> list[str]:
    """Open a sample quiz for each of these banks that has questions and no sample yet; return the new ones' titles.

    bank_ids: the banks that ship. No other is ever published by itself: it may hold somebody's exam.
    """
    if classes.select_class_or_none(db, SAMPLE_CLASS) is None:
        with_fresh_code(
            db,
            lambda code: classes.insert_class(
                db,
                id=SAMPLE_CLASS,
                title="Sample quizzes",
                join_code=code,
                created_by=None,
                now=now,
                is_public=True,
            ),
        )
    opened = []
    for bank in select_banks(db):
        quiz_id = f"sample-{bank.id}"
        if bank.id in bank_ids and bank.questions and quizzes.select_quiz_or_none(db, quiz_id) is None:
            with db.atomic():
                _open_sample(db, bank, quiz_id, now)
            opened.append(bank.title)
    return opened


def _open_sample(db: Database, bank: BankRow, quiz_id: str, now: datetime) -> None:
    rules = QuizRules(bank.title, description=bank.description, guests_allowed=True)
    insert = partial(
        quizzes.insert_quiz, db, rules, id=quiz_id, class_id=SAMPLE_CLASS, language=bank.language, created_by=None,
        now=now,
    )  # fmt: skip
    with_fresh_code(db, lambda code: insert(join_code=code))
    quiz = quizzes.select_quiz_or_none(db, quiz_id)
    if quiz is not None:
        quizzes.insert_slot(db, quiz, Slot("draw", 1, 1.0, None, Draw(bank.id, "", QUESTIONS_A_SAMPLE)))
        quizzes.update_quiz_state(db, quiz, "open", now)
