"""Pages for classes: who is in them, how to join, what is set for them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quiz.core.timing import UnusableAccommodation
from quiz.core.titles import UnusableTitle
from quiz.storage.accommodations import select_accommodated, select_profile_or_none
from quiz.storage.classes import (
    Class,
    Member,
    count_learners,
    select_archived_classes_of_instructor,
    select_classes_of_person,
    select_member_or_none,
    select_members,
)
from quiz.storage.encoding import new_id
from quiz.storage.quizzes import select_quizzes_of_class
from quiz.storage.scores import select_quiz_uses
from quiz.web.quiz_forms import AccommodationForm, ClassForm, blame, made_id
from quiz.web.request_tools import db, for_instructors, me, not_found, now
from quiz.workflows.archive_class import archive_class, restore_class
from quiz.workflows.create_class import create_class
from quiz.workflows.open_for_instructor import class_to_change_or_none
from quiz.workflows.remove_learner import remove_learner
from quiz.workflows.rename_class import rename_class
from quiz.workflows.renew_class_code import renew_class_code
from quiz.workflows.set_accommodation import set_accommodation

blueprint = Blueprint("classes", __name__)


@blueprint.get("/classes")
@for_instructors
def all_classes() -> Any:
    return render_template(
        "classes/all_classes.html",
        classes=select_classes_of_person(db(), me().id, "instructor"),
        archived=select_archived_classes_of_instructor(db(), me().id),
        learners=count_learners(db(), me().id),
    )


@blueprint.route("/classes/new", methods=["GET", "POST"])
@for_instructors
def new() -> Any:
    form = ClassForm(new_id=new_id(now()))
    if form.validate_on_submit():
        class_id = made_id(form.new_id.data, now())
        try:
            create_class(db(), class_id=class_id, title=form.title.data or "", by=me().id, now=now())
        except UnusableTitle as problem:
            blame(form.title, problem)
        else:
            flash(_("The class is made. Give its code to your learners."), "success")
            return redirect(url_for("classes.one_class", class_id=class_id), 303)
    return render_template("classes/new.html", form=form), 422 if form.errors else 200


@blueprint.get("/classes/<class_id>")
@for_instructors
def one_class(class_id: str) -> Any:
    found = _mine(class_id)
    members = select_members(db(), found.id)
    return render_template(
        "classes/one_class.html",
        found=found,
        learners=[member for member in members if member.role == "learner"],
        instructors=[member for member in members if member.role == "instructor"],
        quizzes=select_quizzes_of_class(db(), found.id),
        uses=select_quiz_uses(db(), me().id),
        accommodated=select_accommodated(db(), found.id),
    )


@blueprint.route("/classes/<class_id>/name", methods=["GET", "POST"])
@for_instructors
def rename(class_id: str) -> Any:
    found = _mine(class_id)
    form = ClassForm(title=found.title)
    if form.validate_on_submit():
        try:
            rename_class(db(), found, form.title.data or "")
        except UnusableTitle as problem:
            blame(form.title, problem)
        else:
            flash(_("The class has its new name."), "success")
            return redirect(url_for("classes.one_class", class_id=class_id), 303)
    return render_template("classes/rename.html", found=found, form=form), 422 if form.errors else 200


@blueprint.route("/classes/<class_id>/code", methods=["GET", "POST"])
@for_instructors
def renew_code(class_id: str) -> Any:
    found = _mine(class_id)
    if request.method == "GET":
        return render_template("classes/renew_code.html", found=found)
    renew_class_code(db(), found, by=me().id, now=now())
    flash(_("The class has a new code. The old one opens nothing any more."), "success")
    return redirect(url_for("classes.one_class", class_id=class_id), 303)


@blueprint.route("/classes/<class_id>/learners/<person_id>/remove", methods=["GET", "POST"])
@for_instructors
def remove(class_id: str, person_id: str) -> Any:
    found = _mine(class_id)
    learner = _learner(found, person_id)
    if request.method == "GET":
        return render_template("classes/remove.html", found=found, learner=learner)
    remove_learner(db(), found, person_id, by=me().id, now=now())
    flash(_("%(name)s is no longer in the class.", name=learner.name), "success")
    return redirect(url_for("classes.one_class", class_id=class_id), 303)


@blueprint.route("/classes/<class_id>/learners/<person_id>/accommodation", methods=["GET", "POST"])
@for_instructors
def accommodation(class_id: str, person_id: str) -> Any:
    """What the learner gets in every quiz, also in those of other classes."""
    found = _mine(class_id)
    learner = _learner(found, person_id)
    profile = select_profile_or_none(db(), person_id)
    stored = vars(profile.accommodation) | {"note": profile.note} if profile else {}
    form = AccommodationForm(data=stored)
    if form.validate_on_submit():
        try:
            set_accommodation(
                db(), person_id, form.wanted(), note=form.note.data or "", by=me().id, now=now()
            )
        except UnusableAccommodation as problem:
            form.blame(problem)
        else:
            flash(
                _("Saved. It holds in every quiz from now on, also in attempts that are under way."),
                "success",
            )
            return redirect(url_for("classes.one_class", class_id=class_id, _anchor="learners"), 303)
    page = render_template(
        "classes/accommodation.html", found=found, learner=learner, profile=profile, form=form
    )
    return page, 422 if form.errors else 200


@blueprint.route("/classes/<class_id>/archive", methods=["GET", "POST"])
@for_instructors
def archive(class_id: str) -> Any:
    found = _mine(class_id)
    if request.method == "GET":
        return render_template("classes/archive.html", found=found)
    archive_class(db(), found, by=me().id, now=now())
    flash(_("The class is archived. You can bring it back."), "success")
    return redirect(url_for("classes.all_classes"), 303)


@blueprint.post("/classes/<class_id>/restore")
@for_instructors
def restore(class_id: str) -> Any:
    found = _mine(class_id)
    restore_class(db(), found, by=me().id, now=now())
    flash(_("The class is back."), "success")
    return redirect(url_for("classes.one_class", class_id=class_id), 303)


def _learner(found: Class, person_id: str) -> Member:
    learner = select_member_or_none(db(), found.id, person_id)
    return learner if learner is not None and learner.role == "learner" else not_found()


def _mine(class_id: str) -> Class:
    return class_to_change_or_none(db(), me().id, class_id) or not_found()
