"""Ordering: the learner gives each step its place.

Unless an author says otherwise, the mark is the part of all pairs of steps that stand in the right order.
What a chronology asks is what came before what, so this counts each such judgement once: two neighbours
swapped cost little, the whole turned round earns 0. Counting right places takes all for one step too early.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice

from quiz.core.choices import ShownOption
from quiz.core.items import Arrange, Item
from quiz.core.marks import FULL, ZERO, Mark
from quiz.core.messages import N_
from quiz.core.orderings import GRADINGS, Grading, ordering_fraction
from quiz.core.presentation import shuffled, token_for
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
from quiz.core.rows import new_ids, read_rows, typed_rows
from quiz.core.sample_forms import SameInEveryField
from quiz.core.written import distinct, one_of, refuse_strangers, text_in

DEFAULT_GRADING: Grading = "relative_all_previous_and_next"

GRADING_LABELS: dict[Grading, str] = {
    "relative_all_previous_and_next": N_("Every pair of steps that stands in the right order"),
    "all_or_nothing": N_("All or nothing"),
    "absolute_position": N_("Every step in its right place"),
    "relative_next_exclude_last": N_("Every step followed by the right one"),
    "relative_next_include_last": N_("Every step followed by the right one, the last by none"),
    "relative_one_previous_and_next": N_("Every step with its right neighbours"),
    "longest_ordered_subset": N_("The most steps that are in order among themselves"),
    "longest_contiguous_subset": N_("The longest run of steps without a gap"),
    "relative_to_correct": N_("How far each step is from its place"),
}


@dataclass(frozen=True)
class OrderingAsk:
    """steps: text by id, in the alphabet's order of the texts, which says nothing of the right one."""

    steps: Mapping[str, str]


@dataclass(frozen=True)
class OrderingKey:
    """order: ids in the right order."""

    order: tuple[str, ...]
    grading: Grading = DEFAULT_GRADING


class _Step(NamedTuple):
    id: str
    text: str


class StepForm(Form):
    id = HiddenField()
    text = StringField(N_("Step"))


