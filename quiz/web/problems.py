"""Pages for problem reports: learners send them from a question, instructors read and decide them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from quiz.core.answer_messages import is_operation_id
from quiz.core.problem_reports import ProblemText, UnusableReport
from quiz.storage.encoding import new_id
from quiz.storage.problem_reports import (
    select_problem_or_none,
    select_problems_for_instructor,
    select_problems_of_quiz,
)
from quiz.storage.quizzes import Quiz
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, signed_in
from quiz.workflows.decide_problem import decide_problem
from quiz.workflows.open_attempt import NoSuchAttempt, Place, attempt_of, place_of
from quiz.workflows.open_for_instructor import quiz_to_read_or_none, teaches
from quiz.workflows.pass_through import way_of
from quiz.workflows.report_problem import knows_mark, report_problem

blueprint = Blueprint("problems", __name__)

PROBLEM_WORDS: dict[str, Any] = {
    "wrong": _l("The answer key is wrong"),
    "out_of_date": _l("It is out of date"),
    "unclear": _l("The question is unclear"),
    "other": _l("Something else"),
    "appeal": _l("I appeal against my mark"),
}


class ProblemForm(FlaskForm):
    """What a learner reports. may_appeal: whether there is a mark that they know."""

    kind = RadioField(_l("What is wrong?"))
    words = TextAreaField(_l("What should we know?"))
    address = StringField(
        _l("Address of what you rely on"),
        description=_l("Starts with https://. Needed for an appeal; useful in every report."),
    )
    source_date = StringField(
        _l("Its date"), description=_l("As precise as you know: 2024, 2024-12 or 2024-12-08.")
    )
    operation = HiddenField()

    def __init__(self, *args: Any, may_appeal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            SelectChoice(name, words)
            for name, words in PROBLEM_WORDS.items()
            if may_appeal or name != "appeal"
        ]
        # What is no choice is refused by the core, with its own words.
        self.kind.validate_choice = False

    def typed(self) -> ProblemText:
        return ProblemText(
            self.kind.data or "",  # type: ignore[arg-type]
            self.words.data or "",
            self.address.data or "",
            self.source_date.data or "",
        )


class DecisionForm(FlaskForm):
    """An instructor's answer."""

    state = RadioField(_l("Decision"), validate_choice=False)
    answer = TextAreaField(_l("Answer"), description=_l("The learner reads it on the result page."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [
            SelectChoice("accepted", _("Accept: the learner is right")),
            SelectChoice("refused", _("Refuse: the question stands as it is")),
        ]


@blueprint.route("/attempt/<attempt_id>/question/<int:position>/problem", methods=["GET", "POST"])
@signed_in
def report(attempt_id: str, position: int) -> Any:
    place = _met_place(attempt_id, position)
    may_appeal = knows_mark(db(), place.attempt, now=now())
    form = ProblemForm(may_appeal=may_appeal, data=None if request.form else {"operation": new_id(now())})
    back = _back(place)
    if form.validate_on_submit():
        sent = form.operation.data or ""
        try:
            report_problem(
                db(), place.attempt, place.slot, form.typed(), now=now(),
                operation_id=sent if is_operation_id(sent) else new_id(now()),
            )  # fmt: skip
        except UnusableReport as problem:
            _blame(form, problem)
        else:
            flash(_("Your report is sent. The answer to it will stand on your result page."), "success")
            return redirect(back, 303)
    return render_template(
        "problems/report.html", place=place, form=form, back=back
    ), 422 if form.errors else 200


@blueprint.get("/problems")
@for_instructors
def all_problems() -> Any:
    return render_template(
        "problems/all_problems.html", quiz=None, problems=select_problems_for_instructor(db(), me().id)
    )


@blueprint.get("/quizzes/<quiz_id>/problems")
@for_instructors
def of_quiz(quiz_id: str) -> Any:
    quiz = _quiz(quiz_id)
    return render_template(
        "problems/all_problems.html", quiz=quiz, problems=select_problems_of_quiz(db(), quiz)
    )


@blueprint.route("/quizzes/<quiz_id>/problems/<problem_id>", methods=["GET", "POST"])
@for_instructors
def decide(quiz_id: str, problem_id: str) -> Any:
    quiz = _quiz(quiz_id)
    problem = select_problem_or_none(db(), quiz, problem_id) or not_found()
    is_mine = teaches(db(), me().id, quiz.class_id)
    decided = {} if problem.state == "open" else {"state": problem.state, "answer": problem.answer}
    form = DecisionForm(data=decided)
    if form.validate_on_submit():
        try:
            decide_problem(
                db(), problem, form.state.data, answer=form.answer.data or "", by=me().id, now=now()
            )
        except UnusableReport as refused:
            _blame(form, refused)
        else:
            flash(_("The learner sees your answer on the result page."), "success")
            return redirect(_after(quiz, problem_id, form.state.data, is_mine), 303)
    page = render_template("problems/decide.html", quiz=quiz, problem=problem, form=form, is_mine=is_mine)
    return page, 422 if form.errors else 200


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"problem_words": PROBLEM_WORDS}


def _after(quiz: Quiz, problem_id: str, decision: str, is_mine: bool) -> str:
    """Return where to go on: what was accepted leads to a regrade, if the results are this instructor's to change."""
    problem = select_problem_or_none(db(), quiz, problem_id)
    if problem and decision == "accepted" and is_mine and not problem.regrade_id:
        return url_for("regrading.choose", quiz_id=quiz.id, question=problem.question_id, problem=problem.id)
    return url_for(".of_quiz", quiz_id=quiz.id)


def _back(place: Place) -> str:
    """Return the page that the learner came from."""
    attempt, position = place.attempt, place.slot.position
    if attempt.state != "open":
        return url_for("taking.result", attempt_id=attempt.id, _anchor=f"question-{position}")
    return url_for("taking.question", attempt_id=attempt.id, position=position)


def _blame(form: FlaskForm, problem: UnusableReport) -> None:
    field = form[problem.field]
    field.errors = [*field.errors, explain(problem)]


def _place(attempt_id: str, position: int) -> Place:
    try:
        return place_of(db(), attempt_of(db(), me().id, attempt_id), position)
    except NoSuchAttempt:
        not_found()


def _met_place(attempt_id: str, position: int) -> Place:
    """Return the place; answer 404 if its question comes later, since nobody may read it before its time."""
    place = _place(attempt_id, position)
    way = way_of(db(), place.attempt, place.slots, now=now())
    if place.attempt.state == "open" and not place.slot.is_extra and position not in way.met:
        not_found()
    return place


def _quiz(quiz_id: str) -> Quiz:
    return quiz_to_read_or_none(db(), me().id, quiz_id) or not_found()
