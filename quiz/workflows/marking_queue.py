"""The queue of answers to one question: in an order that says nothing of learners, and is another for each marker.

Whoever reads answers by name, or in the order in which they were handed in, marks the later ones otherwise than the
earlier ones, and the ones they know otherwise than the rest. So nothing here knows a name, and the order follows from
the marker and the question alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quiz.core.hand_marking import GivenMark, is_claimed, mark_to_change, outcome_of
from quiz.core.presentation import shuffled
from quiz.storage.database import Database
from quiz.storage.hand_marks import (
    HandAnswer,
    delete_claims,
    select_hand_answers,
    select_marks_of_question,
    update_claim,
)
from quiz.storage.quizzes import Quiz

Standing = Literal["to_mark", "claimed", "other_marker", "to_settle", "decided"]
"""For one marker: to be marked, in somebody else's hands, marked by them and waiting for another, differing, done."""


@dataclass(frozen=True)
class QueuedAnswer:
    """An answer as it lies before one marker. number: from 1, in their own order.

    shown: the mark that they may see, None if there is none. fraction: of the result, None until it is decided.
    """

    number: int
    answer: HandAnswer
    standing: Standing
    shown: GivenMark | None

    @property
    def token(self) -> str:
        return self.answer.token

    @property
    def fraction(self) -> float | None:
        return self.answer.fraction


def marking_queue(
    db: Database, quiz: Quiz, question_id: str, *, by: str, now: datetime
) -> list[QueuedAnswer]:
    """Return all answers to the question, in this marker's order."""
    answers = {answer.token: answer for answer in select_hand_answers(db, quiz, question_id)}
    marks = select_marks_of_question(db, quiz, question_id)
    order = shuffled(f"{by}-{quiz.id}-{question_id}", answers)
    return [
        _queued(number, answers[token], marks.get(token, []), by, now)
        for number, token in enumerate(order, start=1)
    ]


def claim_next(
    db: Database, quiz: Quiz, question_id: str, *, after: str = "", by: str, now: datetime
) -> str | None:
    """Put the next answer that the marker has to mark before them; return its token, None if there is none.

    after: the token behind which to look first, "" for the beginning. What others have before them is passed over.
    """
    queue = marking_queue(db, quiz, question_id, by=by, now=now)
    start = next((queued.number for queued in queue if queued.token == after), 0)
    with db.atomic():
        delete_claims(db, quiz, by)
        for queued in (*queue[start:], *queue[:start]):
            is_next = queued.standing == "to_mark" and queued.token != after
            if is_next and update_claim(db, queued.answer, by, now):
                return queued.token
    return None


def standing_for(answer: HandAnswer, marks: Sequence[GivenMark], *, by: str, now: datetime) -> Standing:
    """Return how the answer stands for this marker. marks: all of its round."""
    state = outcome_of(marks, markers=answer.markers).state
    if answer.is_decided:
        return "decided"
    if state == "unsettled":
        return "to_settle"
    if any(mark.marker_id == by for mark in marks):
        return "other_marker"
    if is_claimed(answer.claimed_by, answer.claimed_at, marker_id=by, now=now):
        return "claimed"
    return "to_mark"


def _queued(number: int, answer: HandAnswer, marks: list[GivenMark], by: str, now: datetime) -> QueuedAnswer:
    shown = mark_to_change(marks, by, markers=answer.markers)
    return QueuedAnswer(number, answer, standing_for(answer, marks, by=by, now=now), shown)
