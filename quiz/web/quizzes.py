"""Pages for building quizzes: their rules, their questions, opening and closing."""

from __future__ import annotations

import math
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quiz.core.quiz_rules import UnusableRules, UnusableSlot
from quiz.storage.banks import select_tags_in
from quiz.storage.classes import select_classes_of_person
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import Draw, Pool, Quiz, select_quizzes_for_instructor
from quiz.storage.scores import select_open_attempt_ids, select_quiz_uses
from quiz.web.draw_pools import counted_draw, named_pools
from quiz.web.question_words import type_word
from quiz.web.quiz_forms import DrawForm, made_id
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.web.rules_form import QuizForm, rules_of
from quiz.workflows.add_slot import add_draw, add_question
from quiz.workflows.bank_access import visible_banks
from quiz.workflows.change_points import change_points
from quiz.workflows.change_quiz import change_quiz
from quiz.workflows.check_quiz import check_quiz
from quiz.workflows.close_quiz import NeverOpened, close_quiz
from quiz.workflows.create_quiz import create_quiz
from quiz.workflows.delete_quiz import NoDraft, delete_quiz
from quiz.workflows.list_questions import Filters, Listing, list_questions
from quiz.workflows.move_slot import move_slot
from quiz.workflows.open_for_instructor import (
    class_to_change_or_none,
    quiz_to_change_or_none,
    quiz_to_read_or_none,
    teaches,
)
from quiz.workflows.open_to_learners import CannotOpen, open_to_learners
from quiz.workflows.preview_quiz import preview_quiz
from quiz.workflows.release_results import tell_release
from quiz.workflows.remove_slot import remove_slot

blueprint = Blueprint("quizzes", __name__)

# Fields of the search, and of the form that counts what a draw would take from.
_KEPT = ("words", "in_bank", "with_tag", "after", "section", "bank", "tag")
_FOUND_A_PAGE = 10
_MOST_TAGS = 300


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"type_word": type_word}


@blueprint.get("/quizzes")
@for_instructors
def all_quizzes() -> Any:
    quizzes = select_quizzes_for_instructor(db(), me().id)
    taught = {found.id for found in select_classes_of_person(db(), me().id, "instructor")}
    return render_template(
        "quizzes/all_quizzes.html",
        own=[quiz for quiz in quizzes if quiz.class_id in taught],
        samples=[quiz for quiz in quizzes if quiz.class_id not in taught],
        has_class=bool(taught),
        uses=select_quiz_uses(db(), me().id),
    )


@blueprint.route("/quizzes/new", methods=["GET", "POST"])
@for_instructors
def new() -> Any:
    classes = select_classes_of_person(db(), me().id, "instructor")
    if not classes:
        flash(_("A quiz is set for a class. Make the class first."), "warning")
        return redirect(url_for("classes.new"))
    form = QuizForm(
        classes=[(found.id, found.title) for found in classes],
        class_id=request.args.get("class_id"),
        new_id=new_id(now()),
    )
    if form.validate_on_submit():
        owner = class_to_change_or_none(db(), me().id, form.class_id.data) or not_found()
        quiz_id = made_id(form.new_id.data, now())
        try:
            create_quiz(db(), owner, quiz_id=quiz_id, rules=form.rules(), by=me().id, now=now())
        except UnusableRules as problem:
            form.blame(problem)
        else:
            flash(_("The draft is made. Now add its questions."), "success")
            return _to_builder(quiz_id)
    return render_template("quizzes/rules.html", form=form, quiz=None), 422 if form.errors else 200


@blueprint.get("/quizzes/<quiz_id>")
@for_instructors
def edit(quiz_id: str) -> Any:
    """The builder; of a sample, which nobody changes, the preview."""
    quiz = quiz_to_read_or_none(db(), me().id, quiz_id) or not_found()
    if not teaches(db(), me().id, quiz.class_id):
        return redirect(url_for("quizzes.preview", quiz_id=quiz.id))
    return _builder(quiz)


