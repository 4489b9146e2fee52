"""Pages of the question bank, for instructors: listing, reading, retiring, writing, previewing questions."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quiz.core.question_type import QuestionType
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_copies import select_copied_from_or_none
from quiz.storage.banks import select_bank_or_none
from quiz.storage.drafts import select_drafts_of_new_questions
from quiz.storage.encoding import new_id
from quiz.storage.question_uses import select_uses
from quiz.storage.questions import (
    QuestionRow,
    VersionRow,
    select_newest_ready_version_id,
    select_versions,
)
from quiz.storage.sources import select_cited
from quiz.web.chosen_questions import fields_of
from quiz.web.editor_forms import bank_language, filled_form, fresh_form, sent_form
from quiz.web.question_editing import answer_editor, checked_wording, editor_page
from quiz.web.question_filters import address_of, chips_for, choices_for, filters_in, helpful_chips
from quiz.web.question_forms import problems_in
from quiz.web.question_lint import ShownRule, shown_rules
from quiz.web.question_words import type_line, words_for_templates
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, today
from quiz.workflows.bank_access import may_write_question, question_to_read_or_none, visible_banks
from quiz.workflows.ignore_finding import NoReason, ignore_finding, take_back_ignore
from quiz.workflows.lint_question import lint_version, lint_wording
from quiz.workflows.list_questions import list_questions
from quiz.workflows.open_question import UnknownType, open_wording
from quiz.workflows.preview_question import Preview, preview_question
from quiz.workflows.retire_question import restore_question, retire_question
from quiz.workflows.select_many import MOST_AT_ONCE, Selection

blueprint = Blueprint("questions", __name__)
blueprint.context_processor(words_for_templates)

_NEW_ID = re.compile(r"[0-9a-z]{26}")


@blueprint.get("/bank")
@for_instructors
def all_questions() -> Any:
    filters = filters_in(request.args)
    after = request.args.get("after", "")
    listing = list_questions(db(), filters, by=me().id, today=today(), after=after, counted=True)
    choices = choices_for(db(), filters, by=me().id)
    chips = chips_for(filters, choices)
    if not listing.rows:
        chips = helpful_chips(db(), filters, chips, by=me().id, today=today())
    return render_template(
        "questions/all_questions.html",
        filters=filters,
        listing=listing,
        choices=choices,
        chips=chips,
        next_page=address_of(filters, after=listing.next_after) if listing.next_after else "",
        first_page=address_of(filters) if after else "",
        all_asked=fields_of(Selection(filters=filters)),
        most_at_once=MOST_AT_ONCE,
    )


@blueprint.get("/bank/<question_id>")
@for_instructors
def question(question_id: str) -> Any:
    row = _question(question_id)
    versions = select_versions(db(), question_id)
    version = _chosen(versions)
    return render_template(
        "questions/question.html",
        question=row,
        bank=select_bank_or_none(db(), row.bank_id),
        copied_from=_copied_from(question_id),
        version=version,
        versions=versions,
        asked_version_id=select_newest_ready_version_id(db(), question_id),
        preview=_saved_preview(version, bank_language(row.bank_id)),
        lint=_saved_lint(version, question_id),
        cited=select_cited(db(), [version.id]).get(version.id, []),
        uses=select_uses(db(), question_id),
    )


@blueprint.post("/bank/<question_id>/retire")
@for_instructors
def retire(question_id: str) -> Any:
    retire_question(db(), _question(question_id).id, now=now(), by=me().id)
    flash(_("Retired. It is asked and drawn no more; attempts that hold it keep it."), "success")
    return redirect(url_for("questions.question", question_id=question_id), 303)


@blueprint.post("/bank/<question_id>/restore")
@for_instructors
def restore(question_id: str) -> Any:
    restore_question(db(), _question(question_id).id, now=now(), by=me().id)
    flash(_("Taken back. It may be asked again."), "success")
    return redirect(url_for("questions.question", question_id=question_id), 303)


@blueprint.post("/bank/<question_id>/ignore")
@for_instructors
def ignore(question_id: str) -> Any:
    """Leave what a rule found as it is, with the reason that was typed."""
    rule, reason = request.form.get("rule", ""), request.form.get("reason", "")
    try:
        ignore_finding(db(), _question(question_id).id, rule, reason, by=me().id, now=now())
    except NoReason as problem:
        flash(explain(problem), "error")
    else:
        flash(_("The reason is kept."), "success")
    return redirect(url_for("questions.question", question_id=question_id), 303)


@blueprint.post("/bank/<question_id>/look-again")
@for_instructors
def look_again(question_id: str) -> Any:
    """Forget the reason for leaving what a rule found."""
    take_back_ignore(db(), _question(question_id).id, request.form.get("rule", ""), now=now())
    flash(_("The reason is taken back."), "success")
    return redirect(url_for("questions.question", question_id=question_id), 303)


@blueprint.get("/bank/new")
@for_instructors
def choose_type() -> Any:
    types = [(name, type_line(name)) for name in QUESTION_TYPES]
    begun = select_drafts_of_new_questions(db(), me().id)
    return render_template(
        "questions/choose_type.html", types=types, banks=visible_banks(db(), me().id), begun=begun
    )


@blueprint.route("/bank/new/<type_name>", methods=["GET", "POST"])
@for_instructors
def new(type_name: str) -> Any:
    question_type = _type(type_name)
    if request.method == "GET":
        return editor_page(fresh_form(question_type, bank_id=request.args.get("bank", "")), question_type)
    sent_id = request.form.get("question_id", "")
    question_id = sent_id if _NEW_ID.fullmatch(sent_id) else new_id(now())
    if not may_write_question(db(), me().id, question_id):
        not_found()
    return answer_editor(question_type, question_id)


@blueprint.route("/bank/<question_id>/edit", methods=["GET", "POST"])
@for_instructors
def edit(question_id: str) -> Any:
    _question(question_id)
    newest = select_versions(db(), question_id)[0]
    question_type = _type(newest.type)
    if request.method == "GET":
        return editor_page(filled_form(question_type, question_id, newest), question_type)
    return answer_editor(question_type, question_id)


@blueprint.route("/bank/preview/<type_name>", methods=["GET", "POST"])
@for_instructors
def preview(type_name: str) -> Any:
    """Show what is in the editor as learners will meet it, in the editor's frame. Nothing is stored."""
    question_type = _type(type_name)
    if request.method == "GET":
        return render_template("questions/preview.html", preview=None, problems=[])
    _action, form = sent_form(question_type)
    wording = checked_wording(form, question_type)
    if wording is None:
        return render_template("questions/preview.html", preview=None, problems=problems_in(form))
    shown = preview_question(db(), wording, today=today(), bank_language=bank_language(form.bank.data))
    found = lint_wording(
        db(), wording, bank_id=form.bank.data, question_id=form.question_id.data or "", today=today()
    )
    return render_template("questions/preview.html", preview=shown, problems=[], lint=shown_rules(found))


