"""Moodle's Cloze syntax, ``{1:SHORTANSWER:=Berlin#Yes~%50%Bonn}``: gaps written into their text.

Only what Moodle takes for a gap is one; all else stays text, and what only looks like a gap is told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from quiz.core.items import Choose, EnterNumber, EnterText, Fill, NumberAnswer, Option, TextAnswer
from quiz.core.key_numbers import BadNumber, tidy_number
from quiz.core.weights import percent, settled_weight

Gap = Choose | EnterText | EnterNumber

_TYPES = {
    **dict.fromkeys(("NUMERICAL", "NM"), "number"),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), "text"),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), "text_case"),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"), "one"),
    **dict.fromkeys(
        ("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), "one_shuffled"
    ),
    **dict.fromkeys(("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH"), "several"),
    **dict.fromkeys(("MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"), "several_shuffled"),
}
_TYPE = "|".join(sorted(_TYPES, key=len, reverse=True))
_FRACTION = re.compile(r"(?P<full>=)|%(?P<percent>-?[0-9]+(?:[.,][0-9]*)?)%")
_START = re.compile(rf"\{{(?P<mark>[0-9]*):(?P<type>{_TYPE}):")
_TEXT_END = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)[~#}]")
_FEEDBACK_END = re.compile(r"(?<!\\)[~}]")
_SEEMING = re.compile(
    rf"\{{[0-9]*:?(?:{_TYPE})(?::[^{{}}]{{0,60}})?\}}?|\{{[0-9]*:(?:[a-zA-Z_]{{2,20}}):[^{{}}\n]{{0,60}}"
)

_NUMBER = r"-?(?:(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)"
_NUMERICAL = re.compile(rf"(?P<value>{_NUMBER})(?::(?P<tolerance>{_NUMBER}))?\Z")
_LONGEST_GAP = 20_000
_MOST_FAILED = 50
_MOST_GAPS = 500


class BadGap(ValueError):
    """A gap that could never be answered, or would be marked wrongly. The message tells which and why."""


@dataclass(frozen=True)
class ClozeText:
    """fill: None if there is no gap. remarks: what was mended, or is no gap although it looks like one."""

    fill: Fill | None
    remarks: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """The types as written, for writing them again; nothing if they are the usual ones."""
        usual = [_type_for(gap, "") for gap in self.fill.gaps] if self.fill else []
        return () if list(self.types) == usual else (("moodle.cloze_types", " ".join(self.types)),)

    @property
    def points(self) -> float:
        if self.fill is None:
            return 0.0
        return sum(self.fill.weights or (1.0,) * len(self.fill.gaps))


def has_gap(text: str) -> bool:
    """Tell whether there is at least one gap in the text."""
    return next(_gaps(text), None) is not None


def read_cloze(text: str) -> ClozeText:
    """Return the text with its gaps. Raises BadGap if one of them can't be right for anybody."""
    parts: list[str] = []
    gaps: list[Gap] = []
    weights: list[float] = []
    types: list[str] = []
    remarks: list[str] = []
    place = 0
    for found in _gaps(text):
        if len(gaps) == _MOST_GAPS:
            raise BadGap(f"the text has more than {_MOST_GAPS} gaps")
        parts.append(text[place : found.start])
        gaps.append(_gap(len(gaps) + 1, _TYPES[found.type], found.rows, remarks))
        weights.append(float(found.mark[:9]) if found.mark else 1.0)
        types.append(found.type)
        parts.append(f"[[{len(gaps)}]]")
        place = found.end
    parts.append(text[place:])
    remarks += _strays("".join(parts))
    if not gaps:
        return ClozeText(None, tuple(remarks))
    if not sum(weights):
        raise BadGap("every gap has a mark of 0; give at least one of them a mark")
    alike = all(weight == 1 for weight in weights)
    fill = Fill("".join(parts), tuple(gaps), () if alike else tuple(weights))
    return ClozeText(fill, tuple(remarks), tuple(types))


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
        written = f"{{{max(round(weight), 0)}:{_type_for(gap, given)}:{_alternatives(number, gap, lost)}}}"
        if f"[[{number}]]" not in text:
            raise BadGap(f"gap {number} has no place [[{number}]] in the text")
        text = text.replace(f"[[{number}]]", written, 1)
    return text, lost


_BREAK = '<hr class="footnote-gaps">'


def join_prompt(prompt: str, template: str) -> str:
    """Return a prompt and the text with gaps below it as the one text that Moodle has for both."""
    return f"{prompt}\n{_BREAK}\n{template}" if prompt else template


def split_prompt(text: str) -> tuple[str, str]:
    """Return prompt and template of a text that join_prompt made; of any other, all of it is the template."""
    prompt, mark, template = text.partition(_BREAK)
    return (prompt.strip(), template.strip()) if mark else ("", text)


# -- reading -------------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """One alternative as written. weight: "=", the digits of a percentage, or "" for none."""

    weight: str
    text: str
    feedback: str


class _Found(NamedTuple):
    start: int
    end: int
    mark: str
    type: str
    rows: list[_Row]


def _gaps(text: str) -> Iterator[_Found]:
    place, failed = 0, 0
    while failed < _MOST_FAILED and (start := _START.search(text, place)):
        place = start.end()
        found = _alternatives_at(text, place)
        failed += found is None
        if found:
            place, rows = found
            yield _Found(start.start(), place, start["mark"], start["type"], rows)


