"""The button that shows the results of a quiz that is over to its learners."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now
from quiz.workflows.open_for_instructor import quiz_to_change_or_none
from quiz.workflows.release_results import CannotRelease, release_results

blueprint = Blueprint("releasing", __name__)


@blueprint.post("/quizzes/<quiz_id>/release")
@for_instructors
def release(quiz_id: str) -> Any:
    quiz = quiz_to_change_or_none(db(), me().id, quiz_id) or not_found()
    try:
        release_results(db(), quiz, by=me().id, now=now())
    except CannotRelease as problem:
        flash(explain(problem), "warning")
    else:
        flash(_("Learners see their results now, with the right answers and the sources."), "success")
    return redirect(url_for("quizzes.edit", quiz_id=quiz.id, _anchor="results"), 303)
