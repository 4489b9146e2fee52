"""Essay: the learner writes freely, and a person marks it, by a rubric if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from wtforms import (
    BooleanField,
    FieldList,
    FloatField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from quiz.core.items import Criterion, Item, Level, Write
from quiz.core.messages import N_, Explained
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
from quiz.core.rubrics import (
    MOST_POINTS,
    HandKey,
    Rubric,
    read_rubric,
    rubric_for_form,
    rubric_from_form,
    with_ids,
    without_ids,
    write_rubric,
)
from quiz.core.word_counts import TooFewWords, TooManyWords, count_words
from quiz.core.written import flag_in, refuse_strangers, text_in

LONGEST_ESSAY = 20_000
"""Characters: a good 3,000 words, far more than is ever asked for."""
MOST_WORDS = 3_000
USUAL_LINES = 12
MOST_LINES = 60

_FIELDS = (
    "min_words", "max_words", "lines", "template", "rubric", "shows_rubric", "notes", "model_answer",
)  # fmt: skip
_LIMIT = N_("{field} must be a whole number from {least} to {most}, or be left out")


@dataclass(frozen=True)
class EssayAsk:
    """min_words, max_words: None without a limit. template: stands in the field at first.

    rubric: what is looked for, where learners are told so before they write.
    """

    min_words: int | None = None
    max_words: int | None = None
    lines: int = USUAL_LINES
    template: str = ""
    rubric: Rubric = ()


@dataclass(frozen=True)
class EssayKey(HandKey):
    """What every type holds that is marked by hand, and nothing else."""


class ShownEssay(NamedTuple):
    """What the page shows. There are no ids in it."""

    min_words: int | None
    max_words: int | None
    lines: int
    template: str
    rubric: Rubric


class LevelForm(Form):
    points = FloatField(N_("Points of the level"), validators=[Optional(), NumberRange(0, MOST_POINTS)])
    text = StringField(N_("What such an answer is like"))


class CriterionForm(Form):
    id = HiddenField()
    title = StringField(N_("What is looked for"))
    text = StringField(N_("In more words"))
    points = FloatField(
        N_("Points"),
        validators=[Optional(), NumberRange(0, MOST_POINTS)],
        description=N_("Only without levels: markers then give any number from 0 to this one."),
    )
    levels = FieldList(FormField(LevelForm), label=N_("Levels"), min_entries=3)


class EssayType:
    name = "essay"
    label = N_("Essay")
    marking: MarkedBy = "by_hand"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, _FIELDS)
        rubric = with_ids(read_rubric(written))
        least, most = _whole_in(written, "min_words", MOST_WORDS), _whole_in(written, "max_words", MOST_WORDS)
        if least and most and least > most:
            raise UnusableBody("max_words", N_("the most words can't be fewer than the least"))
        ask = EssayAsk(
            min_words=least,
            max_words=most,
            lines=_whole_in(written, "lines", MOST_LINES) or USUAL_LINES,
            template=text_in(written, "template", default=""),
            rubric=rubric if flag_in(written, "shows_rubric", default=False) else (),
        )
        key = EssayKey(
            rubric, text_in(written, "notes", default=""), text_in(written, "model_answer", default="")
        )
        return Body(ask, key)

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        plain = self.ask_to_json(replace(ask, rubric=())) | self.key_to_json(key)
        return plain | ({"shows_rubric": True} if ask.rubric else {})

    def ask_to_json(self, ask: EssayAsk) -> dict[str, Any]:
        plain: dict[str, Any] = {
            name: getattr(ask, name) for name in ("min_words", "max_words", "template") if getattr(ask, name)
        }
        plain |= {"lines": ask.lines} if ask.lines != USUAL_LINES else {}
        return plain | ({"rubric": write_rubric(ask.rubric)} if ask.rubric else {})

    def ask_from_json(self, stored: Mapping[str, Any]) -> EssayAsk:
        return EssayAsk(**{**stored, "rubric": read_rubric(stored)})

    def key_to_json(self, key: EssayKey) -> dict[str, Any]:
        plain: dict[str, Any] = {"rubric": write_rubric(key.rubric)} if key.rubric else {}
        return plain | {n: getattr(key, n) for n in ("notes", "model_answer") if getattr(key, n)}

    def key_from_json(self, stored: Mapping[str, Any]) -> EssayKey:
        return EssayKey(**{**stored, "rubric": read_rubric(stored)})

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        words = [Optional(), NumberRange(1, MOST_WORDS)]
        return {
            "min_words": IntegerField(
                N_("Least words"),
                validators=words,
                description=N_("Empty for no limit. Too few or too many is told, and nothing is cut off."),
            ),
            "max_words": IntegerField(N_("Most words"), validators=words),
            "lines": IntegerField(
                N_("Lines of the field"), validators=[Optional(), NumberRange(1, MOST_LINES)]
            ),
            "template": TextAreaField(
                N_("What stands in the field at first"),
                description=N_("For a structure to be filled in; left as it is, it is no answer."),
            ),
            "rubric": FieldList(FormField(CriterionForm), label=N_("Rubric"), min_entries=2),
            "shows_rubric": BooleanField(N_("Learners see the rubric before they write")),
            "notes": TextAreaField(
                N_("Notes for those who mark"), description=N_("Learners never see them.")
            ),
            "model_answer": TextAreaField(
                N_("Model answer"),
                description=N_("Those who mark see it; learners do when the key may be shown."),
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        plain = {name: typed[name] for name in ("min_words", "max_words", "lines") if typed[name] is not None}
        texts = {name: text_of(typed, name) for name in ("template", "notes", "model_answer")}
        return self.body_from_plain(
            plain
            | {name: text for name, text in texts.items() if text}
            | {"rubric": rubric_from_form(typed["rubric"]), "shows_rubric": bool(typed["shows_rubric"])}
        )

    def form_from_body(self, body: Body) -> dict[str, Any]:
        ask, key = body
        return {
            "min_words": ask.min_words,
            "max_words": ask.max_words,
            "lines": ask.lines,
            "template": ask.template,
            "rubric": rubric_for_form(key.rubric),
            "shows_rubric": bool(ask.rubric),
            "notes": key.notes,
            "model_answer": key.model_answer,
        }

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: EssayAsk, seed: str) -> ShownEssay:
        return ShownEssay(ask.min_words, ask.max_words, ask.lines, ask.template, without_ids(ask.rubric))

    def read_response(self, ask: EssayAsk, submitted: Submitted, seed: str) -> str | None:
        # Browsers end lines with two signs where a form is sent, and with one where a script sends it.
        typed = "\n".join(submitted.get("answer", [])).replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(typed) > LONGEST_ESSAY:
            raise UnreadableResponse(
                N_("This has {count} characters, and only {most} can be saved. Shorten it, then save again."),
                count=len(typed), most=LONGEST_ESSAY,
            )  # fmt: skip
        return None if typed in ("", ask.template) else typed

    def submitted_from(self, ask: EssayAsk, response: str, seed: str) -> Submitted:
        return {"answer": [response]}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: EssayAsk, key: EssayKey, response: str) -> None:
        return None

    def answer_lines(self, ask: EssayAsk, response: str) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", response, _about_length(ask, response)),)

    def review_lines(self, ask: EssayAsk, key: EssayKey, response: str | None) -> tuple[ReviewLine, ...]:
        return (ReviewLine("", response or "", "", 0.0),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        ask, key = body
        return Item(
            prompt,
            Write(
                ask.min_words, ask.max_words, ask.template, key.notes, rubric=without_ids(key.rubric),
                shows_rubric=bool(ask.rubric), model_answer=key.model_answer,
                lines=None if ask.lines == USUAL_LINES else ask.lines,
            ),
        )  # fmt: skip

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Write(files=0) as write:
                plain = {
                    "min_words": write.min_words or None, "max_words": write.max_words or None,
                    "lines": write.lines, "template": write.template, "rubric": write_rubric(write.rubric),
                    "shows_rubric": write.shows_rubric, "notes": write.notes, "model_answer": write.model_answer,
                }  # fmt: skip
                try:
                    return self.body_from_plain({n: value for n, value in plain.items() if value is not None})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        yield Sample(self._crossing(), "By ferry.\n\nThe bridge came in 1901.", None)
        framed = EssayAsk(lines=20, template="First …\nThen …")
        yield Sample(Body(framed, EssayKey()), "First a ferry.\nThen a bridge.", None)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        yield self._crossing(), {"answer": ["x" * (LONGEST_ESSAY + 1)]}

    def twins(self) -> tuple[Body, Body]:
        ask, key = self._crossing()
        return Body(ask, key), Body(ask, replace(key, notes="", model_answer="Before 1901 by ferry."))

    def _crossing(self) -> Body:
        rubric = (
            Criterion(
                "Facts", 2.0, "The ferry, and the year.", (Level(0.0, "None"), Level(2.0, "Both")), "facts"
            ),
            Criterion("Language", 1.5, id="language"),
        )
        notes, model = "Spelling does not matter.", "People crossed by ferry until the bridge opened."
        return Body(EssayAsk(3, 200, rubric=rubric), EssayKey(rubric, notes, model))


def _about_length(ask: EssayAsk, response: str) -> Explained | None:
    """Return what to say of a response that is too short or too long."""
    count = count_words(response)
    if ask.min_words and count < ask.min_words:
        return TooFewWords(count, ask.min_words)
    return TooManyWords(count, ask.max_words) if ask.max_words and count > ask.max_words else None


def _whole_in(written: Mapping[str, Any], field: str, most: int) -> int | None:
    value = written.get(field)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise UnusableBody(field, _LIMIT, field=field, least=1, most=most)
    return value


question_type = EssayType()