class OrderingType:
    name = "ordering"
    label = N_("Ordering")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("steps", "grading"))
        steps = read_rows(written, "steps", _read_step, at_least=2)
        distinct("steps", [step.id for step in steps])
        distinct("steps", [step.text for step in steps])
        grading = cast(Grading, one_of(written, "grading", GRADINGS, default=DEFAULT_GRADING))
        return Body(_ask_of(dict(steps)), OrderingKey(tuple(step.id for step in steps), grading))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        steps = [{"id": step_id, "text": ask.steps[step_id]} for step_id in key.order]
        return {"steps": steps} | ({} if key.grading == DEFAULT_GRADING else {"grading": key.grading})

    def ask_to_json(self, ask: OrderingAsk) -> dict[str, Any]:
        return {"steps": list(ask.steps.items())}

    def ask_from_json(self, stored: Mapping[str, Any]) -> OrderingAsk:
        return OrderingAsk(dict(stored["steps"]))

    def key_to_json(self, key: OrderingKey) -> dict[str, Any]:
        return {"order": list(key.order), "grading": key.grading}

    def key_from_json(self, stored: Mapping[str, Any]) -> OrderingKey:
        return OrderingKey(tuple(stored["order"]), stored["grading"])

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return {
            "steps": FieldList(
                FormField(StepForm),
                label=N_("Steps"),
                description=N_("In the right order; learners meet them shuffled. Empty rows are ignored."),
                min_entries=4,
            ),
            "grading": SelectField(
                N_("What earns marks"),
                choices=[SelectChoice(grading, label) for grading, label in GRADING_LABELS.items()],
                default=DEFAULT_GRADING,
            ),
        }

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        return self.body_from_plain({"steps": typed_rows(typed["steps"], "s"), "grading": typed["grading"]})

    def form_from_body(self, body: Body) -> dict[str, Any]:
        return {"steps": self.body_to_plain(body)["steps"], "grading": body.key.grading}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: OrderingAsk, seed: str) -> tuple[ShownOption, ...]:
        # By chance this may be the right order; to prevent it would make the page depend on the key.
        return tuple(ShownOption(token_for(seed, i), ask.steps[i]) for i in shuffled(seed, ask.steps))

    def read_response(self, ask: OrderingAsk, submitted: Submitted, seed: str) -> list[str] | None:
        typed = {i: "".join(submitted.get(_name(seed, i), [])).strip() for i in ask.steps}
        if not any(typed.values()):
            return None
        missing = sum(not place for place in typed.values())
        if missing:
            raise UnreadableResponse(
                N_("Give every step a place; {count} of them have none yet"), count=missing
            )
        at_place: dict[int, str] = {}
        for step_id, place in typed.items():
            if not place.isdecimal() or not 1 <= int(place) <= len(ask.steps):
                raise UnreadableResponse(
                    N_("Give every step a place from 1 to {count}"), count=len(ask.steps)
                )
            if int(place) in at_place:
                raise UnreadableResponse(
                    N_("Place {place} is taken twice; give every step its own"), place=place
                )
            at_place[int(place)] = step_id
        return [at_place[place] for place in sorted(at_place)]

    def submitted_from(self, ask: OrderingAsk, response: list[str], seed: str) -> Submitted:
        return {_name(seed, step_id): [str(place)] for place, step_id in enumerate(response, start=1)}

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: OrderingAsk, key: OrderingKey, response: list[str]) -> Mark:
        return Mark(ordering_fraction(key.order, response, key.grading))

    def answer_lines(self, ask: OrderingAsk, response: list[str]) -> tuple[AnswerLine, ...]:
        return tuple(AnswerLine(str(place), ask.steps[i]) for place, i in enumerate(response, start=1))

    def review_lines(
        self, ask: OrderingAsk, key: OrderingKey, response: list[str] | None
    ) -> tuple[ReviewLine, ...]:
        """Tell for each place what was put there and what belongs there, whatever earns the marks."""
        lines = []
        for place, right in enumerate(key.order):
            given = response[place] if response else None
            words = ask.steps[given] if given is not None else ""
            lines.append(ReviewLine(str(place + 1), words, ask.steps[right], float(given == right)))
        return tuple(lines)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        ask, key = body
        return Item(prompt, Arrange(tuple(ask.steps[i] for i in key.order), key.grading))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Arrange(steps, grading):
                rows = [{"id": i, "text": text} for i, text in zip(new_ids(steps, "s"), steps, strict=True)]
                try:
                    return self.body_from_plain({"steps": rows, "grading": grading})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        body = self._events("union", "coup", "revolution", "strike")
        yield Sample(body, ["union", "coup", "revolution", "strike"], FULL)
        yield Sample(body, ["strike", "revolution", "coup", "union"], ZERO)
        yield Sample(body, ["union", "revolution", "coup", "strike"], Mark(5 / 6))
        strict = self._events("union", "coup", "revolution", "strike", grading="all_or_nothing")
        yield Sample(strict, ["union", "revolution", "coup", "strike"], ZERO)

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        # Names follow from the seed, so what is unreadable whatever the seed answers to every name.
        yield self._events("union", "coup", "revolution", "strike"), SameInEveryField("1")
        yield self._events("union", "coup", "revolution", "strike"), SameInEveryField("5")
        yield self._events("union", "coup", "revolution", "strike"), SameInEveryField("first")

    def twins(self) -> tuple[Body, Body]:
        return (
            self._events("union", "coup", "revolution", "strike"),
            self._events("strike", "revolution", "union", "coup", grading="all_or_nothing"),
        )

    def _events(self, *order: str, grading: Grading = DEFAULT_GRADING) -> Body:
        texts = {
            "union": "Egypt and Syria united",
            "coup": "The Baath party took power in Syria",
            "revolution": "The Shah left Iran",
            "strike": "The consulate in Damascus was hit",
        }
        return Body(_ask_of(texts), OrderingKey(order, grading))


def _ask_of(texts: Mapping[str, str]) -> OrderingAsk:
    return OrderingAsk(dict(sorted(texts.items(), key=lambda step: (step[1], step[0]))))


def _read_step(row: Mapping[str, Any]) -> _Step:
    refuse_strangers(row, ("id", "text"))
    step = _Step(text_in(row, "id"), text_in(row, "text"))
    if not step.id or not step.text:
        field = "text" if step.id else "id"
        raise UnusableBody(field, N_("{field} is missing"), field=field)
    return step


def _name(seed: str, step_id: str) -> str:
    return f"answer-{token_for(seed, step_id)}"


question_type = OrderingType()
