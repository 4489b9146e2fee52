"""Group the answers that were given to a question of a quiz, each with how often it was given and what it earned."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from quiz.core.question_type import AnswerLine
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import select_marked_attempts
from quiz.workflows.open_question import open_public_many, type_called


@dataclass(frozen=True)
class GivenAnswer:
    """An answer. token: stands for it in a form. fraction: the least that it earned, 0 to 1. times: how often."""

    token: str
    response: Any
    lines: tuple[AnswerLine, ...]
    times: int
    fraction: float


def answers_given(db: Database, quiz: Quiz, question_id: str) -> list[GivenAnswer]:
    """Return the different answers of the submitted attempts, most frequent first; blanks are left out."""
    slots = [
        slot
        for attempt in select_marked_attempts(db, quiz)
        for slot in attempt.slots
        if slot.question_id == question_id and slot.response is not None
    ]
    questions = open_public_many(db, [slot.version_id for slot in slots])
    groups: dict[str, list[Any]] = {}
    for slot in slots:
        groups.setdefault(token_of(slot.response), []).append(slot)
    given = []
    for token, alike in groups.items():
        question = questions[alike[0].version_id]
        lines = type_called(question.type).answer_lines(question.ask, alike[0].response)
        least = min(slot.fraction or 0.0 for slot in alike)
        given.append(GivenAnswer(token, alike[0].response, tuple(lines), len(alike), least))
    return sorted(given, key=lambda answer: (-answer.times, answer.token))


def token_of(response: Any) -> str:
    """Return a short text that stands for the response; equal responses have equal ones."""
    return sha256(json_text(response).encode()).hexdigest()[:16]
