"""Undo a change to many questions: what is still as it made it becomes what it was; the rest stays, and is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.storage.bulk_changes import (
    BulkChange,
    Change,
    HeldSlot,
    select_bulk_change_or_none,
    select_changes,
    select_held_slots,
    update_many_questions,
    update_slot_questions,
    update_undone,
)
from quiz.storage.database import Conflict, Database
from quiz.storage.heads import finish_texts
from quiz.storage.quizzes import delete_slot, select_quiz_or_none
from quiz.storage.search import ListedQuestion, select_listed, select_places
from quiz.workflows.apply_bulk import add_place, place_of, renumber_quizzes, subject_of
from quiz.workflows.log_bank_change import log_bank_change


@dataclass(frozen=True)
class UndoPlan:
    """changes: what would be done now. kept: how many things have been changed since, and stay as they are."""

    changes: tuple[Change, ...]
    kept: int


def plan_undo(db: Database, change: BulkChange) -> UndoPlan:
    """Return what undoing it now would do."""
    made = select_changes(db, change)
    questions = _questions(db, [one.subject for one in made if one.aspect != "slot"])
    slots = _slots(db, [one for one in made if one.aspect == "slot"])
    undone = [_undone(one, questions, slots) for one in made]
    return UndoPlan(tuple(one for one in undone if one), sum(one is None for one in undone))


def undo_bulk(db: Database, change: BulkChange, *, by: str, now: datetime) -> BulkChange:
    """Undo it, however long ago it was; return it as it is then. Harmless to repeat."""
    with db.atomic():
        current = select_bulk_change_or_none(db, change.id)
        if current is None or current.undone is not None:
            return current or change
        plan = plan_undo(db, current)
        update_many_questions(db, plan.changes, now)
        _write_slots(db, [one for one in plan.changes if one.aspect == "slot"])
        update_undone(db, current, kept=plan.kept, by=by, now=now)
        _log(db, current, plan, by, now)
    finish_texts(db)
    return select_bulk_change_or_none(db, change.id) or change


def _undone(one: Change, questions: dict[str, ListedQuestion], slots: dict[str, HeldSlot]) -> Change | None:
    """Return what undoes this change; None if what it made is no longer there."""
    if one.aspect == "slot":
        return _undone_slot(one, slots.get(one.subject))
    question = questions.get(one.subject)
    if question is None:
        return None
    if one.aspect == "tags":
        return _undone_tags(one, question)
    there = question.bank_id if one.aspect == "bank" else question.state == "retired"
    return Change(one.aspect, one.subject, one.after, one.before) if there == one.after else None


def _undone_tags(one: Change, question: ListedQuestion) -> Change | None:
    # Other tags may have come and gone since; only those that this change brought or took are its own.
    there, before, after = {*question.tags}, {*one.before}, {*one.after}
    wanted = (there - (after - before)) | (before - after)
    return Change("tags", one.subject, sorted(there), sorted(wanted)) if wanted != there else None


def _undone_slot(one: Change, there: HeldSlot | None) -> Change | None:
    if one.after is None:
        return Change("slot", one.subject, None, one.before) if there is None else None
    is_as_made = there is not None and there.question_id == one.after["question_id"]
    return Change("slot", one.subject, one.after, one.before) if is_as_made else None


def _questions(db: Database, ids: Iterable[str]) -> dict[str, ListedQuestion]:
    found = select_listed(db, select_places(db, dict.fromkeys(ids)))
    return {question.question_id: question for question in found}


def _slots(db: Database, made: Sequence[Change]) -> dict[str, HeldSlot]:
    """Return the places that are there, by id; those of quizzes that are closed or gone are not."""
    asked = {place["question_id"] for one in made for place in (one.before, one.after) if place}
    return {subject_of(place_of(slot)): slot for slot in select_held_slots(db, asked)}


def _write_slots(db: Database, slots: Sequence[Change]) -> None:
    for change in slots:
        quiz = select_quiz_or_none(db, (change.after or change.before)["quiz_id"])
        if change.after is None and quiz is not None:
            delete_slot(db, quiz, change.before["id"])
        elif change.before is None and quiz is not None and quiz.state != "closed":
            _put_back(db, change)
    update_slot_questions(db, [change.after for change in slots if change.before and change.after])
    there = [
        change for change in slots if select_quiz_or_none(db, (change.after or change.before)["quiz_id"])
    ]
    renumber_quizzes(db, there)


def _put_back(db: Database, change: Change) -> None:
    try:
        with db.atomic():
            add_place(db, change.after)
    except Conflict:
        # The place is there again, or its section is gone: somebody has seen to it.
        return


def _log(db: Database, change: BulkChange, plan: UndoPlan, by: str, now: datetime) -> None:
    questions = _questions(db, [one.subject for one in plan.changes if one.aspect != "slot"])
    for bank_id in sorted({question.bank_id for question in questions.values()}):
        log_bank_change(
            db, bank_id, "bulk_undone", by=by, now=now, change_id=change.id, undone=change.kind,
            count=sum(question.bank_id == bank_id for question in questions.values()),
        )  # fmt: skip
