"""The gaps of a text: three kinds (choose, enter_text, enter_number), each with its two halves.

A gap is asked, read and marked like a small question of its own, so the kinds share their rules with the
types of the same kind through choices, text_answers and number_answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast, get_args

from quiz.core.choices import (
    OneRight,
    mark_of_one,
    one_right_from_json,
    one_right_of,
    one_right_to_json,
    one_right_to_options,
    read_options,
    rows_from_options,
    texts_of,
    write_options,
)
from quiz.core.items import Choose, EnterNumber, EnterText, NumberAnswer, TextAnswer
from quiz.core.marks import ZERO, Mark
from quiz.core.number_answers import answer_within, read_number_answers, right_number, write_number_answers
from quiz.core.rows import number_in
from quiz.core.text_answers import matching_answer, read_text_answers, right_text, write_text_answers
from quiz.core.written import flag_in, one_of, refuse_strangers, text_in

GapKind = Literal["choose", "enter_text", "enter_number"]
GAP_KINDS: tuple[GapKind, ...] = get_args(GapKind)

_FIELDS: dict[GapKind, tuple[str, ...]] = {
    "choose": ("options", "shuffle"),
    "enter_text": ("answers", "case_sensitive"),
    "enter_number": ("answers", "unit"),
}


@dataclass(frozen=True)
class GapAsk:
    """options: text by id, for choose. unit: a label, for enter_number."""

    id: str
    kind: GapKind
    options: Mapping[str, str] = field(default_factory=dict)
    shuffle: bool = True
    unit: str = ""


@dataclass(frozen=True)
class GapKey:
    """One of the three, as the gap's kind asks for. weight: its part of the mark, against the other gaps'."""

    choice: OneRight | None = None
    texts: tuple[TextAnswer, ...] = ()
    case_sensitive: bool = False
    numbers: tuple[NumberAnswer, ...] = ()
    weight: float = 1.0


def read_gap(row: Mapping[str, Any]) -> tuple[GapAsk, GapKey]:
    """Read one gap as authors write it. Raises UnusableBody."""
    kind = cast(GapKind, one_of(row, "kind", GAP_KINDS))
    refuse_strangers(row, ("id", "kind", "weight", *_FIELDS[kind]))
    gap_id = text_in(row, "id")
    weight = number_in(row, "weight", default=1.0, lowest=0.0, highest=1000.0)
    if kind == "choose":
        options = read_options(row)
        shuffle = flag_in(row, "shuffle", default=True)
        return GapAsk(gap_id, kind, texts_of(options), shuffle), GapKey(one_right_of(options), weight=weight)
    if kind == "enter_text":
        case_sensitive = flag_in(row, "case_sensitive", default=False)
        key = GapKey(texts=read_text_answers(row), case_sensitive=case_sensitive, weight=weight)
        return GapAsk(gap_id, kind), key
    unit = text_in(row, "unit", default="")
    return GapAsk(gap_id, kind, unit=unit), GapKey(numbers=read_number_answers(row), weight=weight)


def write_gap(ask: GapAsk, key: GapKey) -> dict[str, Any]:
    """Return the gap as read_gap reads it."""
    row: dict[str, Any] = {"id": ask.id, "kind": ask.kind}
    if key.weight != 1:
        row["weight"] = key.weight
    if key.choice is not None:
        row["options"] = write_options(
            ask.options, (key.choice.right,), key.choice.partial, key.choice.feedback
        )
        return row | ({} if ask.shuffle else {"shuffle": False})
    if ask.kind == "enter_text":
        row["answers"] = write_text_answers(key.texts)
        return row | ({"case_sensitive": True} if key.case_sensitive else {})
    row["answers"] = write_number_answers(key.numbers)
    return row | ({"unit": ask.unit} if ask.unit else {})


def gap_ask_to_json(ask: GapAsk) -> dict[str, Any]:
    # A list of pairs, since stored JSON sorts its keys and the author's order would be lost.
    return asdict(ask) | {"options": list(ask.options.items())}


def gap_ask_from_json(stored: Mapping[str, Any]) -> GapAsk:
    return GapAsk(**{**stored, "options": dict(stored["options"])})


def gap_key_to_json(key: GapKey) -> dict[str, Any]:
    return asdict(key) | {"choice": None if key.choice is None else one_right_to_json(key.choice)}


def gap_key_from_json(stored: Mapping[str, Any]) -> GapKey:
    return GapKey(
        choice=None if stored["choice"] is None else one_right_from_json(stored["choice"]),
        texts=tuple(TextAnswer(**answer) for answer in stored["texts"]),
        case_sensitive=stored["case_sensitive"],
        numbers=tuple(NumberAnswer(**answer) for answer in stored["numbers"]),
        weight=stored["weight"],
    )


def mark_of_gap(ask: GapAsk, key: GapKey, response: str | None) -> Mark:
    """Return what the gap alone earns, 0 to 1, whatever its weight; nothing if it was left blank."""
    if response is None:
        return ZERO
    if key.choice is not None:
        return mark_of_one(key.choice, response)
    answer: TextAnswer | NumberAnswer | None
    if ask.kind == "enter_text":
        answer = matching_answer(key.texts, response, case_sensitive=key.case_sensitive)
    else:
        answer = answer_within(key.numbers, response)
    if answer is None:
        return ZERO
    return Mark(answer.fraction, (answer.feedback,) if answer.feedback else ())


def gap_in_words(ask: GapAsk, response: str | None) -> str:
    """Return what was put into the gap, as a page tells it; "" for a gap that was left blank."""
    if response is None:
        return ""
    if ask.kind == "choose":
        return ask.options[response]
    return f"{response} {ask.unit}" if ask.unit else response


def right_in_words(ask: GapAsk, key: GapKey) -> str:
    """Return what belongs into the gap."""
    if key.choice is not None:
        return ask.options[key.choice.right]
    return right_text(key.texts) if ask.kind == "enter_text" else right_number(key.numbers, ask.unit)


def gap_to_interaction(ask: GapAsk, key: GapKey) -> Choose | EnterText | EnterNumber:
    if key.choice is not None:
        return Choose(one_right_to_options(ask.options, key.choice), several=False, shuffle=ask.shuffle)
    if ask.kind == "enter_text":
        return EnterText(key.texts, key.case_sensitive)
    return EnterNumber(key.numbers, ask.unit)


def row_from_interaction(gap_id: str, interaction: Choose | EnterText | EnterNumber) -> dict[str, Any]:
    """Return the gap as a row for read_gap."""
    match interaction:
        case Choose(options, shuffle=shuffle):
            return {"id": gap_id, "kind": "choose", "options": rows_from_options(options), "shuffle": shuffle}
        case EnterText(answers, case_sensitive):
            rows = write_text_answers(answers)
            return {"id": gap_id, "kind": "enter_text", "answers": rows, "case_sensitive": case_sensitive}
        case EnterNumber(numbers, unit):
            rows = write_number_answers(numbers)
            return {"id": gap_id, "kind": "enter_number", "answers": rows, "unit": unit}


def weighted_mark(marks: Sequence[Mark], weights: Sequence[float]) -> Mark:
    """Return the gaps' marks as one, each counted by its weight. Raises ValueError if none has any."""
    if not sum(weights):
        raise ValueError("some gap must weigh something")
    earned = sum(mark.fraction * weight for mark, weight in zip(marks, weights, strict=True))
    feedback = tuple(line for mark in marks for line in mark.feedback)
    return Mark(min(1.0, earned / sum(weights)), feedback)
