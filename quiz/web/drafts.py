"""Unsaved changes of the question editor, kept on the server: while one types, or by a button."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.core.question_type import QuestionType
from quiz.storage.drafts import DraftRow, select_draft_or_none
from quiz.storage.questions import VersionRow, select_versions
from quiz.web.editor_forms import drafted_fields, drafted_form, id_of_new, sent_form, type_or_404
from quiz.web.pages import clock_time
from quiz.web.question_editing import Drafting, editor_page
from quiz.web.question_words import words_for_templates
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now, wants_json
from quiz.workflows.bank_access import question_to_read_or_none
from quiz.workflows.keep_draft import DraftMeanwhile, keep_draft, throw_draft_away

blueprint = Blueprint("drafts", __name__)
blueprint.context_processor(words_for_templates)


@blueprint.post("/drafts/<type_name>")
@for_instructors
def keep(type_name: str) -> Any:
    """Keep what the editor holds, over the draft that it says its author has seen."""
    question_type = type_or_404(type_name)
    try:
        kept = _keep(question_type, _question_id())
    except DraftMeanwhile as problem:
        return _conflict(question_type, problem)
    told = _("Draft kept %(time)s", time=clock_time(kept.kept))
    if wants_json():
        return jsonify(
            number=kept.number, told=told, address=url_for("drafts.go_on", question_id=kept.question_id)
        )
    flash(told, "success")
    return redirect(url_for("drafts.go_on", question_id=kept.question_id), 303)


@blueprint.get("/drafts/<question_id>")
@for_instructors
def go_on(question_id: str) -> Any:
    """Show the editor with the unsaved changes in it."""
    draft = select_draft_or_none(db(), me().id, question_id) or not_found()
    newest = _newest_of_theirs(draft)
    drafting = Drafting(kept=draft, newest=newest if newest and newest.id != draft.based_on else None)
    question_type = type_or_404(draft.type)
    return editor_page(drafted_form(question_type, draft), question_type, drafting=drafting)


@blueprint.post("/drafts/<question_id>/throw-away")
@for_instructors
def throw_away(question_id: str) -> Response:
    draft = select_draft_or_none(db(), me().id, question_id)
    throw_draft_away(db(), me().id, question_id)
    flash(_("Your unsaved changes are thrown away."), "success")
    if draft is None or not question_to_read_or_none(db(), me().id, question_id):
        return redirect(url_for("questions.choose_type"), 303)
    return redirect(url_for("questions.edit", question_id=question_id), 303)


def _keep(question_type: QuestionType, question_id: str) -> DraftRow:
    seen = request.form.get("draft", "")
    return keep_draft(
        db(),
        me().id,
        question_id,
        base=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
        type=question_type.name,
        based_on=request.form.get("based_on", ""),
        fields=drafted_fields(request.form),
        now=now(),
    )


def _question_id() -> str:
    """Return the id that the form carries: of a question that they may edit, or of one that does not exist yet."""
    sent = request.form.get("question_id", "")
    return sent if question_to_read_or_none(db(), me().id, sent) else id_of_new(sent)


def _newest_of_theirs(draft: DraftRow) -> VersionRow | None:
    """Return the newest version of the question, None if it was never saved. Answers 404 if it is not theirs."""
    versions = select_versions(db(), draft.question_id)
    if versions and not question_to_read_or_none(db(), me().id, draft.question_id):
        not_found()
    return versions[0] if versions else None


def _conflict(question_type: QuestionType, problem: DraftMeanwhile) -> Any:
    if wants_json():
        address = url_for("drafts.go_on", question_id=problem.draft.question_id)
        return jsonify(number=problem.draft.number, told=explain(problem), address=address), 409
    form = sent_form(question_type)[1]
    # Whoever has been told of the other draft may keep theirs over it.
    form.draft.data = str(problem.draft.number)
    drafting = Drafting(offered=problem.draft, is_conflict=True)
    return editor_page(form, question_type, status=409, drafting=drafting)
