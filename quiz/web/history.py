"""The history of a question: its versions, what changed between any two of them, and the way back to an older one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.core.messages import Explained
from quiz.core.questions import UnfitCitation
from quiz.storage.questions import VersionRow, select_newest_ready_version_id, select_versions
from quiz.web.diff_words import field_word, value_words
from quiz.web.editor_forms import question_or_404
from quiz.web.question_words import words_for_templates
from quiz.web.request_tools import db, explain, for_instructors, me, not_found, now
from quiz.workflows.compare_versions import compare_versions
from quiz.workflows.lint_question import NotFitToAsk
from quiz.workflows.open_question import UnknownType
from quiz.workflows.save_question import EditedMeanwhile
from quiz.workflows.take_back_version import take_back_version

blueprint = Blueprint("history", __name__)
blueprint.context_processor(words_for_templates)


@blueprint.get("/bank/<question_id>/history")
@for_instructors
def versions(question_id: str) -> Any:
    question = question_or_404(question_id)
    return render_template(
        "history/versions.html",
        question=question,
        versions=select_versions(db(), question_id),
        asked_version_id=select_newest_ready_version_id(db(), question_id),
    )


@blueprint.get("/bank/<question_id>/compare")
@for_instructors
def compare(question_id: str) -> Any:
    question = question_or_404(question_id)
    known = select_versions(db(), question_id)
    after = _numbered(known, "after", default=known[0].number)
    before = _numbered(known, "before", default=max(1, after.number - 1))
    if before.number > after.number:
        before, after = after, before
    try:
        diffs = compare_versions(db(), before.id, after.id)
    except UnknownType as problem:
        flash(explain(problem), "error")
        return redirect(url_for("history.versions", question_id=question_id), 303)
    return render_template(
        "history/compare.html",
        question=question,
        versions=known,
        before=before,
        after=after,
        diffs=diffs,
        field_word=field_word,
        value_words=value_words,
    )


@blueprint.post("/bank/<question_id>/take-back")
@for_instructors
def take_back(question_id: str) -> Response:
    """Make a new version that says what an older one says."""
    question_or_404(question_id)
    version = _chosen(select_versions(db(), question_id), request.form.get("number", "")) or not_found()
    back = redirect(url_for("history.versions", question_id=question_id), 303)
    try:
        edited = take_back_version(
            db(), question_id, version, based_on=request.form.get("based_on", ""), by=me().id, now=now()
        )
    except (UnfitCitation, NotFitToAsk, EditedMeanwhile, UnknownType) as problem:
        return _refused(problem, back)
    if edited.has_changed:
        flash(
            _(
                "Version %(old)s is taken back: it is version %(new)s now.",
                old=version.number,
                new=edited.number,
            ),
            "success",
        )
    else:
        flash(_("The newest version says just that already."), "info")
    return back


def _refused(problem: Explained, back: Response) -> Response:
    flash(explain(problem), "error")
    return back


def _numbered(known: list[VersionRow], name: str, *, default: int) -> VersionRow:
    return _chosen(known, request.args.get(name, str(default))) or not_found()


def _chosen(known: list[VersionRow], number: str) -> VersionRow | None:
    return next((version for version in known if str(version.number) == number), None)
