"""Change the rules of a quiz. Attempts that were started keep theirs."""

from __future__ import annotations

from dataclasses import asdict

from quiz.core.quiz_rules import QuizRules, usable_rules
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz, update_quiz


def change_quiz(db: Database, quiz: Quiz, rules: QuizRules) -> None:
    """Give the quiz these rules, whatever its state. Raises UnusableRules."""
    update_quiz(db, quiz, **asdict(usable_rules(rules)))
