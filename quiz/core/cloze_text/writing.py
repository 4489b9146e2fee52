"""Writing gaps into their text, each in the shortest form that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quiz.core.cloze_text.reading import read_cloze
from quiz.core.cloze_text.syntax import BadGap, Gap, type_for
from quiz.core.items import Choose, EnterNumber, EnterText, Fill, NumberAnswer
from quiz.core.weights import percent

_BREAK = '<hr class="footnote-gaps">'


def join_prompt(prompt: str, template: str) -> str:
    """Return a prompt and the text with gaps below it as the one text that Moodle has for both."""
    return f"{prompt}\n{_BREAK}\n{template}" if prompt else template


def split_prompt(text: str) -> tuple[str, str]:
    """Return prompt and template of a text that join_prompt made; of any other, all of it is the template."""
    prompt, mark, template = text.partition(_BREAK)
    return (prompt.strip(), template.strip()) if mark else ("", text)


def write_cloze(fill: Fill, types: Sequence[str] = ()) -> tuple[str, list[str]]:
    """Return the text with its gaps written into it, and what got lost. types: as read, where they are known.

    Raises BadGap for a gap that the syntax can't say.
    """
    lost: list[str] = []
    text = fill.template
    weights = fill.weights or (1.0,) * len(fill.gaps)
    for number, (gap, weight) in enumerate(zip(fill.gaps, weights, strict=True), start=1):
        if weight != int(weight):
            lost.append(f"gap {number}: the weight {weight:g} is written as {max(1, round(weight))}")
        given = types[number - 1] if number <= len(types) else ""
        written = f"{{{max(round(weight), 0)}:{type_for(gap, given)}:{_alternatives(number, gap, lost)}}}"
        if f"[[{number}]]" not in text:
            raise BadGap(f"gap {number} has no place [[{number}]] in the text")
        text = text.replace(f"[[{number}]]", written, 1)
    again = read_cloze(text).fill
    if again is None or again.template != fill.template or len(again.gaps) != len(fill.gaps):
        raise BadGap("the text around the gaps would be taken for part of one; take its { and : out")
    return text, lost


def _alternatives(number: int, gap: Gap, lost: list[str]) -> str:
    rows: list[tuple[str, float, str]]
    match gap:
        case EnterNumber(answers=answers):
            if gap.units or gap.unit:
                lost.append(f"gap {number}: the units")
            rows = [(_written_number(number, answer), answer.fraction, answer.feedback) for answer in answers]
        case EnterText(answers=texts):
            rows = [(answer.text, answer.fraction, answer.feedback) for answer in texts]
        case Choose(options=options, several=several):
            gained = sum(option.fraction for option in options if option.fraction > 0)
            if several and abs(gained - 1) > 0.00001:
                lost.append(
                    f"gap {number}: the weights of its right options, which Moodle makes add up to 100 %"
                )
            rows = [(option.text, option.fraction, option.feedback) for option in options]
    if not rows:
        raise BadGap(f"gap {number} has no answers")
    return "~".join(_written_row(number, row) for row in rows)


def _written_row(number: int, row: tuple[str, float, str]) -> str:
    text, fraction, feedback = row
    if not text.strip():
        raise BadGap(f"gap {number} has an answer without text")
    sign = "=" if fraction == 1 else f"%{percent(fraction)}%"
    return sign + _done(text) + (f"#{_done(feedback)}" if feedback else "")


def _written_number(number: int, answer: NumberAnswer) -> str:
    if answer.tolerance_type != "nominal":
        raise BadGap(f"gap {number} has a {answer.tolerance_type} tolerance, which Cloze can't say")
    return answer.value if answer.value == "*" else f"{answer.value}:{answer.tolerance}"


_WRITTEN = {"~": "&#126;", "#": "\\#", "}": "\\}"}
_TO_WRITE = re.compile(r"[~#}]|\\(?=[~#}]|\Z)|&(?=[~#}]|#?\w+;|\Z)")


def _done(text: str) -> str:
    # Only # and } have an escape; Moodle undoes HTML entities in answers, so they serve for all else.
    return _TO_WRITE.sub(lambda found: _WRITTEN.get(found[0]) or f"&#{ord(found[0])};", text)
