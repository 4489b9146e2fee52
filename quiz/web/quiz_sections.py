"""Pages for the sections of a quiz, for what each place asks, and for the check of the whole."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import Optional

from quiz.core.parts import UnusableSection
from quiz.core.quiz_rules import UnusableSlot
from quiz.storage.encoding import new_id
from quiz.storage.quiz_sections import Section, select_sections
from quiz.storage.quizzes import Quiz
from quiz.web.question_words import type_word
from quiz.web.quiz_forms import blame, made_id
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.workflows.add_section import add_section
from quiz.workflows.change_section import change_section
from quiz.workflows.change_slot import change_slot
from quiz.workflows.check_quiz import check_quiz
from quiz.workflows.lint_quiz import lint_quiz
from quiz.workflows.move_section import move_section
from quiz.workflows.open_for_instructor import quiz_to_change_or_none
from quiz.workflows.remove_section import remove_section

blueprint = Blueprint("sections", __name__)


class SectionForm(FlaskForm):
    """A section. new_id: made with the page, so that a form sent twice makes one section."""

    title = StringField(
        lazy_gettext("Title"), description=lazy_gettext("Learners see it, for example “Reading the map”.")
    )
    time_limit_min = IntegerField(
        lazy_gettext("Time limit in minutes"),
        [Optional()],
        description=lazy_gettext(
            "From the moment that a learner opens the section. Leave it empty for none. Once a section has a limit, "
            "learners pass all sections in their order and cannot come back to one."
        ),
    )
    is_shuffled = BooleanField(
        lazy_gettext("Each learner gets its questions in an order of their own"),
        description=lazy_gettext("Places that you fix keep their place."),
    )
    new_id = HiddenField()

    def typed(self) -> dict[str, Any]:
        """Return what the workflows take."""
        minutes = self.time_limit_min.data
        return {
            "title": self.title.data or "",
            "time_limit_s": None if minutes is None else 60 * minutes,
            "is_shuffled": bool(self.is_shuffled.data),
        }

    def blame(self, problem: UnusableSection) -> None:
        """Show the problem at its field."""
        blame(self.title if problem.field == "title" else self.time_limit_min, problem)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"type_word": type_word}


@blueprint.route("/quizzes/<quiz_id>/sections/new", methods=["GET", "POST"])
@for_instructors
def new(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    form = SectionForm(new_id=new_id(now()))
    if form.validate_on_submit():
        section_id = made_id(form.new_id.data, now())
        try:
            add_section(db(), quiz, section_id=section_id, **form.typed())
        except UnusableSection as problem:
            form.blame(problem)
        else:
            flash(_("The section is added. Move places into it, or add new ones to it."), "success")
            return _to_builder(quiz.id, f"section-{section_id}")
    page = render_template("quizzes/section.html", quiz=quiz, form=form, section=None)
    return page, 422 if form.errors else 200


@blueprint.route("/quizzes/<quiz_id>/sections/<section_id>", methods=["GET", "POST"])
@for_instructors
def edit(quiz_id: str, section_id: str) -> Any:
    quiz = _mine(quiz_id)
    section = _section(quiz, section_id)
    minutes = section.time_limit_s // 60 if section.time_limit_s else None
    form = SectionForm(data=vars(section) | {"time_limit_min": minutes})
    if form.validate_on_submit():
        try:
            change_section(db(), quiz, section_id, **form.typed(), now=now())
        except UnusableSection as problem:
            form.blame(problem)
        else:
            flash(_("The section is saved."), "success")
            return _to_builder(quiz.id, f"section-{section_id}")
    page = render_template("quizzes/section.html", quiz=quiz, form=form, section=section)
    return page, 422 if form.errors else 200


@blueprint.post("/quizzes/<quiz_id>/sections/<section_id>/move")
@for_instructors
def move(quiz_id: str, section_id: str) -> Any:
    quiz = _mine(quiz_id)
    move_section(db(), quiz, section_id, request.form.get("position", 1, type=int))
    return _to_builder(quiz.id, f"section-{section_id}")


@blueprint.post("/quizzes/<quiz_id>/sections/<section_id>/remove")
@for_instructors
def remove(quiz_id: str, section_id: str) -> Any:
    quiz = _mine(quiz_id)
    remove_section(db(), quiz, section_id)
    flash(_("The section is removed. Its places are kept: they are now in the part before it."), "success")
    return _to_builder(quiz.id, "slots")


@blueprint.post("/quizzes/<quiz_id>/slots/<slot_id>/change")
@for_instructors
def change_place(quiz_id: str, slot_id: str) -> Any:
    """Change a place's section, version, and whether it stays where it is."""
    quiz = _mine(quiz_id)
    try:
        change_slot(
            db(), quiz, slot_id, section_id=request.form.get("section", ""),
            version_id=request.form.get("version") or None, is_pinned="pinned" in request.form,
        )  # fmt: skip
    except UnusableSlot as problem:
        flash(explain(problem), "error")
    else:
        flash(_("The place is saved."), "success")
    return _to_builder(quiz.id, f"slot-{slot_id}")


@blueprint.get("/quizzes/<quiz_id>/check")
@for_instructors
def check(quiz_id: str) -> Any:
    """Everything to look at before a quiz is opened, on one page."""
    quiz = _mine(quiz_id)
    checked = check_quiz(db(), quiz, today=today())
    return render_template(
        "quizzes/check.html", quiz=quiz, check=checked, linted=lint_quiz(db(), checked, today=today())
    )


def _mine(quiz_id: str) -> Quiz:
    return quiz_to_change_or_none(db(), me().id, quiz_id) or not_found()


def _section(quiz: Quiz, section_id: str) -> Section:
    found = (section for section in select_sections(db(), quiz) if section.id == section_id)
    return next(found, None) or not_found()


def _to_builder(quiz_id: str, anchor: str) -> Any:
    return redirect(url_for("quizzes.edit", quiz_id=quiz_id, _anchor=anchor), 303)
