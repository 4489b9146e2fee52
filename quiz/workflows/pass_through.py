"""Pass through an attempt: which of its places may be opened now, and what is left behind for good.

Where navigation is sequential one place is open; where a section has a time limit, the places of one part are. All of
it is the server's to say: an address that somebody types opens nothing else, and neither does an old page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quiz.core.messages import N_, Explained
from quiz.core.parts import Part, current_part, part_at, reach_of
from quiz.core.timing import NO_TIME
from quiz.storage import attempts
from quiz.storage.attempt_parts import select_parts, update_part
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.database import Database


class PlaceClosed(Explained):
    """The place can't be opened or answered now: it was left behind, or it comes later. slot: as it is stored."""

    def __init__(self, slot: AttemptSlot, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.slot = slot


LEFT = N_(
    "You cannot return to question {number}. What you answered before you left it stays; "
    "what you sent now was not added."
)
LATER = N_("Question {number} comes later: questions are opened one after the other.")
FINISHED = N_(
    "You finished part {part}, so question {number} cannot be changed any more. "
    "What you answered before stays; what you sent now was not added."
)
NOT_OPENED = N_("Question {number} belongs to part {part}, which you have not opened yet.")


@dataclass(frozen=True)
class Way:
    """Where in an attempt its learner is. count: of its places, without those asked for as practice.

    parts: all of them; none if the quiz has no sections. part: the one that runs or comes next, if they are passed in
    order; None otherwise, and after the last. open: the places that may be opened. met: those that were opened so far.
    """

    attempt: Attempt
    count: int
    parts: Sequence[Part]
    part: Part | None
    open: range
    met: range

    @property
    def is_sequential(self) -> bool:
        return self.attempt.navigation == "sequential"

    @property
    def is_free(self) -> bool:
        """Tell whether every place may be opened at any time."""
        return not self.is_sequential and not self.attempt.is_in_parts

    @property
    def waits_for_part(self) -> bool:
        """Tell whether a part has to be opened before anything can be answered."""
        return self.part is not None and self.part.started_at is None

    @property
    def is_in_last_part(self) -> bool:
        return self.part is not None and self.part.number == len(self.parts)

    def allows(self, slot: AttemptSlot) -> bool:
        """Tell whether the place may be opened now."""
        return slot.is_extra or slot.position in self.open


def way_of(db: Database, attempt: Attempt, slots: Sequence[AttemptSlot], *, now: datetime) -> Way:
    """Return where in the attempt its learner is. slots: all of the attempt's."""
    count = sum(not slot.is_extra for slot in slots)
    parts = select_parts(db, attempt)
    part = current_part(parts, now, in_break=in_break(attempt, now)) if attempt.is_in_parts else None
    open_, met = range(1, count + 1), range(1, count + 1)
    if attempt.is_in_parts:
        started = [p for p in parts if p.started_at is not None]
        met = range(1, (started[-1].last_position if started else 0) + 1)
        open_ = part.positions if part and part.started_at is not None else range(0)
    if attempt.navigation == "sequential":
        here = here_in(attempt)
        open_ = range(here, here + 1) if here in open_ else range(0)
        met = range(1, min(here, met.stop - 1) + 1)
    return Way(attempt, count, parts, part, open_, met)


def here_in(attempt: Attempt) -> int:
    """Return the place that is open where there is no way back; one after the last once all were passed."""
    return max(1, attempt.reached)


def in_break(attempt: Attempt, now: datetime) -> timedelta:
    """Return how long a break lasts that goes on."""
    return NO_TIME if attempt.paused_at is None else max(NO_TIME, now - attempt.paused_at)


def is_place_late(db: Database, attempt: Attempt, slot: AttemptSlot, *, now: datetime) -> bool:
    """Tell whether an answer to the place comes after the end of its part. Raises PlaceClosed if it can't be given.

    attempt: as it is now, and open.
    """
    if slot.is_extra:
        return False
    is_sequential = attempt.navigation == "sequential"
    if not attempt.is_in_parts:
        if is_sequential:
            _check_order(attempt, slot)
        return False
    parts = select_parts(db, attempt)
    part = part_at(parts, slot.position)
    reach = reach_of(parts, slot.position, now, in_break=in_break(attempt, now))
    if reach in ("finished", "later"):
        sentence = FINISHED if reach == "finished" else NOT_OPENED
        raise PlaceClosed(slot, sentence, part=part.number, number=slot.position)
    if is_sequential:
        if here_in(attempt) not in part.positions:
            # The next part was opened since, so nobody knows any more which place of this one was open last.
            return True
        _check_order(attempt, slot)
    return reach == "time_up"


def check_place(db: Database, attempt: Attempt, position: int, *, now: datetime) -> None:
    """Raise PlaceClosed if the place was left behind or comes later. attempt: as it is now, and open."""
    slot = attempts.select_attempt_slot_or_none(db, attempt, position)
    if slot is not None:
        is_place_late(db, attempt, slot, now=now)


def _check_order(attempt: Attempt, slot: AttemptSlot) -> None:
    here = here_in(attempt)
    if slot.position != here:
        raise PlaceClosed(slot, LEFT if slot.position < here else LATER, number=slot.position)


def leave_place(
    db: Database, attempt: Attempt, position: int, *, operation_id: str, now: datetime
) -> Attempt:
    """Return the attempt with the next place open and this one closed for good; harmless to repeat.

    Does nothing unless this is the place that is open, there is no way back, and the attempt goes on.
    """
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        current = attempts.select_attempt_or_none(db, attempt.id) or attempt
        if sequence is None or current.navigation != "sequential" or position != here_in(current):
            return current
        attempts.insert_step(
            db, current, sequence, operation_id=operation_id, position=position, kind="reach",
            content={"reached": position + 1}, now=now,
        )  # fmt: skip
        attempts.update_reached(db, current, position + 1)
        _finish_after(db, current, position, now)
    return replace(current, reached=position + 1)


def open_part(db: Database, attempt: Attempt, number: int, *, now: datetime) -> None:
    """Open the part, so that its clock starts, if it is the next one. Harmless to repeat."""
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        current = attempts.select_attempt_or_none(db, attempt.id) or attempt
        parts = select_parts(db, current)
        part = current_part(parts, now, in_break=in_break(current, now)) if current.is_in_parts else None
        is_next = part is not None and part.number == number and part.started_at is None
        if sequence is None or part is None or not is_next or current.paused_at is not None:
            return
        attempts.insert_step(
            db, current, sequence, operation_id=f"part-{number}-open", position=part.first_position,
            kind="section", content={"part": number, "opened": True}, now=now,
        )  # fmt: skip
        _close_before(db, current, parts, number)
        opened = replace(part, started_at=now, deadline_at=now + part.total if part.total else None)
        update_part(db, current, opened)
        attempts.update_reached(db, current, part.first_position)
        if number == len(parts):
            _end_with(db, current, opened)


def finish_part(db: Database, attempt: Attempt, number: int, *, now: datetime) -> None:
    """Finish the part that runs, before its time is up. Harmless to repeat. The last one ends with its attempt."""
    with db.atomic():
        sequence = attempts.take_step_number_or_none(db, attempt)
        current = attempts.select_attempt_or_none(db, attempt.id) or attempt
        parts = select_parts(db, current)
        part = current_part(parts, now, in_break=in_break(current, now)) if current.is_in_parts else None
        runs = part is not None and part.number == number and part.started_at is not None
        if sequence is None or part is None or not runs or number == len(parts):
            return
        attempts.insert_step(
            db, current, sequence, operation_id=f"part-{number}-finish", position=part.first_position,
            kind="section", content={"part": number, "opened": False}, now=now,
        )  # fmt: skip
        update_part(db, current, replace(part, ended_at=now))


def _finish_after(db: Database, attempt: Attempt, position: int, now: datetime) -> None:
    """Finish the part whose last place was left: there is nothing more to do in it."""
    parts = select_parts(db, attempt) if attempt.is_in_parts else []
    for part in parts[:-1]:
        if part.last_position == position and not part.is_over(now, in_break=in_break(attempt, now)):
            update_part(db, attempt, replace(part, ended_at=now))


def _close_before(db: Database, attempt: Attempt, parts: Sequence[Part], number: int) -> None:
    """Write down that the parts before are over: their time was up, and nobody finished them."""
    for part in parts[: number - 1]:
        if part.ended_at is None:
            update_part(db, attempt, replace(part, ended_at=part.deadline_at))


def _end_with(db: Database, attempt: Attempt, last: Part) -> None:
    """Let the attempt end with its last part: then its own rule says what happens, and nobody has to come back."""
    ends = [end for end in (attempt.deadline_at, last.deadline_at) if end is not None]
    attempts.update_timing(
        db,
        attempt,
        deadline_at=min(ends, default=None),
        paused_s=attempt.paused_s,
        paused_at=attempt.paused_at,
    )
