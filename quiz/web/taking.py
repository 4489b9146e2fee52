"""Taking a quiz: the page before it, one question a page, the look back before submitting, and the result."""

from __future__ import annotations

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
from quiz.core.timing import TRANSIT
from quiz.storage.attempts import Attempt, AttemptSlot
from quiz.storage.encoding import new_id
from quiz.storage.late_answers import select_late_answers
from quiz.storage.problem_reports import select_problems_of_attempt
from quiz.storage.quizzes import Quiz
from quiz.web.request_tools import db, me, not_found, now, person, signed_in, to_sign_in, today
from quiz.workflows.end_overdue import end_if_over, end_of
from quiz.workflows.enter_quiz import (
    AccountNeeded,
    JoinFirst,
    NoSuchQuiz,
    may_try_again,
    outlook_of,
    quiz_for,
)
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.open_attempt import NoSuchAttempt, Place, attempt_of, place_of
from quiz.workflows.open_question import type_called
from quiz.workflows.regrades_of_attempt import positions_dropped, regrades_of_attempt
from quiz.workflows.review_attempt import Review, answer_in_words, answers_so_far, review_attempt
from quiz.workflows.save_response import (
    AnswerLate,
    AttemptClosed,
    ChangedElsewhere,
    read_submitted,
    save_response,
)
from quiz.workflows.start_attempt import CannotStart, start_attempt
from quiz.workflows.submit_attempt import Because, submit_attempt
from quiz.workflows.take_break import end_break, take_break
from quiz.workflows.tell_time import timer_of

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
    return redirect(_place_address(attempt, 1), 303)


@blueprint.get("/attempt/<attempt_id>")
@signed_in
def resume(attempt_id: str) -> Any:
    """Go on where the learner left off: at the first question without an answer."""
    attempt = _attempt(attempt_id)
    if elsewhere := _not_under_way(attempt):
        return elsewhere
    if attempt.deadline_at and now() >= attempt.deadline_at:
        return redirect(_review_address(attempt))
    blank = next((place for place in answers_so_far(db(), attempt) if not place.lines), None)
    return redirect(_place_address(attempt, blank.slot.position) if blank else _review_address(attempt))


@blueprint.route("/attempt/<attempt_id>/question/<int:position>", methods=["GET", "POST"])
@signed_in
def question(attempt_id: str, position: int) -> Any:
    place = _place(attempt_id, position)
    if request.method == "POST":
        return _answer(place)
    return _not_under_way(place.attempt) or _question_page(place, _stored_form(place))


@blueprint.get("/attempt/<attempt_id>/review")
@signed_in
def review(attempt_id: str) -> Any:
    attempt = _attempt(attempt_id)
    return _not_under_way(attempt) or _review_page(attempt)


@blueprint.route("/attempt/<attempt_id>/break", methods=["GET", "POST"])
@signed_in
def pause(attempt_id: str) -> Any:
    """The page of a break: the clock stands still, and no question is shown."""
    attempt = _attempt(attempt_id)
    if request.method == "POST":
        attempt = take_break(db(), attempt, now=now())
        return redirect(url_for(".pause" if attempt.paused_at else ".resume", attempt_id=attempt_id), 303)
    if attempt.state != "open" or attempt.paused_at is None:
        return redirect(url_for(".resume", attempt_id=attempt_id))
    return render_template("taking/break.html", attempt=attempt, timer=timer_of(db(), attempt, now=now()))


@blueprint.post("/attempt/<attempt_id>/break/end")
@signed_in
def go_on(attempt_id: str) -> Any:
    end_break(db(), _attempt(attempt_id), now=now())
    return redirect(url_for(".resume", attempt_id=attempt_id), 303)


@blueprint.post("/attempt/<attempt_id>/submit")
@signed_in
def submit(attempt_id: str) -> Any:
    attempt = _attempt(attempt_id)
    because: Because = "time" if _is_time_up(attempt) else "learner"
    submit_attempt(db(), attempt, now=now(), because=because)
    return redirect(url_for(".result", attempt_id=attempt_id), 303)


@blueprint.get("/attempt/<attempt_id>/result")
@signed_in
def result(attempt_id: str) -> Any:
    attempt = _attempt(attempt_id)
    if attempt.state == "open":
        return redirect(_review_address(attempt))
    may_retry = may_try_again(db(), attempt, now=now())
    late = select_late_answers(db(), attempt.class_id, attempt.id)
    if attempt.state == "abandoned":
        return render_template("taking/abandoned.html", attempt=attempt, may_try_again=may_retry, late=late)
    reviewed = review_attempt(db(), attempt, today=today())
    return render_template(
        "taking/result.html", review=reviewed, may_try_again=may_retry, late=late,
        time_used=format_timedelta(timedelta(seconds=reviewed.seconds)), **_since(reviewed),
    )  # fmt: skip


