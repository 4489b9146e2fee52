"""The form of a question: the fields that all questions have, mixed with those of its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.core.claims import Citation
from quiz.core.languages import language_from
from quiz.core.messages import Explained
from quiz.core.question_type import Body, QuestionType, UnusableBody
from quiz.core.questions import Wording
from quiz.storage.banks import BankRow
from quiz.web.claim_picker import CitationForm, FoundForm, citations_in
from quiz.web.request_tools import explain

LONGEST_HINT = 2_000
MOST_TAGS = 12
LONGEST_TAG = 40

BASIS_SENTENCES = {
    "world": _l("The key is a fact. It counts while every claim that it rests on holds."),
    "text": _l("The key is what the source says, and the question names the source."),
    "check": _l("The learner judges a claim of the source. The key is the verdict on it."),
}
STATE_SENTENCES = {
    "ready": _l("Quizzes ask this version once it is saved. Attempts that have begun keep theirs."),
    "draft": _l("Only instructors see it. Quizzes go on asking the last version that was ready."),
}


class HintForm(Form):
    """What is told after one wrong try."""

    text = TextAreaField(
        _l("Words of the hint"), [Length(max=LONGEST_HINT, message=_l("The hint is too long"))]
    )


class QuestionForm(FlaskForm):
    """What every question has. question_id: of a new question too, so that a form sent twice makes one.

    based_on: the version that the form was filled from, "" for a new question. draft: number of the unsaved draft that
    its author has seen, 0 for none.
    """

    question_id = HiddenField()
    based_on = HiddenField()
    draft = HiddenField(default="0")
    bank = SelectField(_l("Bank"))
    basis = RadioField(
        _l("What is asked about"),
        choices=[
            SelectChoice("world", _l("What is so")),
            SelectChoice("text", _l("What the source says")),
            SelectChoice("check", _l("Whether a claim of the source holds")),
        ],
        default="world",
    )
    stem = TextAreaField(
        _l("Question"),
        [InputRequired(_l("Write the question")), Length(max=10_000, message=_l("The question is too long"))],
        description=_l("What the learner reads. Markdown works: *emphasis*, **strong**, lists, tables."),
    )
    feedback = TextAreaField(
        _l("Feedback"),
        [Length(max=10_000, message=_l("The feedback is too long"))],
        description=_l("Shown after marking, whatever was answered. Say why: the fact and its full date."),
    )
    hints = FieldList(
        FormField(HintForm),
        label=_l("Hints"),
        description=_l("Told one by one after wrong tries, in quizzes that let learners try again."),
    )
    language = StringField(
        _l("Language"),
        description=_l("Only if it is not the bank’s: a short name such as ar, fr or pt-BR."),
    )
    tags = StringField(
        _l("Tags"), description=_l("One to four, with commas between them: people, dates, 2024")
    )
    difficulty = SelectField(
        _l("Difficulty, as you guess it"),
        choices=[
            SelectChoice("easy", _l("Easy")),
            SelectChoice("medium", _l("Medium")),
            SelectChoice("hard", _l("Hard")),
        ],
        default="medium",
    )
    state = RadioField(
        _l("When you save"),
        choices=[SelectChoice("ready", _l("Ready")), SelectChoice("draft", _l("Draft"))],
        default="ready",
    )
    citations = FieldList(FormField(CitationForm), label=_l("Claims"))
    claim_words = StringField(
        _l("Find a claim"),
        description=_l("Words of the claim, its number such as f09-1, or a passage such as a04"),
    )
    found = FieldList(FormField(FoundForm))


def question_form(
    question_type: QuestionType,
    banks: list[BankRow],
    *,
    typed: MultiDict[str, str] | None = None,
    filled_with: Mapping[str, Any] | None = None,
) -> QuestionForm:
    """Return the form of a question of this type, in the reader's language.

    typed: what was sent, None for a page that is only read. filled_with: what the fields hold then.
    """
    own = question_type.author_fields()
    if shared := own.keys() & vars(QuestionForm).keys():
        raise RuntimeError(f"{question_type.name} takes a name of the common fields: {sorted(shared)}")
    form_class = type("QuestionForm", (QuestionForm,), dict(own))
    form: QuestionForm = form_class(formdata=typed, data=dict(filled_with or {}))
    form.bank.choices = [SelectChoice(bank.id, bank.title) for bank in banks]
    for field in all_fields(form):
        _translate(field)
    return form


def filling_of(question_type: QuestionType, wording: Wording) -> dict[str, Any]:
    """Return what the form's fields hold for this wording, its bank and state aside."""
    return {
        "basis": wording.basis,
        "stem": wording.stem,
        "feedback": wording.feedback,
        "hints": [{"text": text} for text in wording.hints],
        "language": wording.language,
        "tags": ", ".join(wording.tags),
        "difficulty": wording.difficulty,
        "citations": [{"source": c.source, "claim": c.claim, "role": c.role} for c in wording.citations],
        **question_type.form_from_body(Body(wording.ask, wording.key)),
    }


