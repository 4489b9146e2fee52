"""GIFT's answer blocks: what stands between the braces decides what kind of question it is."""

from __future__ import annotations

import re

from quiz.core.html_text import text_as
from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Interaction,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    TextFormat,
    Write,
)
from quiz.core.key_numbers import BadNumber, read_number_answer
from quiz.core.weights import percent, settled_weight
from quiz.formats.gift.texts import shown, text_and_format

_MOODLES_WEIGHT = re.compile(r"%-*[0-9]{1,2}\.?[0-9]*%")
_WEIGHT = re.compile(r"%\s*(?P<percent>[+-]?[0-9]+(?:[.,][0-9]*)?)\s*%")
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_GLUED = re.compile(r"[^\s~=]=")


class Unusable(ValueError):
    """The block makes no question. The message says what, and how to mend it."""


def read_answers(block: str, text_format: TextFormat, remarks: list[str]) -> Interaction:
    """Return the interaction that the block asks for; what was mended is added to the remarks.

    Raises Unusable.
    """
    if not block:
        return Write()
    if block.startswith("#"):
        return _numeric(block[1:], text_format, remarks)
    if "~" in block:
        return _choice(block, text_format, remarks)
    if "=" in block and "->" in block:
        return _matching(block, text_format, remarks)
    before_feedback = block.partition("#")[0].strip() if block.find("#") > 0 else block
    if before_feedback in _TRUE + _FALSE:
        return _true_or_false(block, text_format, remarks)
    return _short_answer(block, text_format, remarks)


def _choice(block: str, text_format: TextFormat, remarks: list[str]) -> Choose:
    single = "=" in block
    if "->" in block and single:
        remarks.append(
            "a ~ among pairs makes this a choice, not a matching question; escape it as \\~ if it is text"
        )
    _warn_of_glued(block, remarks)
    parts = [part.strip() for part in block.replace("=", "~=").split("~")]
    if not parts[0]:
        parts = parts[1:]
    rows = [_option(part, text_format, remarks) for part in parts]
    if any(not row.text for row in rows):
        remarks.append("an option without text is left out")
    options = tuple(row for row in rows if row.text)
    if len(options) < 2:
        raise Unusable("a choice needs at least two options")
    _check_choice(options, single, remarks)
    return Choose(options, several=not single)


def _option(part: str, text_format: TextFormat, remarks: list[str]) -> Option:
    if part.startswith("="):
        fraction, rest = 1.0, part[1:]
        if _WEIGHT.match(rest.strip()):
            remarks.append(
                f"after = no weight is read in a choice: {shown(rest)[:40]!r} is right as it "
                f"stands; write ~%50%"
            )
    else:
        fraction, rest = _weight(part, 0.0, remarks)
    text, own_format, feedback = _with_feedback(rest, text_format, remarks)
    return Option(text, fraction, feedback, None if own_format == text_format else own_format)


def _check_choice(options: tuple[Option, ...], single: bool, remarks: list[str]) -> None:
    gained = sum(option.fraction for option in options if option.fraction > 0)
    if not gained:
        remarks.append("no option is right; put = before the right one")
    elif not single and abs(gained - 1) > 0.01:
        remarks.append(f"the weights of the right options add up to {percent(gained)} %, not to 100 %")


def _matching(block: str, text_format: TextFormat, remarks: list[str]) -> Match:
    parts = [part.strip() for part in block.split("=")]
    parts = parts[1:] if not parts[0] else parts
    pairs, distractors = [], []
    for part in parts:
        left, arrow, right = part.partition("->")
        if not arrow:
            raise Unusable(
                f"{shown(part)[:40]!r} has no -> between its two sides; a = within them is written \\="
            )
        stem = _like_prompt(left, text_format, remarks)
        answer = shown(right)
        if "#" in right:
            remarks.append(f"a matching question has no feedback: {answer[:40]!r} is read with its #")
        if not answer:
            remarks.append(f"{stem[:40]!r} has nothing on its right side and is left out")
        elif stem:
            pairs.append((stem, answer))
        else:
            distractors.append(answer)
    if len(pairs) < 2:
        raise Unusable("a matching question needs at least two pairs, like =Canada -> Ottawa")
    return Match(tuple(pairs), tuple(distractors))


