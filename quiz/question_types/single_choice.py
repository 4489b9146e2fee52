"""Single choice: the learner picks one of several options, exactly one of which is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wtforms import BooleanField, FieldList, FloatField, Form, FormField, HiddenField, StringField
from wtforms.validators import NumberRange, Optional

from quiz.core.choices import (
    OneRight,
    ShownOption,
    mark_of_one,
    one_right_from_json,
    one_right_of,
    one_right_to_json,
    one_right_to_options,
    options_for_form,
    options_from_form,
    pinned_in,
    pinned_to_json,
    read_options,
    rows_from_options,
    show_options,
    texts_of,
    write_options,
)
from quiz.core.items import Choose, Item
from quiz.core.marks import FULL, ZERO, Mark
from quiz.core.messages import N_
from quiz.core.presentation import id_behind, token_for
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
from quiz.core.written import flag_in, refuse_strangers


@dataclass(frozen=True)
class SingleChoiceAsk:
    """options: text by id, in the author's order. pinned: ids of those that keep their place when shuffled."""

    options: Mapping[str, str]
    shuffle: bool = True
    pinned: frozenset[str] = frozenset()


class OptionForm(Form):
    id = HiddenField()
    text = StringField(N_("Option"))
    right = BooleanField(N_("Right answer"))
    fraction = FloatField(
        N_("Share of the mark"),
        validators=[Optional(), NumberRange(-1, 1)],
        description=N_("Only for a half-right option: 0.5 is half the mark. Leave it empty otherwise."),
    )
    feedback = StringField(N_("Feedback to those who choose it"))
    pinned = BooleanField(
        N_("Keep it at its place"),
        description=N_("Where the others are shuffled: for “none of these”, or the last of a row."),
    )


class SingleChoiceType:
    name = "single_choice"
    label = N_("Single choice")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("options", "shuffle"))
        options = read_options(written, may_pin=True)
        shuffle = flag_in(written, "shuffle", default=True)
        return Body(SingleChoiceAsk(texts_of(options), shuffle, pinned_in(options)), one_right_of(options))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        rows = write_options(ask.options, (key.right,), key.partial, key.feedback, ask.pinned)
        return {"options": rows} | ({} if ask.shuffle else {"shuffle": False})

    def ask_to_json(self, ask: SingleChoiceAsk) -> dict[str, Any]:
        # A list of pairs, since stored JSON sorts its keys and the author's order would be lost.
        return {"options": list(ask.options.items()), "shuffle": ask.shuffle} | pinned_to_json(ask.pinned)

    def ask_from_json(self, stored: Mapping[str, Any]) -> SingleChoiceAsk:
        pinned = frozenset(stored.get("pinned", ()))
        return SingleChoiceAsk(dict(stored["options"]), stored["shuffle"], pinned)

    def key_to_json(self, key: OneRight) -> dict[str, Any]:
        return one_right_to_json(key)

    def key_from_json(self, stored: Mapping[str, Any]) -> OneRight:
        return one_right_from_json(stored)

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "options": FieldList(
                FormField(OptionForm),
                label=N_("Options"),
                description=N_("Mark the one that is right. Rows without a text are ignored."),
                min_entries=4,
            ),
            "shuffle": BooleanField(
                N_("Shuffle the options for each learner"),
                description=N_("Turn it off where the order carries meaning, such as years or amounts."),
                default=True,
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        return self.body_from_plain(
            {"options": options_from_form(typed["options"]), "shuffle": bool(typed["shuffle"])}
        )

    def form_from_body(self, body: Body) -> dict[str, Any]:
        return {"options": options_for_form(self.body_to_plain(body)["options"]), "shuffle": body.ask.shuffle}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: SingleChoiceAsk, seed: str) -> tuple[ShownOption, ...]:
        return show_options(ask.options, seed, shuffle=ask.shuffle, pinned=ask.pinned)

    def read_response(self, ask: SingleChoiceAsk, submitted: Submitted, seed: str) -> str | None:
        tokens = [token for token in submitted.get("answer", []) if token]
        if not tokens:
            return None
        chosen = id_behind(seed, tokens[0], ask.options)
        if chosen is None or len(tokens) > 1:
            raise UnreadableResponse(N_("Choose one of the options on this page"))
        return chosen

    def submitted_from(self, ask: SingleChoiceAsk, response: str, seed: str) -> Submitted:
        return {"answer": [token_for(seed, response)]}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: SingleChoiceAsk, key: OneRight, response: str) -> Mark:
        return mark_of_one(key, response)

    def answer_lines(self, ask: SingleChoiceAsk, response: str) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", ask.options[response]),)

    def review_lines(
        self, ask: SingleChoiceAsk, key: OneRight, response: str | None
    ) -> tuple[ReviewLine, ...]:
        right = ask.options[key.right]
        if response is None:
            return (ReviewLine("", "", right, 0.0),)
        mark = mark_of_one(key, response)
        return (ReviewLine("", ask.options[response], right, mark.fraction, " ".join(mark.feedback)),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        options = one_right_to_options(body.ask.options, body.key, body.ask.pinned)
        return Item(prompt, Choose(options, several=False, shuffle=body.ask.shuffle))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Choose(options, several=False, shuffle=shuffle):
                try:
                    rows = rows_from_options(options, may_pin=True)
                    return self.body_from_plain({"options": rows, "shuffle": shuffle})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        body = self._seas("red")
        yield Sample(body, "red", FULL)
        yield Sample(body, "dead", Mark(0.0, ("It has no outlet.",)))
        yield Sample(body, "black", Mark(0.25))
        yield Sample(self._years(), "y1957", FULL)
        yield Sample(self._years(), "y1961", ZERO)
        pinned = self._seas("red")
        yield Sample(Body(replace(pinned.ask, pinned=frozenset({"dead"})), pinned.key), "red", FULL)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        yield self._seas("red"), {"answer": ["no-such-option"]}
        yield self._seas("red"), {"answer": ["one", "two"]}

    def twins(self) -> tuple[Body, Body]:
        return self._seas("red"), self._seas("dead")

    def _seas(self, right: str) -> Body:
        texts = {"red": "The Red Sea", "black": "The Black Sea", "dead": "The Dead Sea"}
        return Body(
            SingleChoiceAsk(texts),
            OneRight(right, partial={"black": 0.25}, feedback={"dead": "It has no outlet."}),
        )

    def _years(self) -> Body:
        texts = {"y1957": "1957", "y1961": "1961"}
        return Body(SingleChoiceAsk(texts, shuffle=False), OneRight("y1957"))


question_type = SingleChoiceType()
