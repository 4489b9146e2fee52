"""Undo a regrade: every mark that it changed is again what it was before."""

from __future__ import annotations

from datetime import datetime

from quiz.core.attempts import SlotResult, score_of
from quiz.core.messages import N_, Explained
from quiz.storage import regrades
from quiz.storage.attempts import (
    Attempt,
    select_attempt_or_none,
    select_attempt_slot_or_none,
    select_attempt_slots,
)
from quiz.storage.database import Database, RowCountError
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import Regrade, StoredChange
from quiz.workflows.record_audit import record_audit


class RegradedSince(Explained):
    """Later regrades changed the same marks; they must be undone first."""


def undo_regrade(db: Database, quiz: Quiz, regrade: Regrade, *, by: str, now: datetime) -> None:
    """Restore the marks and scores. Harmless to repeat. Raises RegradedSince."""
    with db.atomic():
        regrades.hold_quiz(db, quiz)
        current = regrades.select_regrade_or_none(db, quiz, regrade.id)
        if current is None or current.undone_at is not None:
            return
        if later := regrades.select_later_regrades(db, current):
            raise RegradedSince(
                N_("Later regrades changed the same marks. Undo them first, the newest one first: {numbers}"),
                numbers=", ".join(str(number) for number in reversed(later)),
            )
        changes = regrades.select_changes(db, current)
        if any(not _stands(db, change) for change in changes):
            raise RegradedSince(
                N_("Some of these marks have been changed since in another way, so they can't be restored")
            )
        for change in changes:
            _restore(db, quiz, current, change, now)
        for attempt_id in {change.attempt_id for change in changes}:
            _add_up(db, quiz, attempt_id)
        regrades.update_undone(db, current, by=by, now=now)
        record_audit(
            db, actor_id=by, action="undo_regrade", subject=f"quiz {quiz.id}", now=now, regrade_id=regrade.id
        )


def _stands(db: Database, change: StoredChange) -> bool:
    """Tell whether the mark is still what the regrade made of it: a late answer may have been accepted since."""
    slot = select_attempt_slot_or_none(db, _attempt(db, change.attempt_id), change.slot.position)
    if slot is None:
        return False
    return (slot.fraction, slot.is_counted) == (change.slot.new_fraction, change.slot.new_counted)


def _restore(db: Database, quiz: Quiz, regrade: Regrade, change: StoredChange, now: datetime) -> None:
    slot = change.slot
    regrades.update_slot_mark(
        db,
        quiz.class_id,
        change.attempt_id,
        slot.position,
        slot.old_fraction,
        slot.old_counted,
        slot.old_correctness,
    )
    regrades.insert_mark_step(
        db, quiz.class_id, change.attempt_id, operation_id=f"undo-{regrade.id}-{slot.position}",
        position=slot.position, now=now,
        content={"undone": regrade.id, "fraction": slot.old_fraction, "is_counted": slot.old_counted},
    )  # fmt: skip


def _add_up(db: Database, quiz: Quiz, attempt_id: str) -> None:
    """Add the score up anew: regrades of other places of the attempt still stand."""
    slots = select_attempt_slots(db, _attempt(db, attempt_id))
    score = score_of(SlotResult(slot.points, slot.fraction, slot.is_counted) for slot in slots)
    regrades.update_score(db, quiz.class_id, attempt_id, score)


def _attempt(db: Database, attempt_id: str) -> Attempt:
    found = select_attempt_or_none(db, attempt_id)
    if found is None:
        raise RowCountError(f"attempt {attempt_id} is gone")
    return found