def wording_in(form: QuestionForm, question_type: QuestionType) -> Wording:
    """Return the wording that the form holds. Raises UnusableBody, whose field is one of the form's."""
    ask, key = question_type.body_from_form({name: form[name].data for name in question_type.author_fields()})
    return Wording(
        type=question_type.name,
        basis=form.basis.data,
        stem=(form.stem.data or "").strip(),
        ask=ask,
        key=key,
        feedback=(form.feedback.data or "").strip(),
        citations=citations_of(form),
        tags=tags_in(form.tags.data or ""),
        difficulty=form.difficulty.data,
        hints=tuple(text for row in form.hints.data if (text := (row["text"] or "").strip())),
        language=language_from(form.language.data or ""),
    )


def citations_of(form: QuestionForm) -> tuple[Citation, ...]:
    """Return the claims that the form's author has chosen."""
    return citations_in(form.citations.data)


def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags between the commas: lower case, each once, in order."""
    tags = dict.fromkeys(
        " ".join(tag.split()).lower()[:LONGEST_TAG] for tag in text.replace("،", ",").split(",")
    )
    return tuple(sorted(tag for tag in tags if tag)[:MOST_TAGS])


def blame(form: QuestionForm, problem: Explained, *, otherwise: str) -> None:
    """Show the problem at its field; one that belongs to no field of the form at the field ``otherwise``."""
    named = problem.field if isinstance(problem, UnusableBody) else otherwise
    field = form[named] if named in form else form[otherwise]
    field.errors = [*_own_errors(field), explain(problem)]


def problems_in(form: QuestionForm) -> list[tuple[str, str]]:
    """Return the id of each field that has a problem, with the problem."""
    return [(field.id, error) for field in all_fields(form) for error in _own_errors(field)]


def all_fields(form: Any) -> Iterator[Field]:
    """Give the fields of the form and of all forms within it."""
    for field in form:
        yield field
        if isinstance(field, FieldList | FormField):
            yield from all_fields(field)


def _own_errors(field: Field) -> list[str]:
    """Return what is wrong with the field itself; lists and forms also repeat what is wrong within them."""
    if isinstance(field, FormField):
        return []
    return [str(error) for error in field.errors if not isinstance(error, list | tuple | dict)]


def _translate(field: Field) -> None:
    # Types mark their labels but know no Babel. An empty text would become the catalogue's own head.
    if field.label is not None and field.label.text:
        field.label.text = gettext(str(field.label.text))
    if field.description:
        field.description = gettext(str(field.description))
    if isinstance(field, SelectField) and isinstance(field.choices, list):
        field.choices = [_translated(SelectChoice.from_input(choice)) for choice in field.choices]


def _translated(choice: SelectChoice) -> SelectChoice:
    return SelectChoice(choice.value, gettext(str(choice.label)) if choice.label else "")
