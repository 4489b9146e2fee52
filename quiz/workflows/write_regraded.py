"""Write what a regrade makes of one attempt: its marks and score, and what they were before."""

from __future__ import annotations

from datetime import datetime

from quiz.core.regrading import AttemptChange
from quiz.storage import regrades
from quiz.storage.database import Database


def write_regraded(
    db: Database, class_id: str, regrade_id: str, attempt_id: str, change: AttemptChange, *, now: datetime,
    cause: str = "",
) -> None:  # fmt: skip
    """Write the change; nothing if there is none. cause: the operation after which the regrade came to it, if any did.

    Belongs inside atomic().
    """
    if not change.changes:
        return
    for slot in change.changes:
        regrades.update_slot_mark(
            db, class_id, attempt_id, slot.position, slot.new_fraction, slot.new_counted, slot.new_correctness
        )
        regrades.insert_change(db, class_id, regrade_id, attempt_id, slot, change.old, change.new)
        operation = f"regrade-{regrade_id}-{slot.position}"
        regrades.insert_mark_step(
            db, class_id, attempt_id, operation_id=f"{operation}-{cause}" if cause else operation,
            position=slot.position, now=now,
            content={"regrade": regrade_id, "fraction": slot.new_fraction, "is_counted": slot.new_counted},
        )  # fmt: skip
    regrades.update_score(db, class_id, attempt_id, change.new)
