"""Pages for regrading a quiz: choose a question, choose what, see every old and new score, commit, undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.core.answer_messages import is_operation_id
from quiz.core.messages import Explained
from quiz.core.questions import PublicQuestion
from quiz.core.regrading import CannotRegrade, Kind, why
from quiz.core.scores import percent_of
from quiz.storage.attempts import select_attempt_or_none, select_attempt_slot_or_none
from quiz.storage.encoding import new_id
from quiz.storage.problem_reports import Problem, select_problem_or_none
from quiz.storage.questions import select_versions
from quiz.storage.quizzes import Quiz
from quiz.storage.regrades import (
    AskedQuestion,
    Regrade,
    count_changed_attempts,
    select_asked_questions,
    select_changes,
    select_later_regrades,
    select_marked_attempts,
    select_regrade_or_none,
    select_regrades_of_quiz,
)
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.workflows.answers_given import answers_given, token_of
from quiz.workflows.commit_regrade import PlanChanged, commit_regrade
from quiz.workflows.open_for_instructor import quiz_to_change_or_none
from quiz.workflows.open_question import open_public_many
from quiz.workflows.plan_regrade import Wanted, compatible_versions, plan_regrade
from quiz.workflows.undo_regrade import RegradedSince, undo_regrade

blueprint = Blueprint("regrading", __name__)

KIND_WORDS: dict[str, Any] = {
    "accept": _l("Accept further answers"),
    "other_key": _l("Mark by another version’s key"),
    "full": _l("Full marks for everybody who was asked"),
    "drop": _l("Drop the question"),
    "recount": _l("Count by today’s verdicts"),
}


@dataclass(frozen=True)
class Asked:
    """A question that was asked, with one of its wordings."""

    row: AskedQuestion
    question: PublicQuestion


@blueprint.get("/quizzes/<quiz_id>/regrades")
@for_instructors
def all_regrades(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    return render_template(
        "regrading/all_regrades.html",
        quiz=quiz,
        asked=_asked(quiz),
        regrades=select_regrades_of_quiz(db(), quiz),
        changed=count_changed_attempts(db(), quiz),
    )


@blueprint.get("/quizzes/<quiz_id>/regrades/new")
@for_instructors
def choose(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    asked = _asked(quiz).get(request.args.get("question", "")) or not_found()
    question_id = asked.row.question_id
    problem = _problem(quiz)
    return render_template(
        "regrading/choose.html",
        quiz=quiz,
        asked=asked,
        given=answers_given(db(), quiz, question_id),
        versions=_versions(quiz, question_id),
        problem=problem,
        ticked=_token_of_problem(problem),
    )


@blueprint.get("/quizzes/<quiz_id>/regrades/plan")
@for_instructors
def plan(quiz_id: str) -> Any:
    return _plan_page(_mine(quiz_id))


@blueprint.post("/quizzes/<quiz_id>/regrades")
@for_instructors
def commit(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    sent = request.form.get("operation", "")
    problem = _problem(quiz)
    try:
        made = commit_regrade(
            db(), quiz, _wanted(quiz), reason=request.form.get("reason", ""),
            operation_id=sent if is_operation_id(sent) else new_id(now()), by=me().id, now=now(),
            seen=request.form.get("seen", ""), problem_id=problem.id if problem else None,
        )  # fmt: skip
    except PlanChanged as changed:
        return _plan_page(quiz, trouble=changed), 409
    except CannotRegrade as refused:
        return _plan_page(quiz, trouble=refused), 422
    flash(_("The results are changed. Learners see both scores and the reason."), "success")
    return redirect(url_for(".one", quiz_id=quiz.id, regrade_id=made.id), 303)


@blueprint.get("/quizzes/<quiz_id>/regrades/<regrade_id>")
@for_instructors
def one(quiz_id: str, regrade_id: str) -> Any:
    quiz, regrade = _regrade(quiz_id, regrade_id)
    return render_template(
        "regrading/one.html",
        quiz=quiz,
        regrade=regrade,
        asked=_asked(quiz).get(regrade.question_id or ""),
        changes=select_changes(db(), regrade),
        again=_again(quiz, regrade),
    )


@blueprint.route("/quizzes/<quiz_id>/regrades/<regrade_id>/undo", methods=["GET", "POST"])
@for_instructors
def undo(quiz_id: str, regrade_id: str) -> Any:
    quiz, regrade = _regrade(quiz_id, regrade_id)
    if request.method == "GET":
        later = select_later_regrades(db(), regrade)
        return render_template("regrading/undo.html", quiz=quiz, regrade=regrade, later=later)
    try:
        undo_regrade(db(), quiz, regrade, by=me().id, now=now())
    except RegradedSince as refused:
        flash(explain(refused), "error")
    else:
        flash(_("Undone: every mark is again what it was before."), "success")
    return redirect(url_for(".one", quiz_id=quiz.id, regrade_id=regrade.id), 303)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"kind_words": KIND_WORDS, "percent_of": percent_of, "why": why}


def _plan_page(quiz: Quiz, *, trouble: Explained | None = None) -> str:
    problem = _problem(quiz)
    wanted = _wanted(quiz)
    try:
        planned = plan_regrade(db(), quiz, wanted, today=today())
    except CannotRegrade as refused:
        planned, trouble = None, refused
    return render_template(
        "regrading/plan.html",
        quiz=quiz,
        wanted=wanted,
        plan=planned,
        trouble=trouble,
        asked=_asked(quiz).get(wanted.question_id or ""),
        tokens=[token_of(response) for response in wanted.accepted],
        problem=problem,
        reason=request.values.get("reason") or (problem.answer if problem else ""),
        operation_id=new_id(now()),
    )


def _wanted(quiz: Quiz) -> Wanted:
    """Return what the address, or the form, asks for."""
    kind = (
        next((known for known in get_args(Kind) if known == request.values.get("kind")), None) or not_found()
    )
    question_id = request.values.get("question") or None
    if question_id is not None and question_id not in _asked(quiz):
        not_found()
    tokens = set(request.values.getlist("accept"))
    given = answers_given(db(), quiz, question_id) if tokens and question_id else []
    return Wanted(
        kind=kind,
        question_id=question_id,
        version_id=request.values.get("version", ""),
        accepted=tuple(answer.response for answer in given if answer.token in tokens),
        only_if_higher=bool(request.values.get("higher")),
    )


def _asked(quiz: Quiz) -> dict[str, Asked]:
    rows = select_asked_questions(db(), quiz)
    public = open_public_many(db(), [row.version_id for row in rows])
    return {row.question_id: Asked(row, public[row.version_id]) for row in rows}


def _versions(quiz: Quiz, question_id: str) -> list[tuple[Any, bool]]:
    """Return the question's versions, newest first, with whether the answers given fit each; without drafts."""
    asked = {
        slot.version_id
        for attempt in select_marked_attempts(db(), quiz)
        for slot in attempt.slots
        if slot.question_id == question_id
    }
    fitting = compatible_versions(db(), question_id, asked)
    return [(v, fitting[v.id]) for v in select_versions(db(), question_id) if v.id in fitting]