def _since(reviewed: Review) -> dict[str, Any]:
    """Return what came after the submission: regrades, and reports with their answers."""
    attempt = reviewed.attempt
    restatements = regrades_of_attempt(db(), attempt.class_id, attempt.id, [p.slot for p in reviewed.places])
    return {
        "restatements": restatements,
        "dropped": positions_dropped(restatements),
        "remarked": {place.slot.position for each in restatements for place in each.places},
        "problems": select_problems_of_attempt(db(), attempt),
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
        return _review_page(_attempt(attempt_id), notice=notice)
    try:
        return _start_page(quiz_for(db(), me(), quiz_id), notice=notice)
    except (NoSuchQuiz, AccountNeeded):
        not_found()


def _answer(place: Place) -> Any:
    """Save what the form holds, then do what its button says."""
    submitted, wish = _submitted(), request.form.get("go", "next")
    operation_id = _operation_id()
    attempt, position = place.attempt, place.slot.position
    try:
        if wish in ("flag", "unflag"):
            is_flagged = wish == "flag"
            flag_slot(
                db(), attempt, position, is_flagged=is_flagged, operation_id=f"{operation_id}-{wish}",
                now=now(),
            )  # fmt: skip
        response = None if wish == "clear" else read_submitted(place.question, place.slot, submitted)
        save_response(
            db(), attempt, position, response=response, operation_id=operation_id, based_on=_revision(),
            now=now(),
        )  # fmt: skip
    except UnreadableResponse as problem:
        return _question_page(_place(attempt.id, position), submitted, problem=problem), 422
    except ChangedElsewhere as problem:
        return _conflict_page(place, submitted, response, problem.stored), 409
    except (AttemptClosed, AnswerLate) as problem:
        return render_template("taking/closed.html", attempt=_attempt(attempt.id), problem=problem), 409
    if wish == "report":
        return redirect(url_for("problems.report", attempt_id=attempt.id, position=position), 303)
    if wish != "next":
        return redirect(_place_address(attempt, position), 303)
    return redirect(_review_address(attempt) if place.is_last else _place_address(attempt, position + 1), 303)


def _start_page(quiz: Quiz, *, problem: Explained | None = None, notice: str = "") -> str:
    asking = person()
    outlook = outlook_of(db(), quiz, asking.id if asking else "", now=now())
    return render_template("taking/start.html", outlook=outlook, problem=problem, notice=notice)


def _question_page(
    place: Place, typed: Submitted, *, problem: Explained | None = None, notice: str = ""
) -> str:
    shown = type_called(place.question.type).present(place.question.ask, place.slot.seed)
    return render_template(
        "taking/question.html", place=place, shown=shown, typed=typed, problem=problem, notice=notice,
        operation_id=new_id(now()), timer=timer_of(db(), place.attempt, now=now()), moment_now=now(),
    )  # fmt: skip


def _conflict_page(place: Place, submitted: Submitted, response: Any, stored: AttemptSlot) -> str:
    typed = AttemptSlot(**{**vars(place.slot), "response": response})
    return render_template(
        "taking/conflict.html", place=place, stored=stored, submitted=submitted, operation_id=new_id(now()),
        lines_stored=answer_in_words(place.question, stored),
        lines_typed=answer_in_words(place.question, typed),
    )  # fmt: skip


def _review_page(attempt: Attempt, *, notice: str = "") -> str:
    places = answers_so_far(db(), attempt)
    shown = request.args.get("show", "all")
    groups = {
        "all": places,
        "blank": [place for place in places if not place.lines],
        "flagged": [place for place in places if place.slot.is_flagged],
    }
    return render_template(
        "taking/review.html",
        attempt=attempt,
        groups=groups,
        shown=shown if shown in groups else "all",
        notice=notice,
        timer=timer_of(db(), attempt, now=now()),
        moment_now=now(),
    )


def _not_under_way(attempt: Attempt) -> Any:
    """Return the way to where an attempt leads that is over or in a break; None if it can be gone on with."""
    if attempt.state != "open":
        return redirect(url_for(".result", attempt_id=attempt.id))
    return redirect(url_for(".pause", attempt_id=attempt.id)) if attempt.paused_at else None


def _is_time_up(attempt: Attempt) -> bool:
    """Tell whether a submission now comes from a page whose time ran out, and not from a wish to stop early."""
    end = end_of(db(), attempt, now=now())
    return end is not None and now() >= end - TRANSIT


def _attempt(attempt_id: str) -> Attempt:
    try:
        return end_if_over(db(), attempt_of(db(), me().id, attempt_id), now=now())
    except NoSuchAttempt:
        not_found()


def _place(attempt_id: str, position: int) -> Place:
    try:
        return place_of(db(), _attempt(attempt_id), position)
    except NoSuchAttempt:
        not_found()


def _stored_form(place: Place) -> Submitted:
    """Return the form as it was when the stored answer was sent."""
    if place.slot.response is None:
        return {}
    return type_called(place.question.type).submitted_from(
        place.question.ask, place.slot.response, place.slot.seed
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


def _place_address(attempt: Attempt, position: int) -> str:
    return url_for(".question", attempt_id=attempt.id, position=position)


def _review_address(attempt: Attempt) -> str:
    return url_for(".review", attempt_id=attempt.id)
