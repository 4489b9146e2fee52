"""Items from plain JSON data: one reader a kind; keys that mean nothing here are ignored."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from quiz.core.item_json.values import (
    NotAnItem,
    decimal_at,
    flag_at,
    format_at,
    is_number,
    list_at,
    number_at,
    object_at,
    objects_at,
    one_of,
    text_at,
    texts_at,
)
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Hint,
    Inform,
    Interaction,
    Item,
    ItemFile,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    TextFormat,
    UnitGrading,
    Write,
)
from quiz.core.orderings import GRADINGS
from quiz.core.question_type import UnusableBody
from quiz.core.rubrics import read_rubric


def item_from_plain(plain: Mapping[str, Any]) -> Item:
    """Return the item that JSON data describe. Raises NotAnItem; keys that mean nothing here are ignored."""
    if not isinstance(plain, Mapping):
        raise NotAnItem("an item is an object with the key interaction")
    return Item(
        prompt=text_at(plain, "prompt"),
        interaction=interaction_from_plain(object_at(plain, "interaction")),
        id=text_at(plain, "id"),
        title=text_at(plain, "title"),
        category=text_at(plain, "category"),
        prompt_format=one_of(plain, "prompt_format", get_args(TextFormat), "markdown"),
        points=number_at(plain, "points", 1.0),
        general_feedback=text_at(plain, "general_feedback"),
        tags=tuple(texts_at(plain, "tags")),
        penalty=None if plain.get("penalty") is None else number_at(plain, "penalty", 0.0),
        hints=tuple(_hint_from(hint) for hint in list_at(plain, "hints")),
        files=tuple(_file_from(file) for file in list_at(plain, "files")),
        feedback_right=text_at(plain, "feedback_right"),
        feedback_partial=text_at(plain, "feedback_partial"),
        feedback_wrong=text_at(plain, "feedback_wrong"),
        feedback_format=format_at(plain, "feedback_format"),
        settings=tuple((str(k), str(v)) for k, v in (plain.get("settings") or {}).items()),
        language=text_at(plain, "language"),
    )


def interaction_from_plain(plain: Mapping[str, Any]) -> Interaction:
    """Return the interaction that JSON data describe. Raises NotAnItem."""
    kind = plain.get("kind")
    if kind not in _READERS:
        raise NotAnItem(f"kind must be one of {', '.join(_READERS)}, not {kind!r}")
    return _READERS[kind](plain)


# -- one reader a kind ---------------------------------------------------------------------------------------


def _choose(plain: Mapping[str, Any]) -> Choose:
    options = tuple(
        Option(
            text_at(o, "text"),
            number_at(o, "fraction", 0.0),
            text_at(o, "feedback"),
            format_at(o, "format"),
            flag_at(o, "pinned"),
        )
        for o in objects_at(plain, "options")
    )
    return Choose(
        options,
        flag_at(plain, "several"),
        flag_at(plain, "shuffle", default=True),
        flag_at(plain, "all_or_nothing"),
    )


def _judge(plain: Mapping[str, Any]) -> Judge:
    if not isinstance(plain.get("answer"), bool):
        raise NotAnItem("answer must be true or false")
    return Judge(plain["answer"], text_at(plain, "feedback_right"), text_at(plain, "feedback_wrong"))


def _enter_text(plain: Mapping[str, Any]) -> EnterText:
    answers = tuple(
        TextAnswer(text_at(a, "text"), number_at(a, "fraction", 1.0), text_at(a, "feedback"))
        for a in objects_at(plain, "answers")
    )
    return EnterText(answers, flag_at(plain, "case_sensitive"))


def _enter_number(plain: Mapping[str, Any]) -> EnterNumber:
    units = plain.get("units") or {}
    if not isinstance(units, Mapping) or not all(is_number(f) and f > 0 for f in units.values()):
        raise NotAnItem("units must be an object of numbers above zero, by the name of the unit")
    return EnterNumber(
        tuple(_number_answer(answer) for answer in objects_at(plain, "answers")),
        unit=text_at(plain, "unit"),
        units=tuple((str(name), float(factor)) for name, factor in units.items()),
        units_before=flag_at(plain, "units_before"),
        unit_grading=one_of(plain, "unit_grading", get_args(UnitGrading), "none"),
        unit_penalty=number_at(plain, "unit_penalty", 0.1),
        decimal=text_at(plain, "decimal", "."),
        thousands=text_at(plain, "thousands", ","),
    )


def _enter_date(plain: Mapping[str, Any]) -> EnterDate:
    return EnterDate(text_at(plain, "answer"), one_of(plain, "precision", ("day", "month", "year"), "day"))


def _match(plain: Mapping[str, Any]) -> Match:
    pairs = list_at(plain, "pairs")
    if not all(isinstance(p, Sequence) and not isinstance(p, str) and len(p) == 2 for p in pairs):
        raise NotAnItem("pairs must be a list of [left, right]")
    distractors = tuple(texts_at(plain, "distractors"))
    return Match(
        tuple((str(a), str(b)) for a, b in pairs), distractors, flag_at(plain, "shuffle", default=True)
    )


def _arrange(plain: Mapping[str, Any]) -> Arrange:
    return Arrange(tuple(texts_at(plain, "steps")), one_of(plain, "grading", GRADINGS, Arrange(()).grading))


def _fill(plain: Mapping[str, Any]) -> Fill:
    rows = objects_at(plain, "gaps")
    if not rows:
        raise NotAnItem("gaps must hold at least one gap")
    gaps = tuple(interaction_from_plain(row) for row in rows)
    for gap in gaps:
        if not isinstance(gap, Choose | EnterText | EnterNumber):
            raise NotAnItem("a gap is one of choose, enter_text, enter_number")
    weights = tuple(_weight(row) for row in rows)
    all_same = all(weight == 1 for weight in weights)
    return Fill(text_at(plain, "template"), gaps, () if all_same else weights)  # type: ignore[arg-type]


def _write(plain: Mapping[str, Any]) -> Write:
    limits = {name: plain.get(name) for name in ("min_words", "max_words")}
    for name, limit in limits.items():
        if limit is not None and (not isinstance(limit, int) or limit < 0):
            raise NotAnItem(f"{name} must be a count of words")
    lines = plain.get("lines")
    try:
        rubric = read_rubric(plain)
    except UnusableBody as problem:
        raise NotAnItem(str(problem)) from None
    return Write(
        limits["min_words"], limits["max_words"], text_at(plain, "template"), text_at(plain, "notes"),
        int(number_at(plain, "files", 0)), rubric, flag_at(plain, "shows_rubric"), text_at(plain, "model_answer"),
        None if lines is None else int(number_at(plain, "lines", 0)),
    )  # fmt: skip


def _check_claim(plain: Mapping[str, Any]) -> CheckClaim:
    verdict = one_of(plain, "verdict", ("holds", "out_of_date", "wrong", "cannot_be_known"), "")
    corrections = tuple((text_at(c, "text"), flag_at(c, "right")) for c in objects_at(plain, "corrections"))
    return CheckClaim(verdict, corrections)


_READERS: dict[Any, Callable[[Mapping[str, Any]], Interaction]] = {
    "choose": _choose,
    "judge": _judge,
    "enter_text": _enter_text,
    "enter_number": _enter_number,
    "enter_date": _enter_date,
    "match": _match,
    "arrange": _arrange,
    "fill": _fill,
    "check_claim": _check_claim,
    "write": _write,
    "inform": lambda plain: Inform(),
}
KINDS = tuple(_READERS)


def _number_answer(plain: Mapping[str, Any]) -> NumberAnswer:
    return NumberAnswer(
        decimal_at(plain, "value"),
        decimal_at(plain, "tolerance", "0"),
        number_at(plain, "fraction", 1.0),
        text_at(plain, "feedback"),
        one_of(plain, "tolerance_type", ("nominal", "relative", "geometric"), "nominal"),
    )


def _weight(row: Mapping[str, Any]) -> float:
    name = next((name for name in ("weight", "mark", "points") if name in row), "weight")
    return number_at(row, name, 1.0)


def _hint_from(plain: Any) -> Hint:
    if isinstance(plain, str):
        return Hint(plain)
    if not isinstance(plain, Mapping):
        raise NotAnItem("hints must be a list of objects")
    return Hint(text_at(plain, "text"), flag_at(plain, "show_number_right"), flag_at(plain, "clear_wrong"))


def _file_from(plain: Any) -> ItemFile:
    if not isinstance(plain, Mapping):
        raise NotAnItem("files must be a list of objects")
    try:
        data = base64.b64decode(text_at(plain, "base64"), validate=True)
    except (binascii.Error, ValueError):
        raise NotAnItem("base64 must be the bytes of the file in base64") from None
    return ItemFile(text_at(plain, "name"), text_at(plain, "media_type"), data)
