"""The question editor's form, wherever it comes from: nothing yet, a version, an unsaved draft, or what was sent."""

from __future__ import annotations

import re

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from quiz.core.question_type import QuestionType
from quiz.question_types import QUESTION_TYPES
from quiz.storage.banks import BankRow, select_bank_or_none
from quiz.storage.drafts import DraftRow
from quiz.storage.encoding import new_id
from quiz.storage.questions import QuestionRow, VersionRow, select_question_or_none
from quiz.web.claim_picker import with_ticked_claims, without_twice_chosen
from quiz.web.form_rows import Typed, plain_lines, with_action
from quiz.web.question_forms import QuestionForm, all_fields, filling_of, question_form
from quiz.web.question_lint import place_words
from quiz.web.request_tools import db, me, not_found, now
from quiz.workflows.bank_access import question_to_read_or_none, visible_banks
from quiz.workflows.open_question import open_wording

_NEW_ID = re.compile(r"[0-9a-z]{26}")
_PICTURE_PLACE = re.compile(r"stem|feedback|feedback_(?:right|wrong)|(?:\w+-\d+-)+(?:text|left|feedback)")
_ROW_NUMBER = re.compile(r"-(\d+)-")
# What a draft does not hold: it is of the page, of the moment, or has a column of its own.
_NOT_DRAFTED = ("csrf_token", "action", "question_id", "based_on", "draft", "claim_words", "searched")
_NOT_DRAFTED_ROWS = ("found-", "picture")


def question_or_404(question_id: str) -> QuestionRow:
    """Return the question, if it is theirs to read and to edit."""
    return question_to_read_or_none(db(), me().id, question_id) or not_found()


def type_or_404(name: str) -> QuestionType:
    """Return the question type of an address."""
    return QUESTION_TYPES[name] if name in QUESTION_TYPES else not_found()


def id_of_new(sent: str) -> str:
    """Return the id that a new question's form carries since it was opened; a fresh one if it was changed."""
    return sent if _NEW_ID.fullmatch(sent) else new_id(now())


def fresh_form(question_type: QuestionType, *, bank_id: str) -> QuestionForm:
    """Return the form of a question that does not exist yet; its id does."""
    filling = {"question_id": new_id(now()), "based_on": "", "bank": bank_id}
    return question_form(question_type, _banks(), filled_with=filling)


def filled_form(question_type: QuestionType, question_id: str, newest: VersionRow) -> QuestionForm:
    """Return the form of a question as its newest version stands."""
    question = select_question_or_none(db(), question_id)
    filling = filling_of(question_type, open_wording(db(), newest.id)) | {
        "question_id": question_id,
        "based_on": newest.id,
        "bank": question.bank_id if question else "",
        "state": "ready" if newest.state == "ready" else "draft",
    }
    return question_form(question_type, _banks(), filled_with=filling)


def drafted_form(question_type: QuestionType, draft: DraftRow) -> QuestionForm:
    """Return the form as its author left it without saving."""
    own = {"question_id": draft.question_id, "based_on": draft.based_on, "draft": str(draft.number)}
    return question_form(question_type, _banks(), typed=MultiDict([*draft.fields, *own.items()]))


def sent_form(question_type: QuestionType, sent: Typed | None = None) -> tuple[str, QuestionForm]:
    """Return what the pressed button asks for, and the form after what it does to the rows.

    sent: the form, where it is not the one that the browser sent.
    """
    typed = without_twice_chosen(with_ticked_claims(plain_lines(request.form if sent is None else sent)))
    action = typed.get("action", "save")
    if action == "enter":
        # Enter in a field presses the first button of the form. In the search for claims it must search.
        is_search = typed.get("claim_words", "").strip() != typed.get("searched", "").strip()
        action = "find_claims" if is_search else "save"
    return action, question_form(question_type, _banks(), typed=with_action(typed, action))


def drafted_fields(typed: Typed) -> tuple[tuple[str, str], ...]:
    """Return what a draft keeps of the form that was sent."""
    return tuple(
        (name, value)
        for name, value in plain_lines(typed).items(multi=True)
        if name not in _NOT_DRAFTED and not name.startswith(_NOT_DRAFTED_ROWS)
    )


def bank_language(bank_id: str | None) -> str:
    """Return the language of the bank's questions, "" if there is no such bank."""
    bank = select_bank_or_none(db(), bank_id) if bank_id else None
    return bank.language if bank else ""


def editor_address(form: QuestionForm, question_type: QuestionType) -> str:
    """Return where the form is sent to: whatever page shows it, the question's own editor reads it."""
    if form.based_on.data:
        return url_for("questions.edit", question_id=form.question_id.data)
    return url_for("questions.new", type_name=question_type.name)


def picture_places(form: QuestionForm) -> list[tuple[str, str]]:
    """Return the fields that a picture may be put into, by name, each with what people call it."""
    names = [field.name for field in all_fields(form) if _PICTURE_PLACE.fullmatch(field.name)]
    return [(name, _place_of(name)) for name in names]


def _place_of(name: str) -> str:
    """Return what people call a field: "Option 2, Feedback" for ``options-1-feedback``."""
    pieces = _ROW_NUMBER.sub(lambda row: f"[{int(row[1]) + 1}].", name)
    return place_words(pieces.removesuffix(".text"))


def _banks() -> list[BankRow]:
    return visible_banks(db(), me().id)
