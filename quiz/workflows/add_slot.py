"""Add a place to a quiz: a chosen question, or a draw at random from one bank or several."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_
from quiz.core.quiz_rules import UnusableSlot, usable_count, usable_points
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.storage.questions import select_question_or_none
from quiz.storage.quiz_sections import select_sections
from quiz.storage.quizzes import Draw, Quiz, Slot, insert_slot, select_slots
from quiz.workflows.bank_access import bank_to_read_or_none
from quiz.workflows.place_order import after_all, renumber

MOST_POOLS = 20


def add_question(
    db: Database,
    quiz: Quiz,
    question_id: str,
    *,
    points: float = 1.0,
    section_id: str = "",
    now: datetime,
    by: str | None = None,
) -> bool:
    """Add the question as the last place of the section ("" for outside of them); return False if it is there already.

    by: the instructor, who must be able to see the question's bank; None for whoever may see all.

    Raises UnusableSlot if there is no such question or the points are none.
    """
    points = usable_points(points)
    with db.atomic():
        slots = select_slots(db, quiz)
        if any(slot.question_id == question_id for slot in slots):
            return False
        question = select_question_or_none(db, question_id)
        if question is None or not _is_seen(db, question.bank_id, by):
            raise UnusableSlot(N_("There is no question {id}"), id=question_id)
        section_id = _section_there(db, quiz, section_id)
        insert_slot(db, quiz, Slot(new_id(now), after_all(slots), points, question_id, None, section_id))
        renumber(db, quiz)
    return True


def add_draw(
    db: Database,
    quiz: Quiz,
    draw: Draw,
    *,
    slot_id: str,
    points: float = 1.0,
    section_id: str = "",
    by: str | None = None,
) -> bool:
    """Add the draw as the last place of the section; return False, and change nothing, if it is there already.

    slot_id: made when the form was opened, so that a form sent twice adds one place. points: for each
    question drawn. by: as of add_question. Raises UnusableSlot.
    """
    points = usable_points(points)
    usable_count(draw.count)
    with db.atomic():
        slots = select_slots(db, quiz)
        if any(slot.id == slot_id for slot in slots):
            return False
        _check_pools(db, draw, by)
        section_id = _section_there(db, quiz, section_id)
        insert_slot(db, quiz, Slot(slot_id, after_all(slots), points, None, draw, section_id))
        renumber(db, quiz)
    return True


def _check_pools(db: Database, draw: Draw, by: str | None) -> None:
    if len(draw.pools) > MOST_POOLS:
        raise UnusableSlot(N_("One draw takes from {most} pools at most"), most=MOST_POOLS)
    if len(set(draw.pools)) < len(draw.pools):
        raise UnusableSlot(N_("Each pool can be named once only"))
    for pool in draw.pools:
        if select_bank_or_none(db, pool.bank_id) is None or not _is_seen(db, pool.bank_id, by):
            raise UnusableSlot(N_("There is no bank {id}"), id=pool.bank_id)


def _is_seen(db: Database, bank_id: str, by: str | None) -> bool:
    return by is None or bank_to_read_or_none(db, by, bank_id) is not None


def _section_there(db: Database, quiz: Quiz, section_id: str) -> str:
    """Return the section if it is still there, else "": what was added must not be lost with it."""
    return section_id if any(section.id == section_id for section in select_sections(db, quiz)) else ""
