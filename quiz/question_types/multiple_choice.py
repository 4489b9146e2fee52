"""Multiple choice: the learner picks all the options that are right, however many they are.

Unless an author says otherwise, right minus wrong: of r right and w wrong options, each right one adds 1/r of
the mark and each wrong one takes 1/w away, down to 0. So choosing everything earns 0, and guessing gains on
average no more than that floor gives. All or nothing, and a share for each option, can be had instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum
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
)
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from quiz.core.choices import (
    ShownOption,
    WrittenOption,
    feedback_of,
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
from quiz.core.items import Choose, Item, Option
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
from quiz.core.written import flag_in, one_of, refuse_strangers

GRADINGS = ("right_minus_wrong", "all_or_nothing")

# Other systems write a third as 0.33333, or 33.333 %.
_ROUNDED = 1e-4


@dataclass(frozen=True)
class MultipleChoiceAsk:
    """options: text by id, in the author's order. pinned: ids of those that keep their place when shuffled."""

    options: Mapping[str, str]
    shuffle: bool = True
    pinned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MultipleChoiceKey:
    """worth: what choosing each option earns, -1 to 1, by id; above 0 is right. feedback: by id.

    all_or_nothing: exactly the right options earn the full mark, anything else nothing; worth is then 1 or 0.
    """

    worth: Mapping[str, float]
    all_or_nothing: bool = False
    feedback: Mapping[str, str] = field(default_factory=dict)

    @property
    def right(self) -> tuple[str, ...]:
        return tuple(option_id for option_id, fraction in self.worth.items() if fraction > 0)


class OptionForm(Form):
    id = HiddenField()
    text = StringField(N_("Option"))
    right = BooleanField(N_("Right answer"))
    fraction = FloatField(
        N_("Share of the mark"),
        validators=[Optional(), NumberRange(-1, 1)],
        description=N_("Only where options weigh differently: 0.5 adds half the mark, -0.5 takes it away."),
    )
    feedback = StringField(N_("Feedback to those who choose it"))
    pinned = BooleanField(
        N_("Keep it at its place"),
        description=N_("Where the others are shuffled: for “none of these”, or the last of a row."),
    )


