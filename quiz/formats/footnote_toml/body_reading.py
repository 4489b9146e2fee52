"""The bodies of a bank file as interactions, in the words of the question types.

Tests hold them to the types: what a type writes is read here as its ``to_item`` says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast, get_args

from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Interaction,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.messages import N_
from quiz.core.numbers import NotANumber, written_decimal
from quiz.core.orderings import GRADINGS, Grading
from quiz.core.partial_dates import NotADate, precision_of
from quiz.core.question_type import UnusableBody
from quiz.core.questions import ClaimVerdict
from quiz.core.rows import read_rows
from quiz.core.rubrics import read_rubric, without_ids
from quiz.core.written import flag_in, one_of, refuse_strangers, tables_in, text_in

_GAP = re.compile(r"\[\[([^\[\]\s]{1,60})\]\]")
_VERDICTS: tuple[ClaimVerdict, ...] = get_args(ClaimVerdict)
_TOLERANCES = ("nominal", "relative", "geometric")
_ALL_OR_NOTHING = "all_or_nothing"
_LARGEST = 1e9
_ESSAY_FIELDS = (
    "min_words", "max_words", "lines", "template", "rubric", "shows_rubric", "notes", "model_answer",
)  # fmt: skip
USUAL_GRADING: Grading = "relative_all_previous_and_next"
"""How an order is marked where a bank file does not say it."""

Written = Mapping[str, Any]


def _single(body: Written) -> Choose:
    refuse_strangers(body, ("options", "shuffle"))
    return Choose(_options(body, several=False), shuffle=flag_in(body, "shuffle", default=True))


def _multiple(body: Written) -> Choose:
    refuse_strangers(body, ("options", "grading", "shuffle"))
    all_or_nothing = text_in(body, "grading", default="") == _ALL_OR_NOTHING
    options = _options(body, several=not all_or_nothing)
    return Choose(options, True, flag_in(body, "shuffle", default=True), all_or_nothing)


def _options(body: Written, *, several: bool) -> tuple[Option, ...]:
    """Return the options. several: right ones share the mark, and wrong ones take as much away."""
    rows = read_rows(body, "options", _option)
    if not several or any(fraction is not None for _, _, fraction in rows):
        return tuple(
            Option(o.text, float(right) if fraction is None else fraction, o.feedback, is_pinned=o.is_pinned)
            for o, right, fraction in rows
        )
    worth = right_minus_wrong([right for _, right, _ in rows])
    return tuple(
        Option(o.text, share, o.feedback, is_pinned=o.is_pinned)
        for (o, _, _), share in zip(rows, worth, strict=True)
    )


def right_minus_wrong(right: list[bool]) -> list[float]:
    """Return what each option earns where right ones share the mark and wrong ones share the loss of it."""
    count = sum(right)
    return [1 / count if is_right else -1 / (len(right) - count) for is_right in right]


def _option(row: Written) -> tuple[Option, bool, float | None]:
    refuse_strangers(row, ("id", "text", "right", "fraction", "feedback", "pinned"))
    option = Option(
        text_in(row, "text"),
        feedback=text_in(row, "feedback", default=""),
        is_pinned=flag_in(row, "pinned", default=False),
    )
    fraction = _number_in(row, "fraction", 0.0) if "fraction" in row else None
    return option, flag_in(row, "right", default=False), fraction


def _judge(body: Written) -> Judge:
    refuse_strangers(body, ("answer", "feedback_right", "feedback_wrong"))
    told = (text_in(body, name, default="") for name in ("feedback_right", "feedback_wrong"))
    return Judge(flag_in(body, "answer"), *told)


def _enter_text(body: Written) -> EnterText:
    answers = read_rows(body, "answers", _text_answer)
    return EnterText(tuple(answers), flag_in(body, "case_sensitive", default=False))


def _text_answer(row: Written) -> TextAnswer:
    refuse_strangers(row, ("text", "fraction", "feedback"))
    return TextAnswer(
        text_in(row, "text"), _number_in(row, "fraction", 1.0), text_in(row, "feedback", default="")
    )


def _enter_number(body: Written) -> EnterNumber:
    answers = read_rows(body, "answers", _number_answer)
    return EnterNumber(tuple(answers), text_in(body, "unit", default=""))


def _number_answer(row: Written) -> NumberAnswer:
    refuse_strangers(row, ("value", "tolerance", "tolerance_type", "fraction", "feedback"))
    kind = one_of(row, "tolerance_type", _TOLERANCES, default="nominal")
    return NumberAnswer(
        _decimal_in(row, "value", None),
        _decimal_in(row, "tolerance", "0"),
        _number_in(row, "fraction", 1.0),
        text_in(row, "feedback", default=""),
        kind,  # type: ignore[arg-type]
    )


def _enter_date(body: Written) -> EnterDate:
    refuse_strangers(body, ("answer", "precision"))
    answer = text_in(body, "answer")
    try:
        told = precision_of(answer)
    except NotADate as error:
        raise UnusableBody("answer", error.sentence, **error.values) from None
    precision = one_of(body, "precision", ("day", "month", "year"), default=told)
    return EnterDate(answer, precision)  # type: ignore[arg-type]


def _match(body: Written) -> Match:
    refuse_strangers(body, ("pairs", "distractors", "shuffle"))
    pairs = [(text_in(row, "left"), text_in(row, "right")) for row in tables_in(body, "pairs")]
    distractors = body.get("distractors", [])
    if not isinstance(distractors, list) or not all(isinstance(text, str) for text in distractors):
        raise UnusableBody("distractors", N_("{field} must be a list of texts"), field="distractors")
    return Match(tuple(pairs), tuple(distractors), flag_in(body, "shuffle", default=True))


def _arrange(body: Written) -> Arrange:
    refuse_strangers(body, ("steps", "grading"))
    steps = tuple(text_in(row, "text") for row in tables_in(body, "steps"))
    return Arrange(steps, cast("Grading", one_of(body, "grading", GRADINGS, default=USUAL_GRADING)))


def _fill(body: Written) -> Fill:
    refuse_strangers(body, ("text", "gaps"))
    text = text_in(body, "text")
    gaps = {text_in(row, "id"): row for row in tables_in(body, "gaps", at_least=1)}
    marks = list(dict.fromkeys(_GAP.findall(text)))
    if set(marks) != set(gaps):
        missing = ", ".join(sorted(set(marks) ^ set(gaps)))
        raise UnusableBody(
            "gaps", N_("text and gaps must name the same gaps; in one of them only: {gaps}"), gaps=missing
        )
    numbers = {mark: n for n, mark in enumerate(marks, start=1)}
    weights = tuple(_number_in(gaps[mark], "weight", 1.0) for mark in marks)
    return Fill(
        _GAP.sub(lambda mark: f"[[{numbers[mark[1]]}]]", text),
        tuple(_gap(gaps[mark]) for mark in marks),
        weights if any(weight != weights[0] for weight in weights) else (),
    )


def _gap(row: Written) -> Choose | EnterText | EnterNumber:
    kind = one_of(row, "kind", ("choose", "enter_text", "enter_number"))
    body = {name: value for name, value in row.items() if name not in ("id", "kind", "weight")}
    if kind == "choose":
        return _single(body)
    return _enter_text(body) if kind == "enter_text" else _enter_number(body)


def _check_claim(body: Written) -> CheckClaim:
    refuse_strangers(body, ("verdict", "corrections"))
    corrections = tuple(
        (text_in(row, "text"), flag_in(row, "right", default=False)) for row in tables_in(body, "corrections")
    )
    return CheckClaim(cast("ClaimVerdict", one_of(body, "verdict", _VERDICTS)), corrections)


def _write(body: Written) -> Write:
    refuse_strangers(body, _ESSAY_FIELDS)
    return Write(
        _count_in(body, "min_words"), _count_in(body, "max_words"), text_in(body, "template", default=""),
        text_in(body, "notes", default=""), rubric=without_ids(read_rubric(body)),
        shows_rubric=flag_in(body, "shows_rubric", default=False),
        model_answer=text_in(body, "model_answer", default=""), lines=_count_in(body, "lines"),
    )  # fmt: skip


def _count_in(body: Written, field: str) -> int | None:
    value = body.get(field)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise UnusableBody(field, N_("{field} must be a whole number above 0"), field=field)
    return value


def _inform(body: Written) -> Inform:
    refuse_strangers(body, ())
    return Inform()


BODY_READERS: Mapping[str, Callable[[Written], Interaction]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _judge,
    "short_text": _enter_text,
    "numeric": _enter_number,
    "date": _enter_date,
    "matching": _match,
    "ordering": _arrange,
    "cloze": _fill,
    "claim_check": _check_claim,
    "essay": _write,
    "information": _inform,
}


def _number_in(row: Written, field: str, default: float) -> float:
    value = row.get(field, default)
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not is_number or not _is_sensible(value):
        raise UnusableBody(
            field, N_("{field} must be a number, not {value}"), field=field, value=repr(value)[:40]
        )
    return float(value)


def _is_sensible(value: int | float | Decimal) -> bool:
    try:
        return abs(float(value)) <= _LARGEST
    except OverflowError:
        return False


def _decimal_in(row: Written, field: str, default: str | None) -> str:
    value = row.get(field, default)
    if value is None:
        raise UnusableBody(field, N_("{field} is missing"), field=field)
    if field == "value" and value == "*":
        return "*"
    try:
        return written_decimal(value)
    except NotANumber as error:
        raise UnusableBody(field, error.sentence, **error.values) from None
