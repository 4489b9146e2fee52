"""Set what a learner gets in every quiz: more time, later closing, more attempts, breaks. It works at once."""

from __future__ import annotations

from datetime import datetime

from quiz.core.messages import N_
from quiz.core.timing import LONGEST_NOTE, NONE, Accommodation, UnusableAccommodation, usable_accommodation
from quiz.storage.accommodations import delete_accommodation, upsert_accommodation
from quiz.storage.attempts import select_open_attempts_of_person
from quiz.storage.database import Database
from quiz.workflows.move_deadline import move_deadline
from quiz.workflows.record_audit import record_audit


def set_accommodation(
    db: Database, person_id: str, wanted: Accommodation, *, note: str, by: str, now: datetime
) -> None:
    """Write it down, and give attempts that are under way the time they get by it. Raises UnusableAccommodation.

    One that grants nothing takes an earlier one away; attempts under way keep the time that they have.
    """
    granted, note = usable_accommodation(wanted), " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise UnusableAccommodation("note", N_("This must have {most} characters at most"), most=LONGEST_NOTE)
    with db.atomic():
        if granted == NONE:
            delete_accommodation(db, person_id)
        else:
            upsert_accommodation(db, person_id, granted, note=note, by=by, now=now)
        record_audit(
            db, actor_id=by, action="set_accommodation", subject=f"person {person_id}", now=now,
            factor=granted.factor, is_untimed=granted.is_untimed, extra_days=granted.extra_days,
            extra_attempts=granted.extra_attempts, may_pause=granted.may_pause,
        )  # fmt: skip
        for attempt in select_open_attempts_of_person(db, person_id):
            move_deadline(db, attempt, now=now)
