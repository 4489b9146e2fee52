"""Pages of the banks: what each holds, who shares it, what was done to it, a copy of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from quiz.core.bank_rules import UnusableBank
from quiz.storage.bank_changes import select_bank_changes
from quiz.storage.banks import BankRow, select_classes_of_bank, select_tags_in
from quiz.storage.classes import select_classes_of_person
from quiz.storage.encoding import new_id
from quiz.storage.people import select_person_or_none
from quiz.storage.questions import select_bank_ids_of
from quiz.web.question_words import STANDING_WORDS, words_for_templates
from quiz.web.quiz_forms import blame, made_id
from quiz.web.request_tools import db, for_instructors, me, not_found, now, today
from quiz.workflows.bank_access import bank_to_read_or_none, may_share, visible_bank_ids, visible_banks
from quiz.workflows.edit_bank import edit_bank
from quiz.workflows.make_bank import duplicate_bank, make_bank
from quiz.workflows.report_bank import report_bank
from quiz.workflows.share_bank import Sharing, share_bank

blueprint = Blueprint("banks", __name__)

_A_PAGE = 50
CHANGE_WORDS = {
    "made": _l("Made the bank"),
    "edited": _l("Changed what the bank says of itself"),
    "shared": _l("Changed who sees it"),
    "duplicated": _l("Duplicated the bank"),
    "loaded": _l("Loaded from its file"),
    "imported": _l("Imported a file"),
    "import_undone": _l("Took an import back"),
    "created": _l("Wrote a question"),
    "saved": _l("Saved a question"),
    "retired": _l("Retired"),
    "restored": _l("Took back from retirement"),
    "moved_in": _l("Moved in from another bank"),
    "moved_out": _l("Moved to another bank"),
    "tagged": _l("Changed tags"),
    "merged": _l("Kept one of several lookalikes"),
    "bulk_undone": _l("Undid a change to several questions"),
    "exported": _l("Exported"),
}


class BankForm(FlaskForm):
    """What a bank says of itself. new_id: made with the page, so that a form sent twice makes one bank."""

    title = StringField(_l("Title"))
    description = TextAreaField(_l("Description"), description=_l("It may stay empty."))
    language = StringField(
        _l("Language of its questions"), description=_l("Its short name: en, ar, fr …"), default="en"
    )
    new_id = HiddenField()


class SharingForm(FlaskForm):
    """Who sees a bank."""

    audience = RadioField(_l("Who sees it, and may write in it"), default="everyone")
    classes = SelectMultipleField(_l("The instructors of these classes"), validate_choice=False)

    def __init__(self, *args: Any, taught: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience.choices = [
            SelectChoice("everyone", _("Every instructor")),
            SelectChoice("classes", _("You, and the instructors of the classes that are ticked below")),
        ]
        self.classes.choices = [SelectChoice(class_id, title) for class_id, title in taught.items()]

    def sharing(self) -> Sharing:
        if self.audience.data == "classes":
            return Sharing("classes", tuple(self.classes.data or ()))
        return Sharing()


class NewBankForm(BankForm, SharingForm):
    """A bank that is not there yet."""


class CopyForm(SharingForm):
    """A copy of a bank."""

    title = StringField(_l("Title of the copy"))
    new_id = HiddenField()


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {**words_for_templates(), "change_words": CHANGE_WORDS, "standing_words": STANDING_WORDS}


@blueprint.get("/banks")
@for_instructors
def all_banks() -> Any:
    return render_template("banks/all_banks.html", banks=visible_banks(db(), me().id))


@blueprint.route("/banks/new", methods=["GET", "POST"])
@for_instructors
def new() -> Any:
    form = NewBankForm(taught=_taught(), new_id=new_id(now()))
    if form.validate_on_submit():
        bank_id = made_id(form.new_id.data, now())
        try:
            make_bank(
                db(), bank_id, title=form.title.data or "", description=form.description.data or "",
                language=form.language.data or "", sharing=form.sharing(), by=me().id, now=now(),
            )  # fmt: skip
        except UnusableBank as problem:
            blame(form[problem.field], problem)
        else:
            flash(_("The bank is made. Now write its questions, or import them."), "success")
            return redirect(url_for("banks.bank", bank_id=bank_id), 303)
    return render_template("banks/new.html", form=form), 422 if form.errors else 200


@blueprint.get("/banks/<bank_id>")
@for_instructors
def bank(bank_id: str) -> Any:
    found = _bank(bank_id)
    maker = select_person_or_none(db(), found.created_by) if found.created_by else None
    changes = select_bank_changes(db(), found.id, limit=5)
    return render_template(
        "banks/bank.html",
        bank=found,
        report=report_bank(db(), found, today=today()),
        tags=select_tags_in(db(), [found.id], limit=30),
        classes=select_classes_of_bank(db(), found.id),
        maker=maker,
        copied_from=bank_to_read_or_none(db(), me().id, found.copied_from) if found.copied_from else None,
        may_share=may_share(found, me().id),
        changes=changes,
        reachable=_reachable([entry.question_id for entry in changes if entry.question_id]),
        **_named(),
    )


@blueprint.route("/banks/<bank_id>/edit", methods=["GET", "POST"])
@for_instructors
def edit(bank_id: str) -> Any:
    found = _bank(bank_id)
    kept = {name: getattr(found, name) for name in ("title", "description", "language")}
    form = BankForm(data=kept)
    if form.validate_on_submit():
        typed = {name: form[name].data or "" for name in kept}
        try:
            is_changed = edit_bank(db(), found, **typed, by=me().id, now=now())
        except UnusableBank as problem:
            blame(form[problem.field], problem)
        else:
            flash(_("Saved.") if is_changed else _("Nothing was changed."), "success")
            return redirect(url_for("banks.bank", bank_id=found.id), 303)
    return render_template("banks/edit.html", bank=found, form=form), 422 if form.errors else 200


@blueprint.route("/banks/<bank_id>/share", methods=["GET", "POST"])
@for_instructors
def share(bank_id: str) -> Any:
    found = _bank(bank_id)
    if not may_share(found, me().id):
        not_found()
    shared = select_classes_of_bank(db(), found.id)
    form = SharingForm(taught=_taught() | shared, data={"audience": found.audience, "classes": list(shared)})
    if form.validate_on_submit():
        share_bank(db(), found, form.sharing(), by=me().id, now=now())
        flash(_("Saved. From now on only they see the bank and its questions."), "success")
        return redirect(url_for("banks.bank", bank_id=found.id), 303)
    return render_template("banks/share.html", bank=found, form=form), 422 if form.errors else 200


@blueprint.route("/banks/<bank_id>/duplicate", methods=["GET", "POST"])
@for_instructors
def duplicate(bank_id: str) -> Any:
    found = _bank(bank_id)
    title = _("%(title)s (copy)", title=found.title)[:120]
    form = CopyForm(taught=_taught(), data={"title": title, "new_id": new_id(now()), "audience": "classes"})
    if form.validate_on_submit():
        copy_id = made_id(form.new_id.data, now())
        try:
            count = duplicate_bank(
                db(),
                found,
                copy_id,
                title=form.title.data or "",
                sharing=form.sharing(),
                by=me().id,
                now=now(),
            )
        except UnusableBank as problem:
            blame(form[problem.field], problem)
        else:
            if count is not None:
                told = ngettext("%(num)s question was copied.", "%(num)s questions were copied.", count)
                flash(told, "success")
            return redirect(url_for("banks.bank", bank_id=copy_id), 303)
    return render_template("banks/duplicate.html", bank=found, form=form), 422 if form.errors else 200


@blueprint.get("/banks/<bank_id>/changes", endpoint="changes")
@for_instructors
def log(bank_id: str) -> Any:
    found = _bank(bank_id)
    before = request.args.get("before", "")
    entries = select_bank_changes(db(), found.id, before=before, limit=_A_PAGE + 1)
    shown = entries[:_A_PAGE]
    more = url_for("banks.changes", bank_id=found.id, before=shown[-1].id) if len(entries) > _A_PAGE else ""
    asked = [entry.question_id for entry in shown if entry.question_id]
    return render_template(
        "banks/changes.html",
        bank=found,
        changes=shown,
        next_page=more,
        is_first=not before,
        reachable=_reachable(asked),
        **_named(),
    )


def _bank(bank_id: str) -> BankRow:
    return bank_to_read_or_none(db(), me().id, bank_id) or not_found()


def _taught() -> dict[str, str]:
    return {found.id: found.title for found in select_classes_of_person(db(), me().id, "instructor")}


def _reachable(question_ids: list[str]) -> set[str]:
    """Return those of the questions that have a page for whoever asks: others were moved away, or are gone."""
    visible = visible_bank_ids(db(), me().id)
    return {i for i, bank_id in select_bank_ids_of(db(), question_ids).items() if bank_id in visible}


def _named() -> dict[str, Any]:
    """Return what other banks are called, for entries that name one; those that are not shared stay nameless."""
    return {"bank_titles": {found.id: found.title for found in visible_banks(db(), me().id)}}
