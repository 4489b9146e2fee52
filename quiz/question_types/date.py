"""Date: the learner gives a day, a month or a year of the calendar, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from quiz.core.items import EnterDate, Item
from quiz.core.marks import FULL, ZERO, Mark
from quiz.core.messages import N_
from quiz.core.partial_dates import NotADate, Precision, precision_of
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
from quiz.core.typed_dates import PARTS, UnreadableDate, date_in_words, read_typed_date, typed_parts
from quiz.core.written import one_of, refuse_strangers, text_in

PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")


@dataclass(frozen=True)
class DateAsk:
    precision: Precision = "day"


@dataclass(frozen=True)
class DateKey:
    """answer: ISO 8601, as precise as the ask: 2024, 2024-04 or 2024-04-01."""

    answer: str


class DateType:
    name = "date"
    label = N_("Date")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("answer", "precision"))
        answer = text_in(written, "answer")
        try:
            told = precision_of(answer)
        except NotADate as error:
            raise UnusableBody("answer", error.sentence, **error.values) from None
        precision = cast(Precision, one_of(written, "precision", PRECISIONS, default=told))
        if precision != told:
            raise UnusableBody(
                "answer", N_("“{answer}” is a {told}, but the question asks for a {precision}"),
                answer=answer, told=told, precision=precision,
            )  # fmt: skip
        return Body(DateAsk(precision), DateKey(answer))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        return {"answer": key.answer, "precision": ask.precision}

    def ask_to_json(self, ask: DateAsk) -> dict[str, Any]:
        return {"precision": ask.precision}

    def ask_from_json(self, stored: Mapping[str, Any]) -> DateAsk:
        return DateAsk(stored["precision"])

    def key_to_json(self, key: DateKey) -> dict[str, Any]:
        return {"answer": key.answer}

    def key_from_json(self, stored: Mapping[str, Any]) -> DateKey:
        return DateKey(stored["answer"])

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "answer": StringField(N_("Right date"), description=N_("As 2024, 2024-04 or 2024-04-01.")),
            "precision": SelectField(
                N_("What is asked for"),
                choices=[
                    SelectChoice("day", N_("A day")),
                    SelectChoice("month", N_("A month of a year")),
                    SelectChoice("year", N_("A year")),
                ],
                default="day",
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        return self.body_from_plain({"answer": text_of(typed, "answer"), "precision": typed["precision"]})

    def form_from_body(self, body: Body) -> dict[str, Any]:
        return self.body_to_plain(body)

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: DateAsk, seed: str) -> tuple[str, ...]:
        """Return the parts to ask for, in order: of day, month and year those that the precision has."""
        return PARTS[ask.precision]

    def read_response(self, ask: DateAsk, submitted: Submitted, seed: str) -> str | None:
        typed = {part: " ".join(submitted.get(f"answer-{part}", [])) for part in PARTS[ask.precision]}
        try:
            return read_typed_date(ask.precision, **typed)
        except UnreadableDate as error:
            raise UnreadableResponse(error.sentence, **error.values) from None

    def submitted_from(self, ask: DateAsk, response: str, seed: str) -> Submitted:
        return {f"answer-{part}": [digits] for part, digits in typed_parts(response).items()}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: DateAsk, key: DateKey, response: str) -> Mark:
        return FULL if response == key.answer else ZERO

    def answer_lines(self, ask: DateAsk, response: str) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", date_in_words(response)),)

    def review_lines(self, ask: DateAsk, key: DateKey, response: str | None) -> tuple[ReviewLine, ...]:
        given = "" if response is None else date_in_words(response)
        return (ReviewLine("", given, date_in_words(key.answer), float(response == key.answer)),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        return Item(prompt, EnterDate(body.key.answer, body.ask.precision))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case EnterDate(answer, precision):
                try:
                    return self.body_from_plain({"answer": answer, "precision": precision})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        day = Body(DateAsk("day"), DateKey("2024-04-01"))
        yield Sample(day, "2024-04-01", FULL)
        yield Sample(day, "2023-04-01", ZERO)
        month = Body(DateAsk("month"), DateKey("1980-09"))
        yield Sample(month, "1980-09", FULL)
        yield Sample(month, "1980-10", ZERO)
        yield Sample(Body(DateAsk("year"), DateKey("0622")), "0622", FULL)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        day = Body(DateAsk("day"), DateKey("2024-04-01"))
        yield day, {"answer-day": ["1"], "answer-month": ["4"], "answer-year": [""]}
        yield day, {"answer-day": [""], "answer-month": [""], "answer-year": ["2024"]}
        yield day, {"answer-day": ["31"], "answer-month": ["4"], "answer-year": ["2024"]}
        yield day, {"answer-day": ["1"], "answer-month": ["13"], "answer-year": ["2024"]}
        yield day, {"answer-day": ["1"], "answer-month": ["4"], "answer-year": ["24"]}
        yield Body(DateAsk("year"), DateKey("1946")), {"answer-year": ["after the war"]}

    def twins(self) -> tuple[Body, Body]:
        return Body(DateAsk("day"), DateKey("2024-04-01")), Body(DateAsk("day"), DateKey("2023-12-25"))


question_type = DateType()
