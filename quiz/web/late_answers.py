"""What instructors decide about attempts whose time was up: late answers, and attempts not submitted in time."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from quiz.storage.attempts import Attempt, select_attempt_or_none
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now
from quiz.workflows.count_abandoned import count_abandoned
from quiz.workflows.decide_late_answer import CannotDecide, decide_late_answer
from quiz.workflows.end_overdue import end_if_over
from quiz.workflows.open_for_instructor import quiz_to_change_or_none

blueprint = Blueprint("late_answers", __name__)


@blueprint.post("/quizzes/<quiz_id>/results/<attempt_id>/late/<operation_id>")
@for_instructors
def decide(quiz_id: str, attempt_id: str, operation_id: str) -> Any:
    attempt = _attempt(quiz_id, attempt_id)
    decision = request.form.get("decision")
    if decision not in ("accepted", "refused"):
        not_found()
    try:
        decide_late_answer(
            db(), attempt, operation_id, "accepted" if decision == "accepted" else "refused",
            reason=request.form.get("reason", ""), by=me().id, now=now(),
        )  # fmt: skip
    except CannotDecide as problem:
        flash(explain(problem), "error")
    else:
        accepted = decision == "accepted"
        flash(_("The answer is accepted and marked.") if accepted else _("The answer is refused."), "success")
    return _back(quiz_id, attempt_id)


@blueprint.post("/quizzes/<quiz_id>/results/<attempt_id>/count")
@for_instructors
def count(quiz_id: str, attempt_id: str) -> Any:
    count_abandoned(db(), _attempt(quiz_id, attempt_id), by=me().id, now=now())
    flash(_("The attempt counts: what was saved until its end is marked."), "success")
    return _back(quiz_id, attempt_id)


def _attempt(quiz_id: str, attempt_id: str) -> Attempt:
    """Return an attempt at a quiz of theirs, ended if its time is up."""
    quiz = quiz_to_change_or_none(db(), me().id, quiz_id)
    found = select_attempt_or_none(db(), attempt_id)
    if quiz is None or found is None or found.quiz_id != quiz.id:
        not_found()
    return end_if_over(db(), found, now=now())


def _back(quiz_id: str, attempt_id: str) -> Any:
    address = url_for("reports.attempt", quiz_id=quiz_id, attempt_id=attempt_id, _anchor="late")
    return redirect(address, 303)
