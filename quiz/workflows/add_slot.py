"""Add a place to a quiz: a chosen question, or a draw at random from a bank."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_
from quiz.core.quiz_rules import UnusableSlot, usable_count, usable_points
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.storage.questions import select_question_or_none
from quiz.storage.quizzes import Draw, Quiz, Slot, insert_slot, select_slots


def add_question(db: Database, quiz: Quiz, question_id: str, *, points: float = 1.0, now: datetime) -> bool:
    """Add the question as the last place; return False, and change nothing, if the quiz holds it already.

    Raises UnusableSlot if there is no such question or the points are none.
    """
    points = usable_points(points)
    with db.atomic():
        slots = select_slots(db, quiz)
        if any(slot.question_id == question_id for slot in slots):
            return False
        if select_question_or_none(db, question_id) is None:
            raise UnusableSlot(N_("There is no question {id}"), id=question_id)
        insert_slot(db, quiz, Slot(new_id(now), _last(slots) + 1, points, question_id, None))
    return True


def add_draw(db: Database, quiz: Quiz, draw: Draw, *, slot_id: str, points: float = 1.0) -> bool:
    """Add the draw as the last place; return False, and change nothing, if the quiz has that place already.

    slot_id: made when the form was opened, so that a form sent twice adds one place. points: for each
    question drawn. Raises UnusableSlot.
    """
    points = usable_points(points)
    usable_count(draw.count)
    with db.atomic():
        slots = select_slots(db, quiz)
        if any(slot.id == slot_id for slot in slots):
            return False
        if select_bank_or_none(db, draw.bank_id) is None:
            raise UnusableSlot(N_("There is no bank {id}"), id=draw.bank_id)
        insert_slot(db, quiz, Slot(slot_id, _last(slots) + 1, points, None, draw))
    return True


def _last(slots: list[Slot]) -> int:
    return max((slot.position for slot in slots), default=0)
