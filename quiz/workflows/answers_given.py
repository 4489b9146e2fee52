"""Group the answers that were given to a question of a quiz, each with how often it was given and what it earned."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from quiz.core.behaviours import Try
from quiz.core.question_type import AnswerLine
from quiz.storage.database import Database
from quiz.storage.encoding import json_text
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import select_marked_attempts
from quiz.workflows.open_question import marking_of, open_public_many, type_called


@dataclass(frozen=True)
class GivenAnswer:
    """An answer. token: stands for it in a form. fraction: how right it is, 0 to 1. times: how often it was given."""

    token: str
    response: Any
    lines: tuple[AnswerLine, ...]
    times: int
    fraction: float


def answers_given(db: Database, quiz: Quiz, question_id: str) -> list[GivenAnswer]:
    """Return the different answers of the submitted attempts, most frequent first; blanks are left out.

    Where learners had several tries, each try is an answer.
    """
    slots = [
        slot
        for attempt in select_marked_attempts(db, quiz)
        for slot in attempt.slots
        if slot.question_id == question_id
    ]
    questions = open_public_many(db, [slot.version_id for slot in slots])
    # Where a person marks, no answer is like another, and none is right by a key.
    slots = [slot for slot in slots if marking_of(questions[slot.version_id].type) == "by_key"]
    groups: dict[str, list[tuple[str, Try]]] = {}
    for slot in slots:
        for answer in slot.answers:
            groups.setdefault(token_of(answer.response), []).append((slot.version_id, answer))
    given = []
    for token, alike in groups.items():
        version_id, answer = alike[0]
        question = questions[version_id]
        lines = type_called(question.type).answer_lines(question.ask, answer.response)
        least = min(other.correctness for _, other in alike)
        given.append(GivenAnswer(token, answer.response, tuple(lines), len(alike), least))
    return sorted(given, key=lambda answer: (-answer.times, answer.token))


def token_of(response: Any) -> str:
    """Return a short text that stands for the response; equal responses have equal ones."""
    return sha256(json_text(response).encode()).hexdigest()[:16]
