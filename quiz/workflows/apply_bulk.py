"""Do to many questions what a plan has shown: one transaction, told in each bank's log, harmless to repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from quiz.core.messages import N_, Explained
from quiz.storage.bulk_changes import (
    BulkChange,
    Change,
    HeldSlot,
    insert_bulk_change,
    select_bulk_change_or_none,
    update_many_questions,
    update_slot_questions,
)
from quiz.storage.database import Database
from quiz.storage.encoding import new_id
from quiz.storage.heads import finish_texts
from quiz.storage.quizzes import Quiz, Slot, delete_slot, insert_slot, select_quiz_or_none, select_slots
from quiz.workflows.log_bank_change import Kind as LogKind
from quiz.workflows.log_bank_change import log_bank_change
from quiz.workflows.place_order import after_all, renumber
from quiz.workflows.plan_bulk import Plan

_LOGGED: dict[str, LogKind] = {"tag": "tagged", "retire": "retired", "restore": "restored", "merge": "merged"}


class StalePreview(Explained):
    """The questions, or what would be done to them, are no longer what the page showed. plan: what it would be now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            N_("Something has changed since this page was opened. Look at it again before you confirm.")
        )
        self.plan = plan


def apply_bulk(
    db: Database, change_id: str, make_plan: Callable[[], Plan], *, digest: str, by: str, now: datetime
) -> BulkChange:
    """Do what the plan says; return what was kept of it.

    change_id: made with the page, so that a form sent twice does it once. make_plan: makes the plan anew, inside
    of the transaction. digest: of the plan that was shown. Raises StalePreview, and whatever make_plan raises.
    """
    with db.atomic():
        if (known := select_bulk_change_or_none(db, change_id)) is not None:
            return known
        plan = make_plan()
        if plan.digest != digest:
            raise StalePreview(plan)
        change = _apply(
            db, plan, BulkChange(change_id, plan.kind, plan.settings, len(plan.changed_questions), by, now)
        )
    finish_texts(db)
    return change


def _apply(db: Database, plan: Plan, change: BulkChange) -> BulkChange:
    changes = _with_places(db, plan.changes, change.made)
    insert_bulk_change(db, change, changes)
    update_many_questions(db, changes, change.made)
    _write_slots(db, changes)
    _log(db, plan, change.id, change.made_by, change.made)
    return change


def _with_places(db: Database, changes: Sequence[Change], now: datetime) -> list[Change]:
    """Give new places of a quiz the id and the position that they will have; other changes stay as they are."""
    found = []
    position: dict[str, int] = {}
    for change in changes:
        if change.aspect == "slot" and change.before is None:
            quiz_id = change.after["quiz_id"]
            if quiz_id not in position:
                position[quiz_id] = after_all(select_slots(db, _quiz(db, quiz_id)))
            slot_id = new_id(now)
            place = change.after | {"id": slot_id, "position": position[quiz_id]}
            position[quiz_id] += 1
            change = Change("slot", subject_of(place), None, place)
        found.append(change)
    return found


def _write_slots(db: Database, changes: Sequence[Change]) -> None:
    slots = [change for change in changes if change.aspect == "slot"]
    for change in slots:
        if change.before is None:
            add_place(db, change.after)
        elif change.after is None:
            delete_slot(db, _quiz(db, change.before["quiz_id"]), change.before["id"])
    update_slot_questions(db, [change.after for change in slots if change.before and change.after])
    renumber_quizzes(db, slots)


def add_place(db: Database, place: dict[str, Any]) -> None:
    """Write a place of a quiz as a change keeps it."""
    slot = Slot(
        place["id"], place["position"], place["points"], place["question_id"], None, place.get("section_id", ""),
        place.get("version_id"), place.get("is_pinned", False),
    )  # fmt: skip
    insert_slot(db, _quiz(db, place["quiz_id"]), slot)


def renumber_quizzes(db: Database, slots: Sequence[Change]) -> None:
    """Close the gaps in all quizzes that these changes of places touched."""
    for quiz_id in sorted({(change.after or change.before)["quiz_id"] for change in slots}):
        renumber(db, _quiz(db, quiz_id))


def place_of(slot: HeldSlot) -> dict[str, Any]:
    """Return a place of a quiz as a change keeps it."""
    names = (
        "class_id",
        "quiz_id",
        "id",
        "question_id",
        "version_id",
        "points",
        "position",
        "section_id",
        "is_pinned",
    )
    return {name: getattr(slot, name) for name in names}


def subject_of(place: Mapping[str, Any]) -> str:
    """Return what a change calls a place of a quiz: its id is one only within its quiz."""
    return f"{place['quiz_id']} {place['id']}"


def _quiz(db: Database, quiz_id: str) -> Quiz:
    found = select_quiz_or_none(db, quiz_id)
    if found is None:
        raise LookupError(f"no quiz {quiz_id!r}")
    return found


def _log(db: Database, plan: Plan, change_id: str, by: str, now: datetime) -> None:
    counts = Counter(question.bank_id for question in plan.changed_questions)
    for bank_id in sorted(counts):
        facts: dict[str, Any] = {"count": counts[bank_id], "change_id": change_id}
        if plan.kind == "move":
            facts["to_bank"] = plan.settings["bank_id"]
            log_bank_change(db, bank_id, "moved_out", by=by, now=now, **facts)
        elif plan.kind in _LOGGED:
            log_bank_change(db, bank_id, _LOGGED[plan.kind], by=by, now=now, **facts, **plan.settings)
    if plan.kind == "move" and counts:
        facts = {"count": sum(counts.values()), "change_id": change_id}
        log_bank_change(db, plan.settings["bank_id"], "moved_in", by=by, now=now, **facts)