def _alternatives_at(text: str, place: int) -> tuple[int, list[_Row]] | None:
    """Return where the gap ends and its alternatives, None if they never end as a gap does."""
    rows: list[_Row] = []
    longest = min(len(text), place + _LONGEST_GAP)
    if text.find("}", place, longest) < 0:
        return None
    while place < longest:
        place += text[place] == "~"
        weight = _FRACTION.match(text, place)
        place = weight.end() if weight else place
        # The first character belongs to the answer whatever it is, but an answer that is only a
        # brace is none.
        end = None if text[place : place + 1] == "}" else _TEXT_END.search(text, place + 1, longest)
        if end is None:
            return None
        answer, feedback = text[place : end.start()], ""
        if end[0] == "#":
            place = end.end()
            end = _FEEDBACK_END.search(text, place, longest)
            if end is None:
                return None
            feedback = text[place : end.start()]
        rows.append(_Row((weight["percent"] or "=") if weight else "", answer, feedback))
        if end[0] == "}":
            return end.end(), rows
        place = end.start()
    return None


def _gap(number: int, kind: str, written: list[_Row], remarks: list[str]) -> Gap:
    rows = [_row(number, row, remarks) for row in written]
    if kind == "number":
        return _number_gap(number, rows, remarks)
    if kind in ("text", "text_case"):
        _need_full_mark(number, rows)
        return EnterText(tuple(TextAnswer(*row) for row in rows), case_sensitive=kind == "text_case")
    if len(rows) < 2:
        raise BadGap(f"gap {number} has only one option; add another, or make it a SHORTANSWER")
    several = kind.startswith("several")
    if several and all(fraction <= 0 for _, fraction, _ in rows):
        raise BadGap(f"gap {number} has no right option; put = before each right one")
    if several:
        rows = _normalised(rows, specific=any(row.weight not in ("", "=") for row in written))
    else:
        _need_full_mark(number, rows)
    return Choose(tuple(Option(*row) for row in rows), several=several, shuffle=kind.endswith("_shuffled"))


def _row(number: int, row: _Row, remarks: list[str]) -> tuple[str, float, str]:
    text, feedback = _undone(row.text).strip(), _undone(row.feedback).strip()
    if row.weight in ("", "="):
        return text, float(row.weight == "="), feedback
    try:
        fraction, problem = settled_weight(float(row.weight.replace(",", ".")) / 100)
    except ValueError as error:
        raise BadGap(f"gap {number}: {error}") from None
    if problem:
        remarks.append(f"gap {number}: {problem}")
    return text, fraction, feedback


def _undone(text: str) -> str:
    return unescape(text).replace("\\}", "}").replace("\\#", "#")


def _number_gap(number: int, rows: list[tuple[str, float, str]], remarks: list[str]) -> EnterNumber:
    answers = []
    for text, fraction, feedback in rows:
        if text.strip() == "*":
            answers.append(NumberAnswer("*", "0", fraction, feedback))
            continue
        found = _NUMERICAL.match(text.strip())
        if found is None:
            raise BadGap(
                f"gap {number}: {text.strip()!r} is not a number; write value or value:tolerance, "
                f"like 3.14:0.01"
            )
        value, tolerance = (_point(number, found[name] or "0", remarks) for name in ("value", "tolerance"))
        answers.append(NumberAnswer(value, tolerance.removeprefix("-"), fraction, feedback))
    _need_full_mark(number, rows)
    return EnterNumber(tuple(answers))


def _point(number: int, written: str, remarks: list[str]) -> str:
    if "," in written:
        remarks.append(f"gap {number}: the decimal comma of {written} is read as a point")
    try:
        return tidy_number(written)
    except BadNumber as error:
        raise BadGap(f"gap {number}: {error}") from None


def _need_full_mark(number: int, rows: list[tuple[str, float, str]]) -> None:
    if all(fraction < 1 for _, fraction, _ in rows):
        raise BadGap(f"gap {number} has no answer that earns the full mark; put = before the right one")


def _normalised(rows: list[tuple[str, float, str]], *, specific: bool) -> list[tuple[str, float, str]]:
    """Return the rows, positive weights adding up to one; a wrong one undoes a right one unless told."""
    total = sum(fraction for _, fraction, _ in rows if fraction > 0)
    if not total:
        return rows
    wrong_costs = round(1.0 / total, 7)
    return [
        (text, round(f / total, 7) if f > 0 else f if specific else -wrong_costs, feedback)
        for text, f, feedback in rows
    ]


def _strays(text: str) -> list[str]:
    found = [match[0] for match in _SEEMING.finditer(text)]
    return [
        f"{seeming[:40]!r} looks like a gap, but is none and stays text; write {{1:SHORTANSWER:=Berlin}}"
        for seeming in found
    ]


# -- writing -------------------------------------------------------------------------------------------------


def _type_for(gap: Gap, given: str) -> str:
    match gap:
        case EnterNumber():
            kind, usual = "number", "NUMERICAL"
        case EnterText(case_sensitive=case_sensitive):
            kind, usual = ("text_case", "SHORTANSWER_C") if case_sensitive else ("text", "SHORTANSWER")
        case Choose(several=True, shuffle=shuffle):
            kind, usual = ("several_shuffled", "MULTIRESPONSE_S") if shuffle else ("several", "MULTIRESPONSE")
        case Choose(shuffle=shuffle):
            kind, usual = ("one_shuffled", "MULTICHOICE_S") if shuffle else ("one", "MULTICHOICE")
    return given if _TYPES.get(given) == kind else usual


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
