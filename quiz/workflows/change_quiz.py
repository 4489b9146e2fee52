"""Change the rules of a quiz. Attempts that were started keep theirs, but may get more time."""

from __future__ import annotations

from datetime import datetime

from quiz.core.quiz_rules import QuizRules, usable_rules
from quiz.storage.attempts import select_open_attempts_at_quiz
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, update_quiz
from quiz.workflows.move_deadline import move_deadline


def change_quiz(db: Database, quiz: Quiz, rules: QuizRules, *, now: datetime) -> None:
    """Give the quiz these rules, whatever its state. Raises UnusableRules."""
    usable = usable_rules(rules)
    with db.atomic():
        update_quiz(db, quiz, usable)
        for attempt in select_open_attempts_at_quiz(db, quiz.class_id, quiz.id):
            move_deadline(db, attempt, now=now)
