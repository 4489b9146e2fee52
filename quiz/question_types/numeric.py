"""Numeric: the learner types one number, accepted within a tolerance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wtforms import FieldList, FloatField, Form, FormField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from quiz.core.items import EnterNumber, Item, NumberAnswer
from quiz.core.marks import FULL, ZERO, Mark
from quiz.core.messages import N_
from quiz.core.number_answers import (
    answer_within,
    number_answers_for_form,
    number_answers_from_form,
    read_number_answers,
    right_number,
    write_number_answers,
)
from quiz.core.numbers import NotANumber, read_number
from quiz.core.question_type import (
    AnswerLine,
    Body,
    MarkedBy,
    ReviewLine,
    Sample,
    Submitted,
    UnreadableResponse,
    UnusableBody,
)
from quiz.core.rows import text_of
from quiz.core.written import refuse_strangers, text_in


@dataclass(frozen=True)
class NumericAsk:
    """unit: shown beside the field; it may be typed, too, before the number or after it."""

    unit: str = ""


@dataclass(frozen=True)
class NumericKey:
    """answers: the first one that the number lies within counts."""

    answers: tuple[NumberAnswer, ...]


class AnswerForm(Form):
    value = StringField(N_("Number"), description=N_("An asterisk takes any other number, for feedback."))
    tolerance = StringField(N_("Tolerance"), description=N_("0 accepts this number alone."))
    tolerance_type = SelectField(
        N_("The tolerance is"),
        choices=[
            SelectChoice("nominal", N_("an amount: 5 ± 1 is from 4 to 6")),
            SelectChoice("relative", N_("a part of the number: 0.1 is 10 in a hundred")),
            SelectChoice("geometric", N_("a factor: 1 is from half to double")),
        ],
        default="nominal",
    )
    fraction = FloatField(
        N_("Share of the mark"),
        validators=[Optional(), NumberRange(0, 1)],
        description=N_(
            "1 is the full mark, 0.5 half of it, 0 nothing but feedback. Empty means the full mark."
        ),
    )
    feedback = StringField(N_("Feedback to those who give it"))


class NumericType:
    name = "numeric"
    label = N_("Number")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("answers", "unit"))
        answers = read_number_answers(written)
        return Body(NumericAsk(text_in(written, "unit", default="")), NumericKey(answers))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        return {"answers": write_number_answers(key.answers)} | ({"unit": ask.unit} if ask.unit else {})

    def ask_to_json(self, ask: NumericAsk) -> dict[str, Any]:
        return {"unit": ask.unit}

    def ask_from_json(self, stored: Mapping[str, Any]) -> NumericAsk:
        return NumericAsk(stored["unit"])

    def key_to_json(self, key: NumericKey) -> dict[str, Any]:
        return {"answers": [asdict(answer) for answer in key.answers]}

    def key_from_json(self, stored: Mapping[str, Any]) -> NumericKey:
        return NumericKey(tuple(NumberAnswer(**answer) for answer in stored["answers"]))

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "answers": FieldList(
                FormField(AnswerForm),
                label=N_("Accepted numbers"),
                description=N_("Read from top to bottom; the first that the answer lies within counts."),
                min_entries=2,
            ),
            "unit": StringField(
                N_("Unit"), description=N_("Shown beside the field, such as km or years; may be empty.")
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        answers = number_answers_from_form(typed["answers"])
        return self.body_from_plain({"answers": answers, "unit": text_of(typed, "unit")})

    def form_from_body(self, body: Body) -> dict[str, Any]:
        return {"answers": number_answers_for_form(body.key.answers), "unit": body.ask.unit}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: NumericAsk, seed: str) -> NumericAsk:
        return ask

    def read_response(self, ask: NumericAsk, submitted: Submitted, seed: str) -> str | None:
        typed = " ".join(submitted.get("answer", [])).strip()
        if not typed:
            return None
        try:
            return read_number(typed, unit=ask.unit)
        except NotANumber as error:
            raise UnreadableResponse(error.sentence, **error.values) from None

    def submitted_from(self, ask: NumericAsk, response: str, seed: str) -> Submitted:
        return {"answer": [response]}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: NumericAsk, key: NumericKey, response: str) -> Mark:
        answer = answer_within(key.answers, response)
        if answer is None:
            return ZERO
        return Mark(answer.fraction, (answer.feedback,) if answer.feedback else ())

    def answer_lines(self, ask: NumericAsk, response: str) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", f"{response} {ask.unit}".strip()),)

    def review_lines(self, ask: NumericAsk, key: NumericKey, response: str | None) -> tuple[ReviewLine, ...]:
        right = right_number(key.answers, ask.unit)
        if response is None:
            return (ReviewLine("", "", right, 0.0),)
        mark = self.grade(ask, key, response)
        [line] = self.answer_lines(ask, response)
        return (ReviewLine("", line.given, right, mark.fraction, " ".join(mark.feedback)),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        return Item(prompt, EnterNumber(body.key.answers, body.ask.unit))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            # Units with a factor, or that cost marks, can't be said in this type's words.
            case EnterNumber(answers, unit, units=(), unit_grading="none"):
                try:
                    return self.body_from_plain(
                        {"answers": [asdict(answer) for answer in answers], "unit": unit}
                    )
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        boiling = self._boiling()
        yield Sample(boiling, "100.4", FULL)
        yield Sample(boiling, "97", Mark(0.5, ("That is on a mountain.",)))
        yield Sample(boiling, "101", ZERO)
        yield Sample(Body(NumericAsk(), NumericKey((NumberAnswer("0.3", "0.1"),))), "0.4", FULL)
        sevenfold = Body(NumericAsk(), NumericKey((NumberAnswer("-7", "1", tolerance_type="geometric"),)))
        yield Sample(sevenfold, "-14", FULL)
        yield Sample(sevenfold, "14", ZERO)
        year = Body(
            NumericAsk("year"), NumericKey((NumberAnswer("1946", "0.10", tolerance_type="relative"),))
        )
        yield Sample(year, "1946", FULL)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        for typed in ("hot", "Pi", ".", "1,234", "1,23,4", "1e9999", "9" * 200):
            yield self._boiling(), {"answer": [typed]}

    def twins(self) -> tuple[Body, Body]:
        return self._boiling(), Body(NumericAsk("°C"), NumericKey((NumberAnswer("373.15", "0"),)))

    def _boiling(self) -> Body:
        answers = (NumberAnswer("100", "0.5"), NumberAnswer("97", "1", 0.5, "That is on a mountain."))
        return Body(NumericAsk("°C"), NumericKey(answers))


question_type = NumericType()