def _again(quiz: Quiz, regrade: Regrade) -> str | None:
    """Return the address of the same regrade's dry run, for attempts submitted since; None once it is undone."""
    if regrade.undone_at is not None:
        return None
    return url_for(
        ".plan", quiz_id=quiz.id, kind=regrade.kind, question=regrade.question_id,
        version=regrade.content.get("version_id"), higher="1" if regrade.only_if_higher else None,
        accept=[token_of(response) for response in regrade.content.get("accepted", [])],
        reason=regrade.reason,
    )  # fmt: skip


def _problem(quiz: Quiz) -> Problem | None:
    """Return the learner's report that led here, if one did."""
    return select_problem_or_none(db(), quiz, request.values.get("problem", ""))


def _token_of_problem(problem: Problem | None) -> str:
    """Return what stands for the answer of the learner who reported; "" if there is none."""
    attempt = select_attempt_or_none(db(), problem.attempt_id) if problem else None
    slot = select_attempt_slot_or_none(db(), attempt, problem.position) if problem and attempt else None
    return token_of(slot.response) if slot and slot.response is not None else ""


def _mine(quiz_id: str) -> Quiz:
    return quiz_to_change_or_none(db(), me().id, quiz_id) or not_found()


def _regrade(quiz_id: str, regrade_id: str) -> tuple[Quiz, Regrade]:
    quiz = _mine(quiz_id)
    return quiz, select_regrade_or_none(db(), quiz, regrade_id) or not_found()
