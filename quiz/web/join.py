"""Pages for joining: a code or a link leads into a class, or to a quiz."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quiz.core import join_codes
from quiz.core.accounts import UnusableAccount
from quiz.storage.classes import Class, select_class_or_none, select_member_role_or_none
from quiz.storage.people import Person
from quiz.storage.quizzes import Quiz
from quiz.web.account_forms import GuestForm, blame
from quiz.web.request_tools import db, explain, now, person
from quiz.web.sessions import begin_session, visitor
from quiz.workflows.continue_as_guest import continue_as_guest
from quiz.workflows.find_code import UnknownCode, find_code
from quiz.workflows.join_class import join_class

blueprint = Blueprint("join", __name__)


@blueprint.get("/join")
def join() -> Any:
    typed = request.args.get("code", "")
    return redirect(_link(typed)) if typed else render_template("join/join.html", typed="", problem="")


@blueprint.post("/join")
def find() -> Any:
    typed = request.form.get("code", "")
    try:
        find_code(db(), typed, visitor=visitor(), now=now())
    except UnknownCode as problem:
        return _unknown(typed, problem)
    return redirect(_link(typed), 303)


@blueprint.get("/join/<code>", endpoint="code")
def code_page(code: str) -> Any:
    try:
        found = find_code(db(), code, visitor=visitor(), now=now())
    except UnknownCode as problem:
        return _unknown(code, problem)
    return _quiz_page(found, GuestForm()) if isinstance(found, Quiz) else _class_page(found)


@blueprint.post("/join/<code>")
def enter(code: str) -> Any:
    try:
        found = find_code(db(), code, visitor=visitor(), now=now())
    except UnknownCode as problem:
        return _unknown(code, problem)
    return _enter_quiz(found) if isinstance(found, Quiz) else _enter_class(found)


def _class_page(found: Class) -> Any:
    asking = person()
    if asking and select_member_role_or_none(db(), found.id, asking.id):
        flash(_("You belong to %(class)s already.", **{"class": found.title}), "success")
        return redirect(url_for("front.home"))
    return render_template("join/class.html", found=found, next=_link(found.join_code))


def _enter_class(found: Class) -> Any:
    asking = person()
    if asking is None or asking.role == "guest":
        return redirect(_link(found.join_code), 303)
    join_class(db(), found, person_id=asking.id, now=now())
    flash(_("You belong to %(class)s now.", **{"class": found.title}), "success")
    return redirect(url_for("front.home"), 303)


def _quiz_page(quiz: Quiz, form: GuestForm) -> Any:
    asking = person()
    if asking and not _needs_class(quiz, asking):
        return redirect(url_for("taking.start", quiz_id=quiz.id))
    return render_template("join/quiz.html", quiz=quiz, form=form, next=_link(quiz.join_code)), _status(form)


def _needs_class(quiz: Quiz, asking: Person) -> bool:
    """Tell whether the quiz is for its class alone and the person is not in it."""
    is_for_all = quiz.is_public or quiz.guests_allowed
    return not is_for_all and select_member_role_or_none(db(), quiz.class_id, asking.id) is None


def _enter_quiz(quiz: Quiz) -> Any:
    form, asking = GuestForm(), person()
    owner = select_class_or_none(db(), quiz.class_id)
    if asking and asking.role != "guest" and owner and _needs_class(quiz, asking):
        # The code of a quiz is handed out like that of its class: whoever has it may come in.
        join_class(db(), owner, person_id=asking.id, now=now())
    if asking is None and quiz.guests_allowed and form.validate_on_submit():
        try:
            begin_session(continue_as_guest(db(), name=form.name.data or "", visitor=visitor(), now=now()))
        except UnusableAccount as problem:
            blame(form, problem)
    return _quiz_page(quiz, form)


def _unknown(typed: str, problem: UnknownCode) -> Any:
    return render_template("join/join.html", typed=typed, problem=explain(problem)), 404


def _status(form: GuestForm) -> int:
    return 422 if form.is_submitted() else 200


def _link(code: str) -> str:
    # What was typed is in the path, so it must not end there: "a/b" and "?" are no codes.
    return url_for("join.code", code=join_codes.as_typed(code)[:20] or "-")