class MultipleChoiceType:
    name = "multiple_choice"
    label = N_("Multiple choice")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("options", "grading", "shuffle"))
        options = read_options(written, may_pin=True)
        all_or_nothing = one_of(written, "grading", GRADINGS, default=GRADINGS[0]) == "all_or_nothing"
        worth = _worth_of(options, all_or_nothing=all_or_nothing)
        shuffle = flag_in(written, "shuffle", default=True)
        key = MultipleChoiceKey(worth, all_or_nothing, feedback_of(options))
        return Body(MultipleChoiceAsk(texts_of(options), shuffle, pinned_in(options)), key)

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        by_flags = key.all_or_nothing or key.worth == _right_minus_wrong(key.worth, key.right)
        fractions = {} if by_flags else {i: fraction for i, fraction in key.worth.items() if fraction}
        right = key.right if by_flags else ()
        rows = write_options(ask.options, right, fractions, key.feedback, ask.pinned)
        return (
            {"options": rows}
            | ({"grading": "all_or_nothing"} if key.all_or_nothing else {})
            | ({} if ask.shuffle else {"shuffle": False})
        )

    def ask_to_json(self, ask: MultipleChoiceAsk) -> dict[str, Any]:
        # A list of pairs, since stored JSON sorts its keys and the author's order would be lost.
        return {"options": list(ask.options.items()), "shuffle": ask.shuffle} | pinned_to_json(ask.pinned)

    def ask_from_json(self, stored: Mapping[str, Any]) -> MultipleChoiceAsk:
        pinned = frozenset(stored.get("pinned", ()))
        return MultipleChoiceAsk(dict(stored["options"]), stored["shuffle"], pinned)

    def key_to_json(self, key: MultipleChoiceKey) -> dict[str, Any]:
        return {
            "worth": dict(key.worth),
            "all_or_nothing": key.all_or_nothing,
            "feedback": dict(key.feedback),
        }

    def key_from_json(self, stored: Mapping[str, Any]) -> MultipleChoiceKey:
        return MultipleChoiceKey(stored["worth"], stored["all_or_nothing"], stored["feedback"])

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "options": FieldList(
                FormField(OptionForm),
                label=N_("Options"),
                description=N_("Mark every one that is right. Rows without a text are ignored."),
                min_entries=5,
            ),
            "grading": SelectField(
                N_("Marking"),
                choices=[
                    SelectChoice(
                        "right_minus_wrong", N_("Right minus wrong: choosing everything earns nothing")
                    ),
                    SelectChoice("all_or_nothing", N_("All or nothing: exactly the right options")),
                ],
                default="right_minus_wrong",
            ),
            "shuffle": BooleanField(
                N_("Shuffle the options for each learner"),
                description=N_("Turn it off where the order carries meaning, such as years or amounts."),
                default=True,
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        return self.body_from_plain(
            {
                "options": options_from_form(typed["options"]),
                "grading": typed["grading"],
                "shuffle": bool(typed["shuffle"]),
            }
        )

    def form_from_body(self, body: Body) -> dict[str, Any]:
        plain = self.body_to_plain(body)
        return {
            "options": options_for_form(plain["options"]),
            "grading": plain.get("grading", GRADINGS[0]),
            "shuffle": body.ask.shuffle,
        }

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: MultipleChoiceAsk, seed: str) -> tuple[ShownOption, ...]:
        return show_options(ask.options, seed, shuffle=ask.shuffle, pinned=ask.pinned)

    def read_response(self, ask: MultipleChoiceAsk, submitted: Submitted, seed: str) -> list[str] | None:
        tokens = [token for token in submitted.get("answer", []) if token]
        chosen = {id_behind(seed, token, ask.options) for token in tokens}
        if None in chosen:
            raise UnreadableResponse(N_("Choose among the options on this page"))
        return [option_id for option_id in ask.options if option_id in chosen] or None

    def submitted_from(self, ask: MultipleChoiceAsk, response: list[str], seed: str) -> Submitted:
        return {"answer": [token_for(seed, option_id) for option_id in response]}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: MultipleChoiceAsk, key: MultipleChoiceKey, response: list[str]) -> Mark:
        feedback = tuple(key.feedback[i] for i in response if i in key.feedback)
        if key.all_or_nothing:
            return Mark(float(set(response) == set(key.right)), feedback)
        earned = fsum(key.worth.get(option_id, 0.0) for option_id in response)
        return Mark(min(1.0, max(0.0, earned)), feedback)

    def answer_lines(self, ask: MultipleChoiceAsk, response: list[str]) -> tuple[AnswerLine, ...]:
        return (AnswerLine("", _together(ask, response)),)

    def review_lines(
        self, ask: MultipleChoiceAsk, key: MultipleChoiceKey, response: list[str] | None
    ) -> tuple[ReviewLine, ...]:
        right = _together(ask, [option_id for option_id in ask.options if option_id in key.right])
        if response is None:
            return (ReviewLine("", "", right, 0.0),)
        mark = self.grade(ask, key, response)
        return (ReviewLine("", _together(ask, response), right, mark.fraction, " ".join(mark.feedback)),)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        ask, key = body
        options = tuple(
            Option(text, key.worth[i], key.feedback.get(i, ""), is_pinned=i in ask.pinned)
            for i, text in ask.options.items()
        )
        return Item(prompt, Choose(options, True, ask.shuffle, key.all_or_nothing))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Choose(options, several=True, shuffle=shuffle, all_or_nothing=all_or_nothing):
                rows = rows_from_options(options, may_pin=True)
                if all_or_nothing:
                    rows = [row | {"right": row.pop("fraction") > 0} for row in rows]
                grading = "all_or_nothing" if all_or_nothing else GRADINGS[0]
                try:
                    return self.body_from_plain({"options": rows, "grading": grading, "shuffle": shuffle})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        body = self._rivers({"tigris", "euphrates"})
        yield Sample(body, ["tigris", "euphrates"], FULL)
        yield Sample(body, ["tigris"], Mark(0.5))
        yield Sample(body, ["tigris", "nile", "euphrates"], Mark(0.5, ("It flows through Egypt.",)))
        yield Sample(body, ["tigris", "nile", "euphrates", "volga"], Mark(0.0, ("It flows through Egypt.",)))
        strict = self._rivers({"tigris", "euphrates"}, all_or_nothing=True)
        yield Sample(strict, ["tigris", "euphrates"], FULL)
        yield Sample(strict, ["tigris"], ZERO)
        weighed = self._weighed()
        yield Sample(weighed, ["tigris", "euphrates"], FULL)
        yield Sample(weighed, ["tigris", "nile"], Mark(0.25))
        pinned = Body(replace(body.ask, pinned=frozenset({"volga"})), body.key)
        yield Sample(pinned, ["tigris", "euphrates"], FULL)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        yield self._rivers({"tigris"}), {"answer": ["no-such-option"]}

    def twins(self) -> tuple[Body, Body]:
        return self._rivers({"tigris", "euphrates"}), self._rivers({"nile", "volga"}, all_or_nothing=True)

    def _rivers(self, right: set[str], *, all_or_nothing: bool = False) -> Body:
        texts = {
            "tigris": "The Tigris",
            "nile": "The Nile",
            "euphrates": "The Euphrates",
            "volga": "The Volga",
        }
        worth = _right_minus_wrong(texts, right)
        if all_or_nothing:
            worth = {i: float(i in right) for i in texts}
        key = MultipleChoiceKey(worth, all_or_nothing, {"nile": "It flows through Egypt."})
        return Body(MultipleChoiceAsk(texts), key)

    def _weighed(self) -> Body:
        ask = self._rivers({"tigris"}).ask
        worth = {"tigris": 0.75, "nile": -0.5, "euphrates": 0.25, "volga": 0.0}
        return Body(MultipleChoiceAsk(ask.options, shuffle=False), MultipleChoiceKey(worth))