@blueprint.route("/quizzes/<quiz_id>/rules", methods=["GET", "POST"])
@for_instructors
def rules(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    form = QuizForm(data=rules_of(quiz))
    if form.validate_on_submit():
        try:
            change_quiz(db(), quiz, form.rules(), now=now())
        except UnusableRules as problem:
            form.blame(problem)
        else:
            flash(
                _(
                    "The rules are saved. Attempts that were started keep the old ones, "
                    "but get more time if you gave more. What learners are shown holds for all at once."
                ),
                "success",
            )
            return _to_builder(quiz.id)
    return render_template("quizzes/rules.html", form=form, quiz=quiz), 422 if form.errors else 200


@blueprint.get("/quizzes/<quiz_id>/preview")
@for_instructors
def preview(quiz_id: str) -> Any:
    quiz = quiz_to_read_or_none(db(), me().id, quiz_id) or not_found()
    places = preview_quiz(db(), quiz, today=today(), seed=request.args.get("draw", "1"))
    return render_template(
        "quizzes/preview.html",
        quiz=quiz,
        places=places,
        is_shuffled=quiz.is_shuffled or any(place.section and place.section.is_shuffled for place in places),
        draw=request.args.get("draw", 1, type=int),
        is_mine=teaches(db(), me().id, quiz.class_id),
    )


@blueprint.post("/quizzes/<quiz_id>/questions")
@for_instructors
def add(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    try:
        is_new = add_question(
            db(), quiz, request.form.get("question", ""), section_id=request.form.get("section", ""), now=now(),
            by=me().id,
        )  # fmt: skip
    except UnusableSlot as problem:
        flash(explain(problem), "error")
    else:
        flash(
            _("The question is added.") if is_new else _("The quiz holds that question already."), "success"
        )
    return _to_builder(quiz.id, "add")


@blueprint.post("/quizzes/<quiz_id>/draws")
@for_instructors
def add_random(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    form = DrawForm()
    problem = _("Enter how many, and the points for each, as numbers")
    if form.validate_on_submit() and form.count.data is not None and form.points.data is not None:
        first, *also = named_pools() or [Pool("")]
        draw = Draw(first.bank_id, first.tag, form.count.data, tuple(also))
        try:
            add_draw(
                db(), quiz, draw, slot_id=made_id(form.new_id.data, now()), points=form.points.data,
                section_id=request.form.get("section", ""), by=me().id,
            )  # fmt: skip
        except UnusableSlot as error:
            problem = explain(error)
        else:
            flash(_("The draw is added."), "success")
            return _to_builder(quiz.id, "slots")
    return _builder(quiz, form, problem), 422


@blueprint.post("/quizzes/<quiz_id>/slots/<slot_id>/move")
@for_instructors
def move(quiz_id: str, slot_id: str) -> Any:
    quiz = _mine(quiz_id)
    move_slot(db(), quiz, slot_id, request.form.get("position", 1, type=int))
    return _to_builder(quiz.id, f"slot-{slot_id}")


@blueprint.post("/quizzes/<quiz_id>/slots/<slot_id>/remove")
@for_instructors
def remove(quiz_id: str, slot_id: str) -> Any:
    quiz = _mine(quiz_id)
    remove_slot(db(), quiz, slot_id)
    flash(_("The place is removed."), "success")
    return _to_builder(quiz.id, "slots")


@blueprint.post("/quizzes/<quiz_id>/points")
@for_instructors
def points(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    typed = {
        name.removeprefix("points-"): _number(text)
        for name, text in request.form.items()
        if name.startswith("points-")
    }
    try:
        change_points(db(), quiz, typed)
    except UnusableSlot as problem:
        flash(explain(problem), "error")
    else:
        flash(_("The points are saved."), "success")
    return _to_builder(quiz.id, "slots")


@blueprint.post("/quizzes/<quiz_id>/open", endpoint="open")
@for_instructors
def open_(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    try:
        open_to_learners(db(), quiz, by=me().id, now=now())
    except CannotOpen as error:
        return _builder(quiz, problems=[explain(problem) for problem in error.problems]), 409
    flash(_("The quiz is open. Learners find it under its code, and on their front page."), "success")
    return _to_builder(quiz.id)


@blueprint.route("/quizzes/<quiz_id>/close", methods=["GET", "POST"])
@for_instructors
def close(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    if request.method == "GET":
        return render_template(
            "quizzes/close.html", quiz=quiz, open_attempts=len(select_open_attempt_ids(db(), quiz))
        )
    try:
        submitted = close_quiz(db(), quiz, by=me().id, now=now())
    except NeverOpened as problem:
        flash(explain(problem), "warning")
    else:
        also = ngettext(
            "%(num)s open attempt was submitted as it stood.",
            "%(num)s open attempts were submitted as they stood.",
            submitted,
        )
        flash(" ".join([_("The quiz is closed."), *([also] if submitted else [])]), "success")
    return _to_builder(quiz.id)


@blueprint.route("/quizzes/<quiz_id>/delete", methods=["GET", "POST"])
@for_instructors
def delete(quiz_id: str) -> Any:
    quiz = _mine(quiz_id)
    if request.method == "GET":
        return render_template("quizzes/delete.html", quiz=quiz)
    try:
        delete_quiz(db(), quiz)
    except NoDraft as problem:
        flash(explain(problem), "warning")
        return _to_builder(quiz.id)
    flash(_("The draft is deleted."), "success")
    return redirect(url_for("quizzes.all_quizzes"), 303)


def _mine(quiz_id: str) -> Quiz:
    return quiz_to_change_or_none(db(), me().id, quiz_id) or not_found()


def _builder(
    quiz: Quiz, draw_form: DrawForm | None = None, draw_problem: str = "", problems: list[str] | None = None
) -> str:
    check = check_quiz(db(), quiz, today=today())
    filters = _filters()
    banks = visible_banks(db(), me().id)
    return render_template(
        "quizzes/edit.html",
        quiz=quiz,
        check=check,
        problems=problems or [],
        use=select_quiz_uses(db(), me().id).get(quiz.id),
        release=tell_release(db(), quiz, now=now()),
        filters=filters,
        listing=_listing(filters),
        held={checked.slot.question_id for checked in check.slots},
        banks=banks,
        tags=select_tags_in(db(), [bank.id for bank in banks], limit=_MOST_TAGS),
        draw_form=draw_form or DrawForm(formdata=None),
        draw_problem=draw_problem,
        draw=counted_draw(),
        into_section=request.values.get("section", ""),
        new_id=new_id(now()),
    )


def _filters() -> Filters | None:
    """Return what is searched for, or None if nothing is."""
    if "words" not in request.values:
        return None
    found = {name: request.values.get(name, "").strip()[:200] for name in ("words", "in_bank", "with_tag")}
    return Filters(words=found["words"], bank=found["in_bank"], tag=found["with_tag"])


def _listing(filters: Filters | None) -> Listing | None:
    if filters is None:
        return None
    after = request.values.get("after", "")
    return list_questions(db(), filters, by=me().id, today=today(), after=after, limit=_FOUND_A_PAGE)


def _to_builder(quiz_id: str, anchor: str | None = None) -> Any:
    # A search that found something goes on after one of its questions was added.
    kept: dict[str, Any] = {name: request.form.getlist(name) for name in _KEPT if name in request.form}
    return redirect(url_for("quizzes.edit", quiz_id=quiz_id, _anchor=anchor, **kept), 303)


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return math.nan
