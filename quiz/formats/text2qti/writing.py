"""Writing text2qti: every text indented behind its sign, so that no line is taken for another sign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from quiz.core.html_text import text_as
from quiz.core.interchange import Remark, Writing
from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Inform,
    Item,
    Judge,
    NumberAnswer,
    Option,
    TextFormat,
    Write,
)
from quiz.core.key_numbers import as_nominal
from quiz.core.losses import lost_remarks, name_of, not_carried
from quiz.core.numbers import decimal_text

CARRIES: frozenset[type] = frozenset((Choose, Judge, EnterText, EnterNumber, Write, Inform))
_KEPT = ("the title", "the points", "the general feedback", "the feedback to the whole response")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(((?!https?://)[^)]*)\)")


class Unsayable(ValueError):
    """text2qti has no way to write this. The message says what of it."""


def write_text2qti(items: Iterable[Item]) -> Writing:
    """Write the questions that text2qti can express; each of the others becomes an error remark."""
    remarks: list[Remark] = []
    given = list(items)
    blocks: list[str] = []
    categories = {item.category for item in given}
    title = categories.pop() if len(categories) == 1 else ""
    if title:
        blocks.append(_signed("Quiz title:", title))
    number = 0
    for item in given:
        try:
            block = _block(item, number + 1, remarks, has_category=bool(title) or not item.category)
        except Unsayable as problem:
            remarks.append(not_carried(item, "text2qti", str(problem)))
            continue
        number += not isinstance(item.interaction, Inform)
        blocks.append(block)
    return Writing("\n".join(blocks).encode(), remarks)


def _block(item: Item, number: int, remarks: list[Remark], *, has_category: bool) -> str:
    if type(item.interaction) not in CARRIES:
        raise Unsayable("")
    lost: list[str] = []
    said = _Text(item, lost)
    kept = list(_KEPT) + (["the category"] if has_category else [])
    if isinstance(item.interaction, Inform):
        kept.remove("the general feedback")
        kept.remove("the feedback to the whole response")
        title = _signed("Text title:", " ".join(item.title.split())) if item.title else ""
        block = title + _signed("Text:", said(item.prompt))
    else:
        block = _question(item, number, said, lost, kept)
    remarks += lost_remarks(item, "text2qti", carried=kept)
    remarks += [Remark(text, where=name_of(item)) for text in dict.fromkeys(lost)]
    return block


def _question(item: Item, number: int, said: _Text, lost: list[str], kept: list[str]) -> str:
    if not item.prompt.strip():
        raise Unsayable("a question without text can't be written in text2qti")
    if item.feedback_partial:
        lost.append("the feedback to a partly right response")
    parts = [_signed("Title:", " ".join(item.title.split()))] if item.title else []
    if item.points != 1:
        parts.append(f"Points: {_points(item, lost)}\n")
    parts.append(_signed(f"{number}.", said(item.prompt)))
    for sign, text in (
        ("...", item.general_feedback),
        ("+", item.feedback_right),
        ("-", item.feedback_wrong),
    ):
        if text:
            parts.append(_signed(sign, said(text, item.feedback_format)))
    return "".join([*parts, *_answers(item, said, lost, kept)])


def _answers(item: Item, said: _Text, lost: list[str], kept: list[str]) -> list[str]:
    match item.interaction:
        case Judge(answer, right, wrong):
            kept.append("the feedback to single answers")
            told = {answer: right, not answer: wrong}
            options = [
                Option(str(value), float(value == answer), told[value], "plain") for value in (True, False)
            ]
            return _one_right(options, said)
        case Choose(several=True):
            kept.append("the feedback to single answers")
            return _several_right(item.interaction, said, lost)
        case Choose(options=options_given):
            kept.append("the feedback to single answers")
            if [o.fraction for o in options_given if o.fraction] != [1] or len(options_given) > 26:
                raise Unsayable("text2qti has 2 to 26 answers, exactly one of them right and none half right")
            return _one_right(list(options_given), said)
        case EnterText(answers):
            return _accepted(item.interaction, lost)
        case EnterNumber(answers):
            full = [answer for answer in answers if answer.fraction == 1 and answer.value != "*"]
            if len(full) != 1:
                raise Unsayable("text2qti has one numerical answer that is right")
            if len(answers) > 1:
                lost.append("answers that earn less than the full mark")
            return [f"=   {_number(full[0], lost)}\n"]
        case Write(files=files):
            return ["^^^^\n" if files else "____\n"]
    raise Unsayable("")


def _one_right(options: list[Option], said: _Text) -> list[str]:
    parts = []
    for letter, option in zip("abcdefghijklmnopqrstuvwxyz", options, strict=False):
        parts.append(
            _signed(f"{'*' if option.fraction else ''}{letter})", said(option.text, option.text_format))
        )
        if option.feedback:
            parts.append(_signed("...", said(option.feedback)))
    return parts


def _several_right(choose: Choose, said: _Text, lost: list[str]) -> list[str]:
    right = {option.fraction for option in choose.options if option.fraction > 0}
    if not right or len(choose.options) < 2:
        raise Unsayable("a choice in text2qti needs two answers, and at least one that is right")
    share = round(1 / sum(option.fraction > 0 for option in choose.options), 7)
    wrong = {option.fraction for option in choose.options if option.fraction <= 0}
    if right != {share} or wrong - {-share}:
        lost.append("the weights: each right answer counts the same, and a wrong one takes as much away")
    parts = []
    for option in choose.options:
        parts.append(_signed("[*]" if option.fraction > 0 else "[ ]", said(option.text, option.text_format)))
        if option.feedback:
            parts.append(_signed("...", said(option.feedback)))
    return parts


def _accepted(enter: EnterText, lost: list[str]) -> list[str]:
    full = [answer for answer in enter.answers if answer.fraction == 1]
    if not full:
        raise Unsayable("text2qti has only answers that earn the full mark")
    if len(full) < len(enter.answers):
        lost.append("answers that earn less than the full mark")
    if any("*" in answer.text.replace("\\*", "") for answer in full):
        lost.append("the wildcard *, which text2qti takes for a star")
    return [_signed("*", " ".join(answer.text.split())) for answer in full]


def _number(answer: NumberAnswer, lost: list[str]) -> str:
    if answer.tolerance_type == "relative":
        return f"{answer.value} +- {decimal_text(100 * Decimal(answer.tolerance))}%"
    value, margin = as_nominal(answer, lost)
    if not Decimal(margin) and re.fullmatch(r"-?\d+", value):
        return value
    if not Decimal(margin):
        lost.append(f"that {value} is exact: text2qti wants a tolerance for what is no whole number")
    return f"{value} +- {margin}"


def _points(item: Item, lost: list[str]) -> str:
    halves = max(1, round(2 * item.points))
    if halves != 2 * item.points:
        lost.append(
            f"the points {item.points:g} are written as {halves / 2:g}: text2qti has whole and half ones"
        )
    return f"{halves / 2:g}"


class _Text:
    """Puts the texts of one question into Markdown."""

    def __init__(self, item: Item, lost: list[str]) -> None:
        self.item = item
        self.lost = lost

    def __call__(self, text: str, text_format: TextFormat | None = None) -> str:
        markdown, lossy = text_as(text, text_format or self.item.prompt_format, "markdown")
        if lossy:
            self.lost.append("some of the formatting of its text")
        if _PICTURE.search(markdown):
            self.lost.append("the pictures")
            markdown = _PICTURE.sub(lambda found: f"[{found[1] or 'picture'}]", markdown)
        if not markdown.strip():
            raise Unsayable("a text without words can't be written in text2qti")
        return markdown


def _signed(sign: str, text: str) -> str:
    """Return the text behind its sign, its further lines indented as far."""
    head = f"{sign} ".ljust(4)
    first, *rest = text.strip().split("\n")
    lines = [head + first, *(" " * len(head) + line if line.strip() else "" for line in rest)]
    return "\n".join(lines) + "\n"
