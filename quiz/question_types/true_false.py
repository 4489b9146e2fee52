"""True or false: the learner says whether a statement is true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from quiz.core.items import Item, Judge
from quiz.core.marks import FULL, Mark
from quiz.core.messages import N_
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
from quiz.core.written import flag_in, refuse_strangers, text_in

# In this order on every page, so that the order says nothing and nobody has to look for it.
WORDS = {True: N_("True"), False: N_("False")}
VALUES = {True: "true", False: "false"}


@dataclass(frozen=True)
class TrueFalseAsk:
    """The statement is the stem; there is nothing else to show."""


@dataclass(frozen=True)
class TrueFalseKey:
    """feedback_right, feedback_wrong: what is said to those who answered rightly and wrongly."""

    answer: bool
    feedback_right: str = ""
    feedback_wrong: str = ""


class ShownAnswer(NamedTuple):
    """label: marked for translation."""

    value: str
    label: str


class TrueFalseType:
    name = "true_false"
    label = N_("True or false")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("answer", "feedback_right", "feedback_wrong"))
        key = TrueFalseKey(
            answer=flag_in(written, "answer"),
            feedback_right=text_in(written, "feedback_right", default=""),
            feedback_wrong=text_in(written, "feedback_wrong", default=""),
        )
        return Body(TrueFalseAsk(), key)

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        _, key = body
        return (
            {"answer": key.answer}
            | ({"feedback_right": key.feedback_right} if key.feedback_right else {})
            | ({"feedback_wrong": key.feedback_wrong} if key.feedback_wrong else {})
        )

    def ask_to_json(self, ask: TrueFalseAsk) -> dict[str, Any]:
        return {}

    def ask_from_json(self, stored: Mapping[str, Any]) -> TrueFalseAsk:
        return TrueFalseAsk()

    def key_to_json(self, key: TrueFalseKey) -> dict[str, Any]:
        return self.body_to_plain(Body(TrueFalseAsk(), key))

    def key_from_json(self, stored: Mapping[str, Any]) -> TrueFalseKey:
        return TrueFalseKey(**stored)

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "answer": SelectField(
                N_("The statement is"),
                choices=[
                    SelectChoice("", N_("Choose")),
                    SelectChoice("true", N_("True")),
                    SelectChoice("false", N_("False")),
                ],
            ),
            "feedback_right": StringField(N_("Feedback to those who answer rightly")),
            "feedback_wrong": StringField(N_("Feedback to those who answer wrongly")),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        if typed["answer"] not in VALUES.values():
            raise UnusableBody("answer", N_("say whether the statement is true"))
        return self.body_from_plain(
            {
                "answer": typed["answer"] == "true",
                "feedback_right": text_of(typed, "feedback_right"),
                "feedback_wrong": text_of(typed, "feedback_wrong"),
            }
        )

    def form_from_body(self, body: Body) -> dict[str, Any]:
        return {
            "answer": VALUES[body.key.answer],
            "feedback_right": body.key.feedback_right,
            "feedback_wrong": body.key.feedback_wrong,
        }

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: TrueFalseAsk, seed: str) -> tuple[ShownAnswer, ...]:
        return tuple(ShownAnswer(VALUES[answer], word) for answer, word in WORDS.items())

    def read_response(self, ask: TrueFalseAsk, submitted: Submitted, seed: str) -> bool | None:
        match [value for value in submitted.get("answer", []) if value]:
            case []:
                return None
            case ["true"]:
                return True
            case ["false"]:
                return False
        raise UnreadableResponse(N_("Choose true or false"))

    def submitted_from(self, ask: TrueFalseAsk, response: bool, seed: str) -> Submitted:
        return {"answer": [VALUES[response]]}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: TrueFalseAsk, key: TrueFalseKey, response: bool) -> Mark:
        is_right = response == key.answer
        feedback = key.feedback_right if is_right else key.feedback_wrong
        return Mark(float(is_right), (feedback,) if feedback else ())

    def answer_lines(self, ask: TrueFalseAsk, response: bool) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", WORDS[response]),)

    def review_lines(
        self, ask: TrueFalseAsk, key: TrueFalseKey, response: bool | None
    ) -> tuple[ReviewLine, ...]:
        if response is None:
            return (ReviewLine("", "", WORDS[key.answer], 0.0),)
        mark = self.grade(ask, key, response)
        return (ReviewLine("", WORDS[response], WORDS[key.answer], mark.fraction, " ".join(mark.feedback)),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        key = body.key
        return Item(prompt, Judge(key.answer, key.feedback_right, key.feedback_wrong))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Judge(answer, feedback_right, feedback_wrong):
                return Body(TrueFalseAsk(), TrueFalseKey(answer, feedback_right, feedback_wrong))
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        told = Body(TrueFalseAsk(), TrueFalseKey(False, "It is the other way round.", "Look at a map."))
        yield Sample(told, False, Mark(1.0, ("It is the other way round.",)))
        yield Sample(told, True, Mark(0.0, ("Look at a map.",)))
        yield Sample(Body(TrueFalseAsk(), TrueFalseKey(True)), True, FULL)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        yield Body(TrueFalseAsk(), TrueFalseKey(True)), {"answer": ["perhaps"]}
        yield Body(TrueFalseAsk(), TrueFalseKey(True)), {"answer": ["true", "false"]}

    def twins(self) -> tuple[Body, Body]:
        return Body(TrueFalseAsk(), TrueFalseKey(True)), Body(
            TrueFalseAsk(), TrueFalseKey(False, "Well seen.")
        )


question_type = TrueFalseType()
