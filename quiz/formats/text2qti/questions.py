"""A question of text2qti, its parts gathered: what they come to, or why they come to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Interaction,
    Item,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.numbers import decimal_text
from quiz.formats.text2qti.lines import Part

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_WITH_MARGIN = re.compile(rf"(?P<value>{_NUMBER})\s*(?:\+-|\+/-|±)\s*(?P<margin>{_NUMBER})\s*(?P<percent>%?)")
_RANGE = re.compile(rf"\[\s*(?P<low>{_NUMBER})\s*,\s*(?P<high>{_NUMBER})\s*\]")
_PICTURE = re.compile(
    r"!\[[^\]]*\]\((?!https?://|data:)([^)\s]+)|<img[^>]+src=[\"'](?!https?://|data:)([^\"']+)"
)
_RUN = re.compile(r"[`~]{3,}\s*\{[^}]*\.run\b")


@dataclass
class Question:
    line: int
    text: str
    title: str = ""
    points: float = 1.0
    kind: str = "question"
    choices: list[Part] = field(default_factory=list)
    feedback: dict[int, str] = field(default_factory=dict)
    general: str = ""
    right: str = ""
    wrong: str = ""
    settings: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Unusable(ValueError):
    """The question makes no sense. The message says what, and how to mend it."""


def item_of(question: Question, told: list[str]) -> Item:
    texts = [
        question.text,
        question.general,
        question.right,
        question.wrong,
        *(part.text for part in question.choices),
    ]
    for text in texts:
        if _RUN.search(text):
            raise Unusable(
                "it holds code to be run (```{.run}), which Footnote never does; put its result there instead"
            )
        picture = _PICTURE.search(text)
        if picture:
            path = picture[1] or picture[2]
            raise Unusable(
                f"the picture {path!r} is a file elsewhere, which is never read; add the picture after import"
            )
    if question.problems:
        raise Unusable(question.problems[0])
    if not question.text:
        raise Unusable("the question has no text")
    return Item(
        question.text,
        _interaction(question, told),
        title=question.title,
        points=question.points,
        general_feedback=question.general,
        feedback_right=question.right,
        feedback_wrong=question.wrong,
        settings=tuple(question.settings),
        line=question.line,
    )


def _interaction(question: Question, told: list[str]) -> Interaction:
    if question.kind != "question":
        return Write(files=int(question.kind == "upload"))
    kinds = {part.kind for part in question.choices}
    if not kinds:
        raise Unusable("the question has no answers; write ____ below it if it is an essay")
    if kinds <= {"right", "wrong"}:
        return _one_right(question)
    if kinds <= {"ticked", "unticked"}:
        return _several_right(question)
    if kinds == {"accepted"}:
        if question.feedback:
            told.append("feedback to an accepted answer is kept, but text2qti has none")
        return EnterText(
            tuple(
                TextAnswer(p.text, 1.0, question.feedback.get(n, "")) for n, p in enumerate(question.choices)
            )
        )
    if kinds == {"number"}:
        return _number(question, told)
    raise Unusable("its answers are of different kinds; use only a) and *a), or [ ] and [*], or *, or =")


def _one_right(question: Question) -> Choose | Judge:
    options = _options(question, {"right": 1.0})
    right = [n for n, option in enumerate(options) if option.fraction]
    if len(right) != 1:
        raise Unusable(f"exactly one answer is marked as right by *a), not {len(right)}; use [*] for several")
    names = [option.text.lower() for option in options]
    if sorted(names) == ["false", "true"]:
        return Judge(names[right[0]] == "true", options[right[0]].feedback, options[1 - right[0]].feedback)
    if len(options) < 2:
        raise Unusable("a choice needs at least two answers")
    return Choose(options)


def _several_right(question: Question) -> Choose:
    count = sum(part.kind == "ticked" for part in question.choices)
    if not count:
        raise Unusable("no answer is marked as right; write [*] before those that are")
    if len(question.choices) < 2:
        raise Unusable("a choice needs at least two answers")
    # Canvas takes away as much for a wrong tick as a right one gives.
    return Choose(
        _options(question, {"ticked": round(1 / count, 7), "unticked": -round(1 / count, 7)}), several=True
    )


def _options(question: Question, worth: dict[str, float]) -> tuple[Option, ...]:
    if any(not part.text for part in question.choices):
        raise Unusable("an answer has no text")
    return tuple(
        Option(part.text, worth.get(part.kind, 0.0), question.feedback.get(n, ""))
        for n, part in enumerate(question.choices)
    )


def _number(question: Question, told: list[str]) -> EnterNumber:
    if len(question.choices) > 1:
        told.append("text2qti takes one numerical answer; all of them are read as right")
    answers = []
    for n, part in enumerate(question.choices):
        value, margin, is_relative = _value(part.text, told)
        kind = "relative" if is_relative else "nominal"
        answers.append(NumberAnswer(value, margin, 1.0, question.feedback.get(n, ""), kind))  # type: ignore[arg-type]
    return EnterNumber(tuple(answers))


def _value(written: str, told: list[str]) -> tuple[str, str, bool]:
    """Return value, tolerance, and whether that is relative. Raises Unusable."""
    if spread := _RANGE.fullmatch(written):
        low, high = Decimal(spread["low"]), Decimal(spread["high"])
        if low > high:
            raise Unusable(f"the range {written} runs downwards; write the smaller number first")
        return decimal_text((low + high) / 2), decimal_text((high - low) / 2), False
    if found := _WITH_MARGIN.fullmatch(written):
        value, margin = Decimal(found["value"]), abs(Decimal(found["margin"]))
        return (
            decimal_text(value),
            decimal_text(margin / 100 if found["percent"] else margin),
            bool(found["percent"]),
        )
    if re.fullmatch(_NUMBER, written):
        if not re.fullmatch(r"[+-]?\d+", written):
            told.append(f"text2qti refuses {written} without a tolerance, like +- 0.01; it is read as exact")
        return decimal_text(Decimal(written)), "0", False
    raise Unusable(f"{written[:40]!r} is not a number; write 5, 1.41 +- 0.01, 1.41 +- 1% or [1.40, 1.42]")
