"""What the buttons of the question editor do: read what was sent, save it, or show it again, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.core.question_type import QuestionType, UnusableBody
from quiz.core.questions import UnfitCitation, Wording
from quiz.storage.banks import select_banks
from quiz.storage.encoding import new_id
from quiz.storage.questions import VersionRow, select_question_or_none, select_versions
from quiz.web.claim_picker import ROLE_CHOICES, open_picker, with_ticked_claims, without_twice_chosen
from quiz.web.form_rows import plain_lines, with_action
from quiz.web.question_forms import (
    BASIS_SENTENCES,
    STATE_SENTENCES,
    QuestionForm,
    blame,
    citations_of,
    filling_of,
    problems_in,
    question_form,
    wording_in,
)
from quiz.web.request_tools import db, me, now, today
from quiz.workflows.edit_question import Edited, edit_question
from quiz.workflows.lint_question import NotFitToAsk
from quiz.workflows.open_question import open_wording
from quiz.workflows.preview_question import Preview, preview_question
from quiz.workflows.save_question import EditedMeanwhile

SAVING = ("save", "save_and_new")


@dataclass(frozen=True)
class Meanwhile:
    """Two wordings made from the same version: the one that was saved first, and the one that came late."""

    version: VersionRow
    theirs: Preview
    mine: Preview


def fresh_form(question_type: QuestionType, *, bank_id: str) -> QuestionForm:
    """Return the form of a question that does not exist yet; its id does."""
    filling = {"question_id": new_id(now()), "based_on": "", "bank": bank_id}
    return question_form(question_type, select_banks(db()), filled_with=filling)


def filled_form(question_type: QuestionType, question_id: str, newest: VersionRow) -> QuestionForm:
    """Return the form of a question as its newest version stands."""
    question = select_question_or_none(db(), question_id)
    filling = filling_of(question_type, open_wording(db(), newest.id)) | {
        "question_id": question_id,
        "based_on": newest.id,
        "bank": question.bank_id if question else "",
        "state": "ready" if newest.state == "ready" else "draft",
    }
    return question_form(question_type, select_banks(db()), filled_with=filling)


def sent_form(question_type: QuestionType) -> tuple[str, QuestionForm]:
    """Return what the pressed button asks for, and the form after what it does to the rows."""
    typed = without_twice_chosen(with_ticked_claims(plain_lines(request.form)))
    action = typed.get("action", "save")
    if action == "enter":
        # Enter in a field presses the first button of the form. In the search for claims it must search.
        is_search = typed.get("claim_words", "").strip() != typed.get("searched", "").strip()
        action = "find_claims" if is_search else "save"
    return action, question_form(question_type, select_banks(db()), typed=with_action(typed, action))


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
    form: QuestionForm, question_type: QuestionType, *, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    """Return the page with the form, its claims and its preview."""
    picker = open_picker(
        db(),
        citations_of(form),
        basis=form.basis.data or "world",
        searched=form.claim_words.data or "",
        today=today(),
    )
    page = render_template(
        "questions/edit.html",
        form=form,
        own_fields=[form[name] for name in question_type.author_fields()],
        question_type=question_type,
        is_new=not form.based_on.data,
        picker=picker,
        problems=problems_in(form),
        meanwhile=meanwhile,
        basis_sentences=BASIS_SENTENCES,
        state_sentences=STATE_SENTENCES,
        role_choices=[(choice.value, choice.label) for choice in ROLE_CHOICES],
    )
    return page, status


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
    meanwhile = Meanwhile(
        version=newest,
        theirs=preview_question(db(), open_wording(db(), newest.id), today=today()),
        mine=preview_question(db(), wording, today=today()),
    )
    # Whoever has seen the other version may save over it.
    form.based_on.data = newest.id
    return editor_page(form, question_type, status=409, meanwhile=meanwhile)
