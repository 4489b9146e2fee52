"""What the buttons of the question editor do: save what was sent, or show it again, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.core.question_type import QuestionType, UnusableBody
from quiz.core.questions import UnfitCitation, Wording
from quiz.storage.drafts import DraftRow, select_draft_or_none, select_drafts_of_new_questions
from quiz.storage.questions import VersionRow, select_versions
from quiz.web.claim_picker import ROLE_CHOICES, open_picker
from quiz.web.editor_forms import bank_language, editor_address, picture_places, sent_form
from quiz.web.question_forms import (
    BASIS_SENTENCES,
    STATE_SENTENCES,
    QuestionForm,
    blame,
    citations_of,
    problems_in,
    wording_in,
)
from quiz.web.request_tools import db, me, now, today
from quiz.workflows.edit_question import Edited, edit_question
from quiz.workflows.keep_draft import throw_draft_away
from quiz.workflows.lint_question import NotFitToAsk
from quiz.workflows.open_question import open_wording
from quiz.workflows.preview_question import Preview, preview_question
from quiz.workflows.save_question import EditedMeanwhile

SAVING = ("save", "save_and_new")
LANGUAGES_OFFERED = (
    "ar", "de", "en", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "ku", "nl", "pl", "pt", "ru", "sw",
    "tr", "uk", "ur", "zh",
)  # fmt: skip
"""Offered while a language is typed; any other may be typed too."""


@dataclass(frozen=True)
class Drafting:
    """What the editor tells of unsaved changes. kept: the draft that the form shows.

    offered: a draft of the question that the form does not show. begun: drafts of other new questions of its type.
    newest: the version that was saved since the draft was begun. is_conflict: the offered one was kept elsewhere while
    what the form shows was typed.
    """

    kept: DraftRow | None = None
    offered: DraftRow | None = None
    begun: tuple[DraftRow, ...] = ()
    newest: VersionRow | None = None
    is_conflict: bool = False


@dataclass(frozen=True)
class Meanwhile:
    """Two wordings made from the same version: the one that was saved first, and the one that came late."""

    version: VersionRow
    theirs: Preview
    mine: Preview


def answer_editor(question_type: QuestionType, question_id: str) -> Any:
    """Answer what was sent from the editor of this question, new or old."""
    action, form = sent_form(question_type)
    if action not in SAVING:
        return editor_page(form, question_type)
    wording = checked_wording(form, question_type)
    if wording is None:
        return editor_page(form, question_type, status=422)
    try:
        edited = _save(form, question_id, wording)
    except UnfitCitation as problem:
        blame(form, problem, otherwise="citations")
        return editor_page(form, question_type, status=422)
    except NotFitToAsk as problem:
        blame(form, problem, otherwise="state")
        return editor_page(form, question_type, status=422)
    except EditedMeanwhile:
        return _conflict_page(form, question_type, question_id, wording)
    return _saved(edited, question_type, form, and_new=action == "save_and_new")


def checked_wording(form: QuestionForm, question_type: QuestionType) -> Wording | None:
    """Return the wording that the form holds; None if there are problems, each then at its field."""
    is_valid = form.validate()
    try:
        wording = wording_in(form, question_type)
    except UnusableBody as problem:
        blame(form, problem, otherwise=next(iter(question_type.author_fields())))
        return None
    return wording if is_valid else None


def editor_page(
    form: QuestionForm,
    question_type: QuestionType,
    *,
    status: int = 200,
    meanwhile: Meanwhile | None = None,
    drafting: Drafting | None = None,
    picture_problem: str = "",
    picture_told: str = "",
) -> tuple[str, int]:
    """Return the page with the form, its claims and its preview.

    drafting: None to look whether there are unsaved changes that the form does not show.
    """
    picker = open_picker(
        db(),
        citations_of(form),
        basis=form.basis.data or "world",
        searched=form.claim_words.data or "",
        today=today(),
        marking=question_type.marking,
    )
    page = render_template(
        "questions/edit.html",
        form=form,
        own_fields=[form[name] for name in question_type.author_fields()],
        question_type=question_type,
        is_new=not form.based_on.data,
        own_address=editor_address(form, question_type),
        picker=picker,
        problems=problems_in(form),
        meanwhile=meanwhile,
        drafting=drafting or _drafts_beside(form, question_type),
        picture_places=picture_places(form),
        picture_problem=picture_problem,
        picture_told=picture_told,
        languages_offered=LANGUAGES_OFFERED,
        basis_sentences=BASIS_SENTENCES,
        state_sentences=STATE_SENTENCES,
        role_choices=[(choice.value, choice.label) for choice in ROLE_CHOICES],
    )
    return page, status


def _drafts_beside(form: QuestionForm, question_type: QuestionType) -> Drafting:
    """Return the unsaved changes to offer; none once somebody works in the form."""
    if request.method != "GET":
        return Drafting()
    if form.based_on.data:
        return Drafting(offered=select_draft_or_none(db(), me().id, form.question_id.data or ""))
    begun = select_drafts_of_new_questions(db(), me().id)
    return Drafting(begun=tuple(draft for draft in begun if draft.type == question_type.name))


def _save(form: QuestionForm, question_id: str, wording: Wording) -> Edited:
    return edit_question(
        db(),
        question_id,
        wording,
        bank_id=form.bank.data,
        state=form.state.data,
        based_on=form.based_on.data or "",
        by=me().id,
        now=now(),
    )


def _saved(edited: Edited, question_type: QuestionType, form: QuestionForm, *, and_new: bool) -> Response:
    throw_draft_away(db(), me().id, edited.question_id)
    if edited.has_changed:
        flash(_("Saved as version %(number)s.", number=edited.number), "success")
    else:
        flash(_("Nothing changed, so version %(number)s stays the newest.", number=edited.number), "info")
    if and_new:
        return redirect(url_for("questions.new", type_name=question_type.name, bank=form.bank.data), 303)
    return redirect(url_for("questions.question", question_id=edited.question_id), 303)


def _conflict_page(
    form: QuestionForm, question_type: QuestionType, question_id: str, wording: Wording
) -> tuple[str, int]:
    newest = select_versions(db(), question_id)[0]
    language = bank_language(form.bank.data)
    meanwhile = Meanwhile(
        version=newest,
        theirs=preview_question(db(), open_wording(db(), newest.id), today=today(), bank_language=language),
        mine=preview_question(db(), wording, today=today(), bank_language=language),
    )
    # Whoever has seen the other version may save over it.
    form.based_on.data = newest.id
    return editor_page(form, question_type, status=409, meanwhile=meanwhile)
