"""Accepted numbers with their tolerances: the first one that a number lies within counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, cast

from quiz.core.items import NumberAnswer
from quiz.core.messages import N_
from quiz.core.numbers import NotANumber, ToleranceType, decimal_text, is_within, written_decimal
from quiz.core.question_type import UnusableBody
from quiz.core.rows import fraction_in, read_rows, text_of
from quiz.core.written import one_of, refuse_strangers, text_in

ANY_NUMBER = "*"
"""Stands for whatever no answer before it took, to give feedback; it is never the right answer."""

TOLERANCE_TYPES: tuple[ToleranceType, ...] = ("nominal", "relative", "geometric")


def answer_within(answers: Iterable[NumberAnswer], number: str) -> NumberAnswer | None:
    """Return the first answer that the number lies within, or None. number: as read_number gives it."""
    for answer in answers:
        if answer.value == ANY_NUMBER or is_within(
            Decimal(number), Decimal(answer.value), Decimal(answer.tolerance), answer.tolerance_type
        ):
            return answer
    return None


def right_number(answers: Sequence[NumberAnswer], unit: str) -> str:
    """Return the right answer as a page shows it: "100 ± 0.5 °C"."""
    right = next(filter(_is_right, answers))
    tolerance = Decimal(right.tolerance)
    shown = [right.value]
    if tolerance and right.tolerance_type == "nominal":
        shown.append(f"± {right.tolerance}")
    elif tolerance and right.tolerance_type == "relative":
        shown.append(f"± {decimal_text(100 * tolerance)} %")
    elif tolerance:
        shown.append(f"×÷ {decimal_text(1 + tolerance)}")
    return " ".join([*shown, unit] if unit else shown)


def read_number_answers(written: Mapping[str, Any]) -> tuple[NumberAnswer, ...]:
    """Read the field ``answers``. Raises UnusableBody, also if no answer earns the full mark."""
    answers = tuple(read_rows(written, "answers", _read_answer, at_least=1))
    if not any(map(_is_right, answers)):
        raise UnusableBody("answers", N_("one of the answers must earn the full mark"))
    return answers


def _is_right(answer: NumberAnswer) -> bool:
    return answer.fraction == 1 and answer.value != ANY_NUMBER


def _read_answer(row: Mapping[str, Any]) -> NumberAnswer:
    refuse_strangers(row, ("value", "tolerance", "tolerance_type", "fraction", "feedback"))
    answer = NumberAnswer(
        value=_decimal_in(row, "value"),
        tolerance=_decimal_in(row, "tolerance", default="0"),
        fraction=fraction_in(row, default=1.0),
        feedback=text_in(row, "feedback", default=""),
        tolerance_type=cast(ToleranceType, one_of(row, "tolerance_type", TOLERANCE_TYPES, default="nominal")),
    )
    if Decimal(answer.tolerance) < 0:
        raise UnusableBody("tolerance", N_("{field} can't be below zero"), field="tolerance")
    return answer


def _decimal_in(row: Mapping[str, Any], field: str, *, default: str | None = None) -> str:
    value = row.get(field, default)
    if value is None or value == "":
        raise UnusableBody(field, N_("{field} is missing"), field=field)
    if field == "value" and value == ANY_NUMBER:
        return ANY_NUMBER
    try:
        return written_decimal(value)
    except NotANumber as error:
        raise UnusableBody(field, error.sentence, **error.values) from None


def write_number_answers(answers: Iterable[NumberAnswer]) -> list[dict[str, Any]]:
    """Return the rows that read_number_answers reads as these."""
    return [
        {"value": _plain(answer.value), "tolerance": _plain(answer.tolerance)}
        | ({} if answer.tolerance_type == "nominal" else {"tolerance_type": answer.tolerance_type})
        | ({} if answer.fraction == 1 else {"fraction": answer.fraction})
        | ({"feedback": answer.feedback} if answer.feedback else {})
        for answer in answers
    ]


def number_answers_from_form(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what an author's form holds as rows for read_number_answers; an empty share is the full one."""
    return [
        {
            "value": text_of(row, "value"),
            "tolerance": text_of(row, "tolerance") or "0",
            "tolerance_type": text_of(row, "tolerance_type") or "nominal",
            "feedback": text_of(row, "feedback"),
        }
        | ({} if row.get("fraction") is None else {"fraction": row["fraction"]})
        for row in rows
        if text_of(row, "value")
    ]


def number_answers_for_form(answers: Iterable[NumberAnswer]) -> list[dict[str, Any]]:
    """Return the answers with every field that an author's form has, numbers as they were written."""
    return [asdict(answer) for answer in answers]


def _plain(text: str) -> int | float | str:
    """Return the number as a file would rather hold it, where that can be read back as the same text."""
    if text == ANY_NUMBER:
        return text
    if repr(int(Decimal(text))) == text:
        return int(text)
    return float(text) if repr(float(text)) == text else text