def _worth_of(options: Sequence[WrittenOption], *, all_or_nothing: bool) -> dict[str, float]:
    """Return what choosing each option earns. Raises UnusableBody if the full mark is out of reach."""
    weighed = [option for option in options if option.fraction is not None]
    if not weighed:
        right = [option.id for option in options if option.right]
        if not right:
            raise UnusableBody("options", N_("mark at least one option as right"))
        if all_or_nothing:
            return {option.id: float(option.right) for option in options}
        return _right_minus_wrong([option.id for option in options], right)
    if all_or_nothing or any(option.right and option.fraction is None for option in options):
        raise UnusableBody("options", N_("mark options as right or give them shares of the mark, not both"))
    worth = {option.id: option.fraction or 0.0 for option in options}
    total = sum(fraction for fraction in worth.values() if fraction > 0)
    if total < 1 - _ROUNDED * len(worth):
        raise UnusableBody(
            "options", N_("the right options' shares add up to {total}, not to 1"), total=f"{total:g}"
        )
    usual = _right_minus_wrong(worth, [i for i, fraction in worth.items() if fraction > 0])
    return usual if all(abs(worth[i] - usual[i]) <= _ROUNDED for i in worth) else worth


def _right_minus_wrong(option_ids: Iterable[str], right: Iterable[str]) -> dict[str, float]:
    option_ids, right = list(option_ids), set(right)
    wrong_count = len(option_ids) - len(right)
    return {i: 1 / len(right) if i in right else -1 / wrong_count for i in option_ids}


def _together(ask: MultipleChoiceAsk, option_ids: Iterable[str]) -> str:
    return "; ".join(ask.options[option_id] for option_id in option_ids)


question_type = MultipleChoiceType()
