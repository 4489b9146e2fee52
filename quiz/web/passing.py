"""How a learner gets from one place of an attempt to the next: what every view of taking a quiz shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for

from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.web.request_tools import db, me, not_found, now
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.open_attempt import NoSuchAttempt, Place, attempt_of
from quiz.workflows.pass_through import PlaceClosed, Way, leave_place, way_of
from quiz.workflows.review_attempt import answer_in_words

LEAVE_BLANK = "leave_blank"
"""What the button says that leaves a question for good without an answer."""
MOST_IN_ONE_GROUP = 60
GROUP = 20
"""The navigator shows so many questions at one go, else groups of this size."""


@dataclass(frozen=True)
class NavigatorGroup:
    """Some neighbouring questions. title: of their section, "" for none."""

    title: str
    slots: tuple[AttemptSlot, ...]

    @property
    def first(self) -> int:
        return self.slots[0].position

    @property
    def last(self) -> int:
        return self.slots[-1].position

    @property
    def answered(self) -> int:
        return sum(slot.is_answered for slot in self.slots)


def own_attempt(attempt_id: str) -> Attempt:
    """Return the attempt, ended if its time is up; answer 404 if it is somebody else's."""
    try:
        return end_if_over(db(), attempt_of(db(), me().id, attempt_id), now=now())
    except NoSuchAttempt:
        not_found()


def not_under_way(attempt: Attempt) -> Any:
    """Return the way to where an attempt leads that is over or in a break; None if it can be gone on with."""
    if attempt.state != "open":
        return redirect(url_for("taking.result", attempt_id=attempt.id))
    return redirect(url_for("taking.pause", attempt_id=attempt.id)) if attempt.paused_at else None


def way_through(attempt: Attempt, slots: Sequence[AttemptSlot]) -> Way:
    """Return where in the attempt its learner is now."""
    return way_of(db(), attempt, slots, now=now())


def resume_address(way: Way, slots: Sequence[AttemptSlot]) -> str:
    """Return where the attempt goes on: at the first open question without an answer, else at what comes after."""
    attempt_id = way.attempt.id
    if way.waits_for_part and way.part:
        return url_for("parts.part", attempt_id=attempt_id, number=way.part.number)
    blank = next((s.position for s in slots if s.position in way.open and not s.is_answered), None)
    if blank is None and way.is_sequential:
        blank = next(iter(way.open), None)
    if blank is not None:
        return url_for("taking.question", attempt_id=attempt_id, position=blank)
    return after_last(way)


def after_last(way: Way) -> str:
    """Return what comes after the last question: of a part, the look back at it; of the attempt, at all of it."""
    if way.part and not way.is_in_last_part:
        return url_for("parts.part", attempt_id=way.attempt.id, number=way.part.number)
    return url_for("taking.review", attempt_id=way.attempt.id)


def elsewhere(place: Place, way: Way) -> Any:
    """Return the way to what is open, if the place is not; an address in the browser's history does no harm."""
    return None if way.allows(place.slot) else redirect(resume_address(way, place.slots))


def leaves_blank(place: Place, way: Way, response: Any) -> bool:
    """Tell whether somebody is about to leave a question for good without an answer, and was not asked about it."""
    slot = place.slot
    is_left = way.is_sequential and way.allows(slot) and not slot.is_extra
    is_blank = response is None and slot.standing.asks and slot.finished_at is None
    return is_left and is_blank and request.form.get("go") != LEAVE_BLANK


def go_on_from(place: Place, way: Way, operation_id: str) -> Any:
    """Leave the place for the next one. operation_id: of the form whose button was pressed."""
    attempt, position = place.attempt, place.slot.position
    if place.slot.is_extra or attempt.state != "open":
        return redirect(url_for("taking.review", attempt_id=attempt.id), 303)
    if way.is_sequential:
        left = leave_place(db(), attempt, position, operation_id=f"{operation_id}-reach", now=now())
        return redirect(resume_address(way_through(left, place.slots), place.slots), 303)
    if not way.allows(place.slot):
        return redirect(resume_address(way, place.slots), 303)
    if position + 1 in way.open:
        return redirect(url_for("taking.question", attempt_id=attempt.id, position=position + 1), 303)
    return redirect(after_last(way), 303)


def passed_page(place: Place, problem: PlaceClosed, response: Any | None) -> tuple[str, int]:
    """Return the page for an answer to a place that is not open: what stays, what was sent, where it goes on."""
    sent = () if response is None else answer_in_words(place.question, replace(place.slot, response=response))
    stays = answer_in_words(place.question, problem.slot)
    page = render_template("taking/passed.html", place=place, problem=problem, sent=sent, stays=stays)
    return page, 409


def navigator_groups(way: Way, slots: Sequence[AttemptSlot]) -> list[NavigatorGroup]:
    """Return the questions that may be opened now: by section, and where there are many, twenty at a time."""
    open_ = [slot for slot in slots if slot.position in way.open]
    if not way.parts:
        return (
            _in_twenties("", open_) if len(open_) > MOST_IN_ONE_GROUP else [NavigatorGroup("", tuple(open_))]
        )
    groups = []
    for part in way.parts:
        held = [slot for slot in open_ if slot.position in part.positions]
        if held:
            is_long = len(held) > MOST_IN_ONE_GROUP
            groups += _in_twenties(part.title, held) if is_long else [NavigatorGroup(part.title, tuple(held))]
    return groups


def _in_twenties(title: str, slots: Sequence[AttemptSlot]) -> list[NavigatorGroup]:
    return [NavigatorGroup(title, tuple(slots[at : at + GROUP])) for at in range(0, len(slots), GROUP)]