def _question(question_id: str) -> QuestionRow:
    return question_to_read_or_none(db(), me().id, question_id) or not_found()


def _copied_from(question_id: str) -> str | None:
    """Return the question that this one is a copy of, if there is one and its bank is shared."""
    origin = select_copied_from_or_none(db(), question_id)
    return origin if origin and question_to_read_or_none(db(), me().id, origin) else None


def _type(name: str) -> QuestionType:
    return QUESTION_TYPES[name] if name in QUESTION_TYPES else not_found()


def _chosen(versions: list[VersionRow]) -> VersionRow:
    """Return the version that the address names by its number, else the newest."""
    wanted = request.args.get("version", type=int)
    if wanted is None:
        return versions[0]
    return next((version for version in versions if version.number == wanted), None) or not_found()


def _saved_preview(version: VersionRow, language: str) -> Preview | None:
    """Return the version as learners meet it, None if its type is not installed."""
    try:
        wording = open_wording(db(), version.id)
        return preview_question(db(), wording, today=today(), bank_language=language)
    except UnknownType:
        return None


def _saved_lint(version: VersionRow, question_id: str) -> list[ShownRule]:
    """Return what lint finds in the version; nothing if its type is not installed."""
    try:
        return shown_rules(lint_version(db(), question_id, version.id, today=today()))
    except UnknownType:
        return []
