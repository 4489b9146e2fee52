"""Pages for the parts of an attempt that are passed in order: before one is opened, and before it is left."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from quiz.storage.attempts import Attempt, select_attempt_slots
from quiz.web.passing import not_under_way, own_attempt, resume_address, way_through
from quiz.web.request_tools import db, now, signed_in
from quiz.workflows.pass_through import finish_part, open_part
from quiz.workflows.review_attempt import answers_so_far
from quiz.workflows.tell_time import timer_of

blueprint = Blueprint("parts", __name__)


@blueprint.get("/attempt/<attempt_id>/part/<int:number>")
@signed_in
def part(attempt_id: str, number: int) -> Any:
    """Before the part its page with what it is and how long; while it runs, the look back at it."""
    attempt = own_attempt(attempt_id)
    if elsewhere := not_under_way(attempt):
        return elsewhere
    slots = select_attempt_slots(db(), attempt)
    way = way_through(attempt, slots)
    if way.part is None or way.part.number != number or (way.is_sequential and not way.waits_for_part):
        return redirect(resume_address(way, slots))
    shown = {"attempt": attempt, "way": way, "part": way.part, "moment_now": now()}
    if way.waits_for_part:
        before = [p for p in way.parts if p.number == number - 1]
        is_time_up = any(p.deadline_at and not p.was_finished for p in before)
        return render_template(
            "taking/part.html", is_time_up=is_time_up, timer=timer_of(db(), attempt, now=now()), **shown
        )
    places = [place for place in answers_so_far(db(), attempt) if place.slot.position in way.open]
    return render_template(
        "taking/part_review.html", places=places, timer=timer_of(db(), attempt, now=now()), **shown
    )


@blueprint.post("/attempt/<attempt_id>/part/<int:number>/open")
@signed_in
def open_(attempt_id: str, number: int) -> Any:
    attempt = own_attempt(attempt_id)
    open_part(db(), attempt, number, now=now())
    return _resume(attempt)


@blueprint.post("/attempt/<attempt_id>/part/<int:number>/finish")
@signed_in
def finish(attempt_id: str, number: int) -> Any:
    attempt = own_attempt(attempt_id)
    finish_part(db(), attempt, number, now=now())
    return _resume(attempt)


@blueprint.get("/attempt/<attempt_id>/go")
@signed_in
def go(attempt_id: str) -> Any:
    """Go to a question by its number; to where the attempt goes on, if it is none that may be opened."""
    attempt = own_attempt(attempt_id)
    position = request.args.get("question", 0, type=int)
    slots = select_attempt_slots(db(), attempt)
    way = way_through(attempt, slots)
    if attempt.state == "open" and position in way.open:
        return redirect(url_for("taking.question", attempt_id=attempt.id, position=position))
    return _resume(attempt)


def _resume(attempt: Attempt) -> Any:
    return redirect(url_for("taking.resume", attempt_id=attempt.id), 303)
