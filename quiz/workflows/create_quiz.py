"""Create a quiz: a draft without questions, with a join code of its own."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from quiz.core.quiz_rules import QuizRules, usable_rules
from quiz.storage.classes import Class
from quiz.storage.database import Database
from quiz.storage.quizzes import insert_quiz, select_quiz_or_none
from quiz.workflows.fresh_code import with_fresh_code


def create_quiz(
    db: Database, owner: Class, *, quiz_id: str, rules: QuizRules, by: str, now: datetime
) -> None:
    """Create the quiz for the class. Harmless to repeat with the same id, made when the form was opened.

    Raises UnusableRules.
    """
    usable = usable_rules(rules)
    with db.atomic():
        if select_quiz_or_none(db, quiz_id) is None:
            insert = partial(insert_quiz, db, usable, id=quiz_id, class_id=owner.id, created_by=by, now=now)
            with_fresh_code(db, lambda code: insert(join_code=code))