def _true_or_false(block: str, text_format: TextFormat, remarks: list[str]) -> Judge:
    answer, *feedback = block.split("#", 2)
    # The feedback for a wrong answer comes first.
    wrong, right = (_like_prompt(part, text_format, remarks) for part in (*feedback, "", "")[:2])
    return Judge(answer.strip() in _TRUE, feedback_right=right, feedback_wrong=wrong)


def _short_answer(block: str, text_format: TextFormat, remarks: list[str]) -> EnterText:
    _warn_of_glued(block, remarks)
    parts = [part.strip() for part in block.split("=")]
    parts = parts[1:] if not parts[0] else parts
    answers = []
    for part in parts:
        fraction, rest = _weight(part, 1.0, remarks)
        text, _, feedback = _with_feedback(rest, text_format, remarks)
        if text:
            answers.append(TextAnswer(text, fraction, feedback))
        else:
            remarks.append("an answer without text is left out")
    if not answers:
        raise Unusable("there is no answer between the braces")
    if all(answer.fraction < 1 for answer in answers):
        remarks.append("no answer earns the full mark; put = before the right one")
    if len(answers) == 1 and answers[0].text.lower() in ("true", "false"):
        remarks.append(
            f"{{{answers[0].text}}} asks for the word; write {{TRUE}} or {{FALSE}} if it is a "
            f"true-or-false question"
        )
    return EnterText(tuple(answers))


def _numeric(block: str, text_format: TextFormat, remarks: list[str]) -> EnterNumber:
    block, tilde, wrong = block.partition("~")
    parts = [part.strip() for part in block.split("=")]
    parts = parts[1:] if not parts[0] else parts
    if not parts:
        raise Unusable("there is no number between the braces; write {#3.14:0.01}")
    answers, units = [], set[str]()
    for part in parts:
        fraction, rest = _weight(part, 1.0, remarks)
        text, _, feedback = _with_feedback(rest, text_format, remarks)
        try:
            value, tolerance, unit = read_number_answer(text, remarks)
        except BadNumber as error:
            raise Unusable(str(error)) from None
        answers.append(NumberAnswer(value, tolerance, fraction, feedback))
        units |= {unit} if unit else set()
    if all(answer.fraction < 1 for answer in answers):
        remarks.append("no number earns the full mark; write one without a weight")
    if any(answer.value == "*" and answer.fraction > 0 for answer in answers):
        remarks.append("the answer * takes every number for right; write the number instead")
    if len(units) > 1:
        raise Unusable(f"the numbers have different units ({', '.join(sorted(units))}); GIFT has none")
    if tilde:
        feedback = _like_prompt(wrong.partition("#")[2], text_format, remarks)
        answers.append(NumberAnswer("*", "0", 0.0, feedback))
    return EnterNumber(tuple(answers), unit="".join(units))


def _weight(part: str, default: float, remarks: list[str]) -> tuple[float, str]:
    """Return the share that stands in percent before the answer, and the answer."""
    found = _WEIGHT.match(part)
    if found is None:
        return default, part
    if not _MOODLES_WEIGHT.match(part):
        remarks.append(f"the weight {found[0]} is not as Moodle writes it (%33.33333%), but is read as one")
    try:
        fraction, problem = settled_weight(float(found["percent"].replace(",", ".")) / 100)
    except ValueError as error:
        raise Unusable(str(error)) from None
    if problem:
        remarks.append(problem)
    return fraction, part[found.end() :]


def _with_feedback(part: str, text_format: TextFormat, remarks: list[str]) -> tuple[str, TextFormat, str]:
    answer, _, feedback = part.partition("#")
    text, own_format = text_and_format(answer, text_format)
    return text, own_format, _like_prompt(feedback, text_format, remarks)


def _like_prompt(written: str, text_format: TextFormat, remarks: list[str]) -> str:
    """Return the text in the question's format, whatever format of its own it names."""
    text, own_format = text_and_format(written, text_format)
    text, lossy = text_as(text, own_format, text_format)
    if lossy:
        remarks.append(
            f"{text[:40]!r} is written as [{own_format}], of which some is lost in a [{text_format}] question"
        )
    return text


def _warn_of_glued(block: str, remarks: list[str]) -> None:
    found = _GLUED.search(re.sub(r"%[^%=]*%=", " =", block))
    if found:
        around = shown(block[max(found.start() - 10, 0) : found.end() + 10])
        remarks.append(f"the = in {around!r} begins another answer; write \\= if it belongs to the text")
