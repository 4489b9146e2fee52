"""The author's form of a cloze: a row for each gap, in it a row for each answer, whatever the gap's kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FloatField,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from quiz.core.choices import options_for_form, options_from_form
from quiz.core.gaps import GapAsk, GapKey, GapKind, write_gap
from quiz.core.messages import N_
from quiz.core.number_answers import number_answers_for_form, number_answers_from_form
from quiz.core.rows import text_of
from quiz.core.text_answers import text_answers_from_form

GAP_LABELS: dict[GapKind, str] = {
    "choose": N_("Choose from a list"),
    "enter_text": N_("Type words"),
    "enter_number": N_("Type a number"),
}


class GapAnswerForm(Form):
    id = HiddenField()
    text = StringField(N_("Option, words or number"))
    right = BooleanField(N_("Right answer"), description=N_("For a list to choose from."))
    tolerance = StringField(N_("Tolerance"), description=N_("For numbers; 0 accepts this number alone."))
    tolerance_type = HiddenField()
    fraction = FloatField(
        N_("Share of the mark"),
        validators=[Optional(), NumberRange(-1, 1)],
        description=N_("Only for a half-right answer: 0.5 is half the mark. Leave it empty otherwise."),
    )
    feedback = StringField(N_("Feedback to those who give it"))


class GapForm(Form):
    id = StringField(N_("Name of the gap"), description=N_("As it stands between the brackets of the text."))
    kind = SelectField(
        N_("How it is filled"), choices=[SelectChoice(kind, label) for kind, label in GAP_LABELS.items()]
    )
    answers = FieldList(FormField(GapAnswerForm), label=N_("Answers"), min_entries=3)
    weight = FloatField(
        N_("Weight"),
        validators=[Optional(), NumberRange(0, 1000)],
        description=N_("2 counts twice as much as the other gaps. Empty means 1."),
    )
    unit = StringField(N_("Unit"), description=N_("For numbers; may be empty."))
    shuffle = BooleanField(N_("Shuffle the options for each learner"), default=True)
    case_sensitive = BooleanField(N_("Capital and small letters differ"))


def author_fields() -> Mapping[str, Any]:
    return {
        "text": TextAreaField(
            N_("Text with gaps"),
            description=N_("Write [[name]] where a gap is to be, and say below what belongs into it."),
        ),
        "gaps": FieldList(FormField(GapForm), label=N_("Gaps"), min_entries=2),
    }


def gap_from_form(gap: Mapping[str, Any]) -> dict[str, Any]:
    row = {"id": text_of(gap, "id"), "kind": gap["kind"]}
    if gap.get("weight") is not None:
        row["weight"] = gap["weight"]
    if gap["kind"] == "choose":
        return row | {"options": options_from_form(gap["answers"]), "shuffle": bool(gap["shuffle"])}
    if gap["kind"] == "enter_text":
        answers = text_answers_from_form(gap["answers"])
        return row | {"answers": answers, "case_sensitive": bool(gap["case_sensitive"])}
    numbers = number_answers_from_form({**answer, "value": answer["text"]} for answer in gap["answers"])
    return row | {"answers": numbers, "unit": text_of(gap, "unit")}


def gap_for_form(ask: GapAsk, key: GapKey) -> dict[str, Any]:
    if ask.kind == "enter_number":
        rows = [{**row, "text": row["value"]} for row in number_answers_for_form(key.numbers)]
    else:
        written = write_gap(ask, key)
        rows = options_for_form(written["options"] if ask.kind == "choose" else written["answers"])
    blank = {"id": "", "right": False, "tolerance": "", "tolerance_type": ""}
    answers = [blank | {name: row[name] for name in row if name != "value"} for row in rows]
    return {
        "id": ask.id, "kind": ask.kind, "answers": answers, "weight": key.weight,
        "unit": ask.unit, "shuffle": ask.shuffle, "case_sensitive": key.case_sensitive,
    }  # fmt: skip
