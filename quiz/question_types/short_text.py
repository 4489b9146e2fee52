"""Short text: the learner types a few words, compared with the accepted answers; spelling is folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, FieldList, FloatField, Form, FormField, StringField
from wtforms.validators import NumberRange, Optional

from quiz.core.items import EnterText, Item, TextAnswer
from quiz.core.marks import FULL, ZERO, Mark
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
from quiz.core.text_answers import (
    LONGEST_TEXT,
    matching_answer,
    read_text_answers,
    right_text,
    text_answers_from_form,
    write_text_answers,
)
from quiz.core.written import flag_in, refuse_strangers


@dataclass(frozen=True)
class ShortTextAsk:
    """The stem says it all; there is nothing else to show."""


@dataclass(frozen=True)
class ShortTextKey:
    """answers: the first one that matches counts."""

    answers: tuple[TextAnswer, ...]
    case_sensitive: bool = False


class AnswerForm(Form):
    text = StringField(
        N_("Accepted answer"),
        description=N_("An asterisk stands for any run of characters, \\* for an asterisk."),
    )
    fraction = FloatField(
        N_("Share of the mark"),
        validators=[Optional(), NumberRange(0, 1)],
        description=N_(
            "1 is the full mark, 0.5 half of it, 0 nothing but feedback. Empty means the full mark."
        ),
    )
    feedback = StringField(N_("Feedback to those who give it"))


class ShortTextType:
    name = "short_text"
    label = N_("Short text")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("answers", "case_sensitive"))
        case_sensitive = flag_in(written, "case_sensitive", default=False)
        return Body(ShortTextAsk(), ShortTextKey(read_text_answers(written), case_sensitive))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        _, key = body
        return {"answers": write_text_answers(key.answers)} | (
            {"case_sensitive": True} if key.case_sensitive else {}
        )

    def ask_to_json(self, ask: ShortTextAsk) -> dict[str, Any]:
        return {}

    def ask_from_json(self, stored: Mapping[str, Any]) -> ShortTextAsk:
        return ShortTextAsk()

    def key_to_json(self, key: ShortTextKey) -> dict[str, Any]:
        return self.body_to_plain(Body(ShortTextAsk(), key))

    def key_from_json(self, stored: Mapping[str, Any]) -> ShortTextKey:
        answers = tuple(TextAnswer(**answer) for answer in stored["answers"])
        return ShortTextKey(answers, stored.get("case_sensitive", False))

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "answers": FieldList(
                FormField(AnswerForm),
                label=N_("Accepted answers"),
                description=N_(
                    "Read from the top; the first that matches counts. Accents, dashes and quotes are alike."
                ),
                min_entries=4,
            ),
            "case_sensitive": BooleanField(N_("Capital and small letters differ")),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        return self.body_from_plain(
            {
                "answers": text_answers_from_form(typed["answers"]),
                "case_sensitive": bool(typed["case_sensitive"]),
            }
        )

    def form_from_body(self, body: Body) -> dict[str, Any]:
        rows = [{"text": a.text, "fraction": a.fraction, "feedback": a.feedback} for a in body.key.answers]
        return {"answers": rows, "case_sensitive": body.key.case_sensitive}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: ShortTextAsk, seed: str) -> int:
        """Return how many characters may be typed."""
        return LONGEST_TEXT

    def read_response(self, ask: ShortTextAsk, submitted: Submitted, seed: str) -> str | None:
        typed = " ".join(submitted.get("answer", [])).strip()
        if len(typed) > LONGEST_TEXT:
            raise UnreadableResponse(N_("Write at most {count} characters"), count=LONGEST_TEXT)
        return typed or None

    def submitted_from(self, ask: ShortTextAsk, response: str, seed: str) -> Submitted:
        return {"answer": [response]}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: ShortTextAsk, key: ShortTextKey, response: str) -> Mark:
        answer = matching_answer(key.answers, response, case_sensitive=key.case_sensitive)
        if answer is None:
            return ZERO
        return Mark(answer.fraction, (answer.feedback,) if answer.feedback else ())

    def answer_lines(self, ask: ShortTextAsk, response: str) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", response),)

    def review_lines(
        self, ask: ShortTextAsk, key: ShortTextKey, response: str | None
    ) -> tuple[ReviewLine, ...]:
        right = right_text(key.answers)
        if response is None:
            return (ReviewLine("", "", right, 0.0),)
        mark = self.grade(ask, key, response)
        return (ReviewLine("", response, right, mark.fraction, " ".join(mark.feedback)),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        return Item(prompt, EnterText(body.key.answers, body.key.case_sensitive))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case EnterText(answers, case_sensitive):
                rows = write_text_answers(answers)
                try:
                    return self.body_from_plain({"answers": rows, "case_sensitive": case_sensitive})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        paper = self._paper()
        yield Sample(paper, "asharq al–awsat", FULL)
        yield Sample(paper, "the Awsat", Mark(0.5, ("Give its full name.",)))
        yield Sample(paper, "Al-Hayat", ZERO)
        chemical = Body(ShortTextAsk(), ShortTextKey((TextAnswer("CO"),), case_sensitive=True))
        yield Sample(chemical, "CO", FULL)
        yield Sample(chemical, "Co", ZERO)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        yield self._paper(), {"answer": ["x" * (LONGEST_TEXT + 1)]}

    def twins(self) -> tuple[Body, Body]:
        return self._paper(), Body(
            ShortTextAsk(), ShortTextKey((TextAnswer("An-Nahar"),), case_sensitive=True)
        )

    def _paper(self) -> Body:
        answers = (TextAnswer("Asharq Al-Awsat"), TextAnswer("*Awsat", 0.5, "Give its full name."))
        return Body(ShortTextAsk(), ShortTextKey(answers))


question_type = ShortTextType()
