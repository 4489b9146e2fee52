"""Items as plain JSON data and back: what ``flask quiz convert`` shows, and what ``mark`` is given."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

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

Plain = dict[str, Any]


class NotAnItem(ValueError):
    """The data describe no item. The message names the key, and what should stand there."""


def item_to_plain(item: Item) -> Plain:
    """Return the item as JSON data; what a question rarely says is there only where it says it."""
    plain: Plain = {
        "id": item.id,
        "title": item.title,
        "category": item.category,
        "prompt": item.prompt,
        "prompt_format": item.prompt_format,
        "points": _short(item.points),
        "general_feedback": item.general_feedback,
        "tags": list(item.tags),
        "interaction": interaction_to_plain(item.interaction),
    }
    if item.penalty is not None:
        plain["penalty"] = item.penalty
    if item.hints:
        plain["hints"] = [_spoken(asdict(hint), Hint("")) | {"text": hint.text} for hint in item.hints]
    if item.files:
        plain["files"] = [_file_to_plain(file) for file in item.files]
    for name in ("feedback_right", "feedback_partial", "feedback_wrong", "feedback_format", "language"):
        if getattr(item, name):
            plain[name] = getattr(item, name)
    return plain | ({"settings": dict(item.settings)} if item.settings else {})


def interaction_to_plain(interaction: Interaction) -> Plain:
    """Return the interaction as JSON data, by its ``kind``."""
    match interaction:
        case Choose():
            plain = {"kind": "choose", "several": interaction.several}
            plain["options"] = [_option_to_plain(option) for option in interaction.options]
            return plain | _spoken_of(interaction, "shuffle", "all_or_nothing")
        case Judge():
            return {"kind": "judge"} | asdict(interaction)
        case EnterText():
            answers = [
                asdict(answer) | {"fraction": _short(answer.fraction)} for answer in interaction.answers
            ]
            return {"kind": "enter_text", "answers": answers, "case_sensitive": interaction.case_sensitive}
        case EnterNumber():
            plain = {"kind": "enter_number", "answers": [_number_to_plain(a) for a in interaction.answers]}
            if interaction.units:
                plain["units"] = {name: _short(factor) for name, factor in interaction.units}
            names = ("unit", "units_before", "unit_grading", "unit_penalty", "decimal", "thousands")
            return plain | _spoken_of(interaction, *names)
        case EnterDate():
            return {"kind": "enter_date"} | asdict(interaction)
        case Match():
            pairs = [list(pair) for pair in interaction.pairs]
            plain = {"kind": "match", "pairs": pairs, "distractors": list(interaction.distractors)}
            return plain | _spoken_of(interaction, "shuffle")
        case Arrange():
            return {"kind": "arrange", "steps": list(interaction.steps), "grading": interaction.grading}
        case Fill():
            return {"kind": "fill", "template": interaction.template, "gaps": _gaps_to_plain(interaction)}
        case CheckClaim():
            corrections = [{"text": text, "right": right} for text, right in interaction.corrections]
            return {"kind": "check_claim", "verdict": interaction.verdict, "corrections": corrections}
        case Write():
            return {"kind": "write"} | _spoken(asdict(interaction), Write())
        case Inform():
            return {"kind": "inform"}


def item_from_plain(plain: Mapping[str, Any]) -> Item:
    """Return the item that JSON data describe. Raises NotAnItem; keys that mean nothing here are ignored."""
    if not isinstance(plain, Mapping):
        raise NotAnItem("an item is an object with the key interaction")
    return Item(
        prompt=_text(plain, "prompt"),
        interaction=interaction_from_plain(_object(plain, "interaction")),
        id=_text(plain, "id"),
        title=_text(plain, "title"),
        category=_text(plain, "category"),
        prompt_format=_one_of(plain, "prompt_format", get_args(TextFormat), "markdown"),
        points=_number(plain, "points", 1.0),
        general_feedback=_text(plain, "general_feedback"),
        tags=tuple(_texts(plain, "tags")),
        penalty=None if plain.get("penalty") is None else _number(plain, "penalty", 0.0),
        hints=tuple(_hint_from(hint) for hint in _list(plain, "hints")),
        files=tuple(_file_from(file) for file in _list(plain, "files")),
        feedback_right=_text(plain, "feedback_right"),
        feedback_partial=_text(plain, "feedback_partial"),
        feedback_wrong=_text(plain, "feedback_wrong"),
        feedback_format=_format_or_none(plain, "feedback_format"),
        settings=tuple((str(k), str(v)) for k, v in (plain.get("settings") or {}).items()),
        language=_text(plain, "language"),
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
            _text(o, "text"), _number(o, "fraction", 0.0), _text(o, "feedback"), _format_or_none(o, "format")
        )
        for o in _objects(plain, "options")
    )
    return Choose(
        options,
        _flag(plain, "several"),
        _flag(plain, "shuffle", default=True),
        _flag(plain, "all_or_nothing"),
    )


def _judge(plain: Mapping[str, Any]) -> Judge:
    if not isinstance(plain.get("answer"), bool):
        raise NotAnItem("answer must be true or false")
    return Judge(plain["answer"], _text(plain, "feedback_right"), _text(plain, "feedback_wrong"))


def _enter_text(plain: Mapping[str, Any]) -> EnterText:
    answers = tuple(
        TextAnswer(_text(a, "text"), _number(a, "fraction", 1.0), _text(a, "feedback"))
        for a in _objects(plain, "answers")
    )
    return EnterText(answers, _flag(plain, "case_sensitive"))


def _enter_number(plain: Mapping[str, Any]) -> EnterNumber:
    units = plain.get("units") or {}
    if not isinstance(units, Mapping) or not all(_is_number(f) and f > 0 for f in units.values()):
        raise NotAnItem("units must be an object of numbers above zero, by the name of the unit")
    return EnterNumber(
        tuple(_number_answer(answer) for answer in _objects(plain, "answers")),
        unit=_text(plain, "unit"),
        units=tuple((str(name), float(factor)) for name, factor in units.items()),
        units_before=_flag(plain, "units_before"),
        unit_grading=_one_of(plain, "unit_grading", get_args(UnitGrading), "none"),
        unit_penalty=_number(plain, "unit_penalty", 0.1),
        decimal=_text(plain, "decimal", "."),
        thousands=_text(plain, "thousands", ","),
    )


def _enter_date(plain: Mapping[str, Any]) -> EnterDate:
    return EnterDate(_text(plain, "answer"), _one_of(plain, "precision", ("day", "month", "year"), "day"))


def _match(plain: Mapping[str, Any]) -> Match:
    pairs = _list(plain, "pairs")
    if not all(isinstance(p, Sequence) and not isinstance(p, str) and len(p) == 2 for p in pairs):
        raise NotAnItem("pairs must be a list of [left, right]")
    distractors = tuple(_texts(plain, "distractors"))
    return Match(
        tuple((str(a), str(b)) for a, b in pairs), distractors, _flag(plain, "shuffle", default=True)
    )


def _arrange(plain: Mapping[str, Any]) -> Arrange:
    return Arrange(tuple(_texts(plain, "steps")), _one_of(plain, "grading", GRADINGS, Arrange(()).grading))


def _fill(plain: Mapping[str, Any]) -> Fill:
    rows = _objects(plain, "gaps")
    if not rows:
        raise NotAnItem("gaps must hold at least one gap")
    gaps = tuple(interaction_from_plain(row) for row in rows)
    for gap in gaps:
        if not isinstance(gap, Choose | EnterText | EnterNumber):
            raise NotAnItem("a gap is one of choose, enter_text, enter_number")
    weights = tuple(_weight(row) for row in rows)
    all_same = all(weight == 1 for weight in weights)
    return Fill(_text(plain, "template"), gaps, () if all_same else weights)  # type: ignore[arg-type]


def _write(plain: Mapping[str, Any]) -> Write:
    limits = {name: plain.get(name) for name in ("min_words", "max_words")}
    for name, limit in limits.items():
        if limit is not None and (not isinstance(limit, int) or limit < 0):
            raise NotAnItem(f"{name} must be a count of words")
    files = int(_number(plain, "files", 0))
    return Write(
        limits["min_words"], limits["max_words"], _text(plain, "template"), _text(plain, "notes"), files
    )


def _check_claim(plain: Mapping[str, Any]) -> CheckClaim:
    verdict = _one_of(plain, "verdict", ("holds", "out_of_date", "wrong", "cannot_be_known"), "")
    corrections = tuple((_text(c, "text"), _flag(c, "right")) for c in _objects(plain, "corrections"))
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


# -- parts ---------------------------------------------------------------------------------------------------


def _option_to_plain(option: Option) -> Plain:
    plain = {"text": option.text, "fraction": _short(option.fraction), "feedback": option.feedback}
    return plain | ({"format": option.text_format} if option.text_format else {})


def _number_to_plain(answer: NumberAnswer) -> Plain:
    plain = {
        "value": _json_number(answer.value),
        "tolerance": _json_number(answer.tolerance),
        "fraction": _short(answer.fraction),
        "feedback": answer.feedback,
    }
    return plain | ({} if answer.tolerance_type == "nominal" else {"tolerance_type": answer.tolerance_type})


def _number_answer(plain: Mapping[str, Any]) -> NumberAnswer:
    return NumberAnswer(
        _decimal(plain, "value"),
        _decimal(plain, "tolerance", "0"),
        _number(plain, "fraction", 1.0),
        _text(plain, "feedback"),
        _one_of(plain, "tolerance_type", ("nominal", "relative", "geometric"), "nominal"),
    )


def _gaps_to_plain(fill: Fill) -> list[Plain]:
    gaps = [interaction_to_plain(gap) for gap in fill.gaps]
    for gap, weight in zip(gaps, fill.weights, strict=False):
        gap["weight"] = _short(weight)
    return gaps


def _weight(row: Mapping[str, Any]) -> float:
    name = next((name for name in ("weight", "mark", "points") if name in row), "weight")
    return _number(row, name, 1.0)


def _hint_from(plain: Any) -> Hint:
    if isinstance(plain, str):
        return Hint(plain)
    if not isinstance(plain, Mapping):
        raise NotAnItem("hints must be a list of objects")
    return Hint(_text(plain, "text"), _flag(plain, "show_number_right"), _flag(plain, "clear_wrong"))


def _file_to_plain(file: ItemFile) -> Plain:
    return {"name": file.name, "media_type": file.media_type, "base64": base64.b64encode(file.data).decode()}


def _file_from(plain: Any) -> ItemFile:
    if not isinstance(plain, Mapping):
        raise NotAnItem("files must be a list of objects")
    try:
        data = base64.b64decode(_text(plain, "base64"), validate=True)
    except (binascii.Error, ValueError):
        raise NotAnItem("base64 must be the bytes of the file in base64") from None
    return ItemFile(_text(plain, "name"), _text(plain, "media_type"), data)


# -- values --------------------------------------------------------------------------------------------------


def _json_number(written: str) -> Any:
    """Return the decimal number as a JSON number where that keeps it as it is written, else as text."""
    try:
        short = _short(float(written))
    except (ValueError, OverflowError):
        return written
    return short if repr(short) == written else written


def _short(number: float) -> float:
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def _decimal(plain: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = plain.get(name, default)
    value = default if value == "" and default is not None else value
    if isinstance(value, int | float) and _is_number(value):
        return repr(_short(value))
    if not isinstance(value, str):
        raise NotAnItem(f"{name} must be a number")
    value = value.strip()
    try:
        if value != "*" and not Decimal(value).is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise NotAnItem(f"{name} must be a number, not {value!r}") from None
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def _number(plain: Mapping[str, Any], name: str, default: float) -> float:
    value = plain.get(name)
    value = default if value is None else value
    if not _is_number(value):
        raise NotAnItem(f"{name} must be a number, not {value!r}")
    return float(value)


def _text(plain: Mapping[str, Any], name: str, default: str = "") -> str:
    value = plain.get(name)
    value = default if value is None else value
    if _is_number(value):
        return str(value)
    if not isinstance(value, str):
        raise NotAnItem(f"{name} must be text, not {value!r}")
    return value


def _flag(plain: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    value = plain.get(name)
    value = default if value is None else value
    if value not in (True, False):
        raise NotAnItem(f"{name} must be true or false, not {value!r}")
    return bool(value)


def _one_of(plain: Mapping[str, Any], name: str, allowed: Sequence[str], default: str) -> Any:
    value = plain.get(name) or default
    if value not in allowed:
        raise NotAnItem(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _format_or_none(plain: Mapping[str, Any], name: str) -> TextFormat | None:
    return _one_of(plain, name, get_args(TextFormat), "") if plain.get(name) else None


def _list(plain: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = plain.get(name)
    value = [] if value is None else value
    if not isinstance(value, list | tuple):
        raise NotAnItem(f"{name} must be a list")
    return value


def _texts(plain: Mapping[str, Any], name: str) -> list[str]:
    values = _list(plain, name)
    if not all(isinstance(value, str) or _is_number(value) for value in values):
        raise NotAnItem(f"{name} must be a list of texts")
    return [str(value) for value in values]


def _object(plain: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = plain.get(name)
    if not isinstance(value, Mapping):
        raise NotAnItem(f"{name} must be an object")
    return value


def _objects(plain: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    values = _list(plain, name)
    if not all(isinstance(value, Mapping) for value in values):
        raise NotAnItem(f"{name} must be a list of objects")
    return list(values)


def _spoken(values: Plain, standard: Any) -> Plain:
    """Return the values that differ from the standard's."""
    return {name: value for name, value in values.items() if value != getattr(standard, name)}


def _spoken_of(interaction: Any, *names: str) -> Plain:
    """Return those of the fields that differ from their defaults."""
    defaults = {field.name: field.default for field in fields(interaction)}
    return {
        name: getattr(interaction, name) for name in names if getattr(interaction, name) != defaults[name]
    }
