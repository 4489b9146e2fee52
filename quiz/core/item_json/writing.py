"""Items to plain JSON data: what a question rarely says is there only where it says it."""

from __future__ import annotations

import base64
from dataclasses import asdict, fields
from typing import Any

from quiz.core.item_json.values import short_number
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
    Write,
)
from quiz.core.rubrics import write_rubric

Plain = dict[str, Any]


def item_to_plain(item: Item) -> Plain:
    """Return the item as JSON data; what a question rarely says is there only where it says it."""
    plain: Plain = {
        "id": item.id,
        "title": item.title,
        "category": item.category,
        "prompt": item.prompt,
        "prompt_format": item.prompt_format,
        "points": short_number(item.points),
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
                asdict(answer) | {"fraction": short_number(answer.fraction)} for answer in interaction.answers
            ]
            return {"kind": "enter_text", "answers": answers, "case_sensitive": interaction.case_sensitive}
        case EnterNumber():
            plain = {"kind": "enter_number", "answers": [_number_to_plain(a) for a in interaction.answers]}
            if interaction.units:
                plain["units"] = {name: short_number(factor) for name, factor in interaction.units}
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
            spoken = {"kind": "write"} | _spoken(asdict(interaction), Write())
            return spoken | ({"rubric": write_rubric(interaction.rubric)} if interaction.rubric else {})
        case Inform():
            return {"kind": "inform"}


def _option_to_plain(option: Option) -> Plain:
    plain = {"text": option.text, "fraction": short_number(option.fraction), "feedback": option.feedback}
    plain |= {"format": option.text_format} if option.text_format else {}
    return plain | ({"pinned": True} if option.is_pinned else {})


def _number_to_plain(answer: NumberAnswer) -> Plain:
    plain = {
        "value": _json_number(answer.value),
        "tolerance": _json_number(answer.tolerance),
        "fraction": short_number(answer.fraction),
        "feedback": answer.feedback,
    }
    return plain | ({} if answer.tolerance_type == "nominal" else {"tolerance_type": answer.tolerance_type})


def _gaps_to_plain(fill: Fill) -> list[Plain]:
    gaps = [interaction_to_plain(gap) for gap in fill.gaps]
    for gap, weight in zip(gaps, fill.weights, strict=False):
        gap["weight"] = short_number(weight)
    return gaps


def _file_to_plain(file: ItemFile) -> Plain:
    return {"name": file.name, "media_type": file.media_type, "base64": base64.b64encode(file.data).decode()}


def _json_number(written: str) -> Any:
    """Return the decimal number as a JSON number where that keeps it as it is written, else as text."""
    try:
        short = short_number(float(written))
    except (ValueError, OverflowError):
        return written
    return short if repr(short) == written else written


def _spoken(values: Plain, standard: Any) -> Plain:
    """Return the values that differ from the standard's."""
    return {name: value for name, value in values.items() if value != getattr(standard, name)}


def _spoken_of(interaction: Any, *names: str) -> Plain:
    """Return those of the fields that differ from their defaults."""
    defaults = {field.name: field.default for field in fields(interaction)}
    return {
        name: getattr(interaction, name) for name in names if getattr(interaction, name) != defaults[name]
    }
