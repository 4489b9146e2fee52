"""Taking a quiz: the page before it, one question a page, the look back before submitting, and the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from quiz.core.answer_messages import is_operation_id
from quiz.core.messages import Explained
from quiz.core.question_type import Submitted, UnreadableResponse
from quiz.core.questions import PublicQuestion
from quiz.core.timing import TRANSIT
from quiz.storage.attempts import Attempt, AttemptSlot, select_attempt_slots
from quiz.storage.encoding import new_id
from quiz.storage.late_answers import select_late_answers
from quiz.storage.quizzes import Quiz
from quiz.web.passing import (
    LEAVE_BLANK,
    elsewhere,
    go_on_from,
    leaves_blank,
    navigator_groups,
    not_under_way,
    own_attempt,
    passed_page,
    resume_address,
    way_through,
)
from quiz.web.preferences import keep_preferences
from quiz.web.request_tools import db, explain, me, not_found, now, person, signed_in, to_sign_in, today
from quiz.workflows.ask_another import NoneLike, ask_another, may_ask_another, may_practise
from quiz.workflows.check_response import CertaintyMissing, NoCheckHere, NothingToCheck, check_response
from quiz.workflows.end_overdue import end_of
from quiz.workflows.enter_quiz import (
    AccountNeeded,
    JoinFirst,
    NoSuchQuiz,
    may_try_again,
    outlook_of,
    quiz_for,
)
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.note_result_seen import note_result_seen
from quiz.workflows.open_attempt import NoSuchAttempt, Place, place_of
from quiz.workflows.open_question import type_called
from quiz.workflows.pass_through import PlaceClosed, Way
from quiz.workflows.regrades_of_attempt import positions_dropped, regrades_of_attempt
from quiz.workflows.review_attempt import Review, answer_in_words, answers_so_far, review_attempt
from quiz.workflows.save_response import (
    CERTAINTY,
    AnswerLate,
    AttemptClosed,
    ChangedElsewhere,
    PlaceFinished,
    read_certainty,
    read_submitted,
    save_response,
)
from quiz.workflows.start_attempt import CannotStart, start_attempt
from quiz.workflows.submit_attempt import Because, submit_attempt
from quiz.workflows.take_break import end_break, take_break
from quiz.workflows.tell_certainty import tell_certainty
from quiz.workflows.tell_check import tell_check, tries_of_attempt
from quiz.workflows.tell_hand_marks import hand_marks_shown
from quiz.workflows.tell_problems import tell_problems
from quiz.workflows.tell_time import timer_of
from quiz.workflows.tell_visibility import shown_of

blueprint = Blueprint("taking", __name__)


@blueprint.route("/quiz/<quiz_id>/start", methods=["GET", "POST"])
def start(quiz_id: str) -> Any:
    try:
        quiz = quiz_for(db(), person(), quiz_id)
    except JoinFirst as first:
        return redirect(url_for("join.code", code=first.join_code))
    except AccountNeeded:
        return redirect(url_for("account.sign_up", next=request.path))
    except NoSuchQuiz:
        return not_found() if person() else to_sign_in()
    if request.method == "GET":
        return _start_page(quiz)
    try:
        attempt = start_attempt(db(), quiz, person_id=me().id, now=now())
    except CannotStart as refused:
        return _start_page(quiz, problem=refused), 409
    slots = select_attempt_slots(db(), attempt)
    way = way_through(attempt, slots)
    onward = _place_address(attempt, 1) if way.is_free else resume_address(way, slots)
    # A box that is not ticked is not sent: the field before it says what that means, and the last one counts.
    timer = ["", *request.form.getlist("timer")][-1]
    return keep_preferences(redirect(onward, 303), {"timer": timer})


@blueprint.get("/attempt/<attempt_id>")
@signed_in
def resume(attempt_id: str) -> Any:
    """Go on where the learner left off: at the first question without an answer."""
    attempt = own_attempt(attempt_id)
    if away := not_under_way(attempt):
        return away
    if attempt.deadline_at and now() >= attempt.deadline_at:
        return redirect(_review_address(attempt))
    slots = select_attempt_slots(db(), attempt)
    return redirect(resume_address(way_through(attempt, slots), slots))


@blueprint.route("/attempt/<attempt_id>/question/<int:position>", methods=["GET", "POST"])
@signed_in
def question(attempt_id: str, position: int) -> Any:
    place = _place(attempt_id, position)
    if request.method == "POST":
        return _answer(place)
    # Practice goes on after the attempt was submitted.
    is_over = place.attempt.state == "submitted" and place.slot.is_extra
    if away := not is_over and not_under_way(place.attempt):
        return away
    way = way_through(place.attempt, place.slots)
    return elsewhere(place, way) or _question_page(place, _stored_form(place), way=way)


@blueprint.post("/attempt/<attempt_id>/question/<int:position>/another")
@signed_in
def another(attempt_id: str, position: int) -> Any:
    """Ask one more question like this one, for practice."""
    place = _place(attempt_id, position)
    attempt = place.attempt
    if not may_ask_another(db(), attempt, place.slot, shown_of(db(), attempt, now=now())):
        not_found()
    try:
        added = ask_another(db(), attempt, position, operation_id=_operation_id(), now=now())
    except NoneLike as problem:
        return render_template("taking/none_like.html", place=place, problem=problem), 409
    return redirect(_place_address(attempt, added), 303)


@blueprint.get("/attempt/<attempt_id>/review")
@signed_in
def review(attempt_id: str) -> Any:
    attempt = own_attempt(attempt_id)
    return not_under_way(attempt) or _review_page(attempt)


@blueprint.route("/attempt/<attempt_id>/break", methods=["GET", "POST"])
@signed_in
def pause(attempt_id: str) -> Any:
    """The page of a break: the clock stands still, and no question is shown."""
    attempt = own_attempt(attempt_id)
    if request.method == "POST":
        attempt = take_break(db(), attempt, now=now())
        return redirect(url_for(".pause" if attempt.paused_at else ".resume", attempt_id=attempt_id), 303)
    if attempt.state != "open" or attempt.paused_at is None:
        return redirect(url_for(".resume", attempt_id=attempt_id))
    return render_template("taking/break.html", attempt=attempt, timer=timer_of(db(), attempt, now=now()))


@blueprint.post("/attempt/<attempt_id>/break/end")
@signed_in
def go_on(attempt_id: str) -> Any:
    end_break(db(), own_attempt(attempt_id), now=now())
    return redirect(url_for(".resume", attempt_id=attempt_id), 303)


@blueprint.post("/attempt/<attempt_id>/submit")
@signed_in
def submit(attempt_id: str) -> Any:
    attempt = own_attempt(attempt_id)
    because: Because = "time" if _is_time_up(attempt) else "learner"
    submit_attempt(db(), attempt, now=now(), because=because)
    return redirect(url_for(".result", attempt_id=attempt_id), 303)


@blueprint.get("/attempt/<attempt_id>/result")
@signed_in
def result(attempt_id: str) -> Any:
    attempt = own_attempt(attempt_id)
    if attempt.state == "open":
        return redirect(_review_address(attempt))
    may_retry = may_try_again(db(), attempt, now=now())
    late = select_late_answers(db(), attempt.class_id, attempt.id)
    if attempt.state == "abandoned":
        note_result_seen(db(), attempt, now=now())
        return render_template("taking/abandoned.html", attempt=attempt, may_try_again=may_retry, late=late)
    shown = shown_of(db(), attempt, now=now())
    reviewed = review_attempt(db(), attempt, shown=shown, today=today())
    note_result_seen(db(), reviewed.attempt, now=now())
    return render_template(
        "taking/result.html", review=reviewed, may_try_again=may_retry, late=late, operation_id=new_id(now()),
        time_used=format_timedelta(timedelta(seconds=reviewed.seconds)), **_since(reviewed),
    )  # fmt: skip


def _since(reviewed: Review) -> dict[str, Any]:
    """Return what came after the submission: regrades, and reports with their answers, as far as they are shown."""
    attempt, shown, slots = reviewed.attempt, reviewed.shown, [place.slot for place in reviewed.places]
    restatements = regrades_of_attempt(db(), attempt.class_id, attempt.id, slots, shown=shown)
    return _of_marking(reviewed) | {
        "restatements": restatements,
        "hand_marks": hand_marks_shown(db(), attempt, shown),
        "dropped": positions_dropped(restatements),
        "remarked": {place.slot.position for each in restatements for place in each.places},
        "problems": tell_problems(db(), attempt, shown),
    }


def _of_marking(reviewed: Review) -> dict[str, Any]:
    """Return what tries and certainty made of the marks, as far as it is shown, and what there is to practise."""
    attempt, shown = reviewed.attempt, reviewed.shown
    slots = [place.slot for place in reviewed.places]
    everything = select_attempt_slots(db(), attempt)
    return {
        "tries": tries_of_attempt(db(), attempt, shown),
        "certainty": tell_certainty(attempt, slots) if shown.marks and shown.response else None,
        "may_practise": may_practise(db(), attempt, shown),
        "left_to_practise": [slot for slot in everything if slot.is_extra and not slot.finished_at],
    }


@blueprint.errorhandler(CSRFError)
def page_too_old(error: CSRFError) -> Any:
    """Show the page again with a fresh token, and with all that was typed."""
    try:
        return _page_again(**request.view_args or {}), 400
    except HTTPException as refused:
        return current_app.handle_http_exception(refused)


def _page_again(attempt_id: str = "", position: int = 0, quiz_id: str = "") -> str:
    notice = _(
        "This page was open too long, or you signed in again. Nothing was saved: press the button again."
    )
    if position:
        return _question_page(_place(attempt_id, position), _submitted(), notice=notice)
    if attempt_id:
        return _review_page(own_attempt(attempt_id), notice=notice)
    try:
        return _start_page(quiz_for(db(), me(), quiz_id), notice=notice)
    except (NoSuchQuiz, AccountNeeded):
        not_found()


def _answer(place: Place) -> Any:
    """Save what the form holds, then do what its button says."""
    submitted, wish = _submitted(), request.form.get("go", "next")
    operation_id = _operation_id()
    attempt, position = place.attempt, place.slot.position
    response = certainty = None
    try:
        if wish in ("flag", "unflag"):
            is_flagged = wish == "flag"
            flag_slot(
                db(), attempt, position, is_flagged=is_flagged, operation_id=f"{operation_id}-{wish}",
                now=now(),
            )  # fmt: skip
        response, certainty = (None, None) if wish == "clear" else _read(place, submitted)
        if wish == "check":
            checked = check_response(
                db(), attempt, position, response=response, certainty=certainty, operation_id=operation_id,
                based_on=_revision(), now=now(),
            )  # fmt: skip
            told = "now" if checked.is_try else "before"
            return redirect(f"{_place_address(attempt, position, told=told)}#told", 303)
        # The form of a place that is finished holds no answer: it only leads on.
        if place.slot.finished_at is None or _has_answer(submitted):
            save_response(
                db(), attempt, position, response=response, certainty=certainty, operation_id=operation_id,
                based_on=_revision(), now=now(),
            )  # fmt: skip
    except (UnreadableResponse, NothingToCheck, CertaintyMissing, NoCheckHere) as problem:
        return _question_page(_place(attempt.id, position), submitted, problem=problem), 422
    except PlaceFinished as problem:
        place = _place(attempt.id, position)
        return _question_page(place, _stored_form(place), notice=explain(problem)), 409
    except ChangedElsewhere as problem:
        return _conflict_page(place, submitted, response, certainty, problem.stored), 409
    except PlaceClosed as problem:
        return passed_page(place, problem, response)
    except (AttemptClosed, AnswerLate) as problem:
        return render_template("taking/closed.html", attempt=own_attempt(attempt.id), problem=problem), 409
    return _where_to(place, wish, response, operation_id)


def _where_to(place: Place, wish: str, response: Any, operation_id: str) -> Any:
    """Go where the button of a form leads whose answer is saved."""
    attempt, position = place.attempt, place.slot.position
    if wish == "report":
        return redirect(url_for("problems.report", attempt_id=attempt.id, position=position), 303)
    if wish not in ("next", LEAVE_BLANK):
        return redirect(_place_address(attempt, position), 303)
    way = way_through(attempt, place.slots)
    if leaves_blank(place, way, response):
        return _question_page(_place(attempt.id, position), {}, is_leaving_blank=True), 422
    return go_on_from(place, way, operation_id)


def _start_page(quiz: Quiz, *, problem: Explained | None = None, notice: str = "") -> str:
    asking = person()
    outlook = outlook_of(db(), quiz, asking.id if asking else "", now=now())
    return render_template(
        "taking/start.html", outlook=outlook, problem=problem, notice=notice, moment_now=now()
    )


def _question_page(
    place: Place, typed: Submitted, *, problem: Explained | None = None, notice: str = "",
    is_leaving_blank: bool = False, way: Way | None = None,
) -> str:  # fmt: skip
    attempt, slot = place.attempt, place.slot
    way = way or way_through(attempt, place.slots)
    return render_template(
        "taking/question.html", place=place, shown=_presented(place.question, slot), typed=typed, problem=problem,
        problem_at="certainty-1" if isinstance(problem, CertaintyMissing) else "stem-first",
        notice=notice, operation_id=new_id(now()), timer=timer_of(db(), attempt, now=now()), moment_now=now(),
        way=way, groups=navigator_groups(way, place.slots), is_leaving_blank=is_leaving_blank,
        told=tell_check(db(), attempt, slot, place.question, now=now()),
        may_ask_another=slot.finished_at is not None
        and may_ask_another(db(), attempt, slot, shown_of(db(), attempt, now=now())),
    )  # fmt: skip


def _presented(question: PublicQuestion, slot: AttemptSlot) -> Any:
    return type_called(question.type).present(question.ask, slot.seed)


def _read(place: Place, submitted: Submitted) -> tuple[Any, int | None]:
    """Return what a form answers, and how sure it says its learner is. Raises UnreadableResponse."""
    certainty = read_certainty(place.attempt, place.slot, submitted)
    return read_submitted(place.question, place.slot, submitted), certainty


def _has_answer(submitted: Submitted) -> bool:
    return any(name.startswith("answer") for name in submitted)


def _conflict_page(
    place: Place, submitted: Submitted, response: Any, certainty: int | None, stored: AttemptSlot
) -> str:
    typed = replace(place.slot, response=response, certainty=certainty)
    return render_template(
        "taking/conflict.html", place=place, stored=stored, typed=typed, submitted=submitted,
        operation_id=new_id(now()),
        lines_stored=answer_in_words(place.question, stored),
        lines_typed=answer_in_words(place.question, typed),
    )  # fmt: skip


def _review_page(attempt: Attempt, *, notice: str = "") -> str:
    places = answers_so_far(db(), attempt)
    way = way_through(attempt, [place.slot for place in places])
    # What was not met yet must not be read before its time; questions for practice are not submitted.
    places = [place for place in places if place.slot.position in way.met and not place.slot.is_extra]
    shown = request.args.get("show", "all")
    groups = {
        "all": places,
        "blank": [place for place in places if not place.slot.is_answered],
        "flagged": [place for place in places if place.slot.is_flagged],
    }
    return render_template(
        "taking/review.html",
        attempt=attempt,
        way=way,
        groups=groups,
        shown=shown if shown in groups else "all",
        visible=shown_of(db(), attempt, now=now()),
        notice=notice,
        timer=timer_of(db(), attempt, now=now()),
        moment_now=now(),
    )


def _is_time_up(attempt: Attempt) -> bool:
    """Tell whether a submission now comes from a page whose time ran out, and not from a wish to stop early."""
    end = end_of(db(), attempt, now=now())
    return end is not None and now() >= end - TRANSIT


def _place(attempt_id: str, position: int) -> Place:
    try:
        return place_of(db(), own_attempt(attempt_id), position)
    except NoSuchAttempt:
        not_found()


def _stored_form(place: Place) -> Submitted:
    """Return the form as it was when the stored answer was sent."""
    slot = place.slot
    certainty = {CERTAINTY: [str(slot.certainty)]} if slot.certainty else {}
    if slot.response is None:
        return certainty
    return certainty | dict(
        type_called(place.question.type).submitted_from(place.question.ask, slot.response, slot.seed)
    )


def _submitted() -> Submitted:
    return request.form.to_dict(flat=False)


def _operation_id() -> str:
    sent = request.form.get("operation", "")
    return sent if is_operation_id(sent) else new_id(now())


def _revision() -> int | None:
    """Return the revision that the form was made from; None if it says none, and then it overwrites."""
    sent = request.form.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def _place_address(attempt: Attempt, position: int, **more: Any) -> str:
    return url_for(".question", attempt_id=attempt.id, position=position, **more)


def _review_address(attempt: Attempt) -> str:
    return url_for(".review", attempt_id=attempt.id)
