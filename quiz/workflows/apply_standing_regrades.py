"""Bring the regrades that stand to marks that were made after them: of an attempt under way, or of a late answer.

A regrade changes the attempts that are submitted when it is made. Those that had been started by then were asked the
same wording under the same key, so they get it too, as soon as they are marked. Whoever starts later does not: by then
the question may have been mended.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from quiz.core.regrading import Adjustment, CannotRegrade, MarkedSlot, SlotChange, regrade
from quiz.storage import regrades
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.regrades import MarkedAttempt, Regrade
from quiz.workflows.plan_regrade import Wanted, adjuster
from quiz.workflows.write_regraded import write_regraded


def apply_standing_regrades(db: Database, attempt: Attempt, *, cause: str, now: datetime) -> None:
    """Regrade an attempt that has just been submitted. cause: the operation that marked it.

    Belongs inside atomic(), after the marks were written. What it changes is kept like any change of those regrades:
    it is told to the learner, and undone with them.
    """
    regrades.hold_regrades(db, attempt.class_id, attempt.quiz_id)
    if standing := regrades.select_regrades_since(db, attempt):
        _apply(db, attempt, standing, None, cause, now)


def regrade_place_again(db: Database, attempt: Attempt, position: int, *, cause: str, now: datetime) -> None:
    """Regrade one place of a submitted attempt whose answer was marked anew, as if that had been the answer before.

    Belongs inside atomic(), after the mark was written. cause: as above.
    """
    regrades.hold_regrades(db, attempt.class_id, attempt.quiz_id)
    if standing := regrades.select_regrades_since(db, attempt):
        # What they made of the answer before is void; the steps still tell it.
        regrades.withdraw_changes(db, attempt, position)
        _apply(db, attempt, standing, {position}, cause, now)


def _apply(
    db: Database, attempt: Attempt, standing: Sequence[Regrade], places: Collection[int] | None, cause: str,
    now: datetime,
) -> None:  # fmt: skip
    """Apply the regrades, the oldest first, to these places of the attempt, None for all."""
    marked = regrades.select_marked_attempt(db, attempt)
    slots = marked.slots
    for made in standing:
        adjust = _only_at(places, _adjustment(db, made, marked, now))
        change = regrade(slots, adjust, question_id=made.question_id, only_if_higher=made.only_if_higher)
        write_regraded(db, attempt.class_id, made.id, attempt.id, change, cause=cause, now=now)
        changed = {place.position: place for place in change.changes}
        slots = [_after(slot, changed.get(slot.position)) for slot in slots]


def _adjustment(db: Database, made: Regrade, marked: MarkedAttempt, now: datetime) -> Adjustment:
    wanted = Wanted.stored(made)
    try:
        return adjuster(db, wanted, [marked], now.date())(marked)
    except CannotRegrade:
        # The key of the other version does not fit this wording: the regrade would have left it alone, too.
        return lambda slot: slot


def _only_at(places: Collection[int] | None, adjust: Adjustment) -> Adjustment:
    return lambda slot: adjust(slot) if places is None or slot.position in places else slot


def _after(slot: MarkedSlot, change: SlotChange | None) -> MarkedSlot:
    if change is None:
        return slot
    return replace(
        slot,
        fraction=change.new_fraction,
        is_counted=change.new_counted,
        correctness=change.new_correctness,
    )
