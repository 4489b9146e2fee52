"""Reading a Cloze text: gaps become interactions, and what nobody could ever answer is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from quiz.core.cloze_text.syntax import KINDS, TYPE_PATTERN, BadGap, Gap, Row, gaps_in, type_for
from quiz.core.items import Choose, EnterNumber, EnterText, Fill, NumberAnswer, Option, TextAnswer
from quiz.core.key_numbers import BadNumber, tidy_number
from quiz.core.weights import settled_weight

_SEEMING = re.compile(
    rf"\{{[0-9]*:?(?:{TYPE_PATTERN})(?::[^{{}}]{{0,60}})?\}}?|\{{[0-9]*:(?:[a-zA-Z_]{{2,20}}):[^{{}}\n]{{0,60}}"
)

_NUMBER = r"-?(?:(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)"
_NUMERICAL = re.compile(rf"(?P<value>{_NUMBER})(?::(?P<tolerance>{_NUMBER}))?\Z")
_MOST_GAPS = 500


@dataclass(frozen=True)
class ClozeText:
    """fill: None if there is no gap. remarks: what was mended, or is no gap although it looks like one."""

    fill: Fill | None
    remarks: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """The types as written, for writing them again; nothing if they are the usual ones."""
        usual = [type_for(gap, "") for gap in self.fill.gaps] if self.fill else []
        return () if list(self.types) == usual else (("moodle.cloze_types", " ".join(self.types)),)

    @property
    def points(self) -> float:
        if self.fill is None:
            return 0.0
        return sum(self.fill.weights or (1.0,) * len(self.fill.gaps))


def has_gap(text: str) -> bool:
    """Tell whether there is at least one gap in the text."""
    return next(gaps_in(text), None) is not None


def read_cloze(text: str) -> ClozeText:
    """Return the text with its gaps. Raises BadGap if one of them can't be right for anybody."""
    parts: list[str] = []
    gaps: list[Gap] = []
    weights: list[float] = []
    types: list[str] = []
    remarks: list[str] = []
    place = 0
    for found in gaps_in(text):
        if len(gaps) == _MOST_GAPS:
            raise BadGap(f"the text has more than {_MOST_GAPS} gaps")
        parts.append(text[place : found.start])
        gaps.append(_gap(len(gaps) + 1, KINDS[found.type], found.rows, remarks))
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


def _gap(number: int, kind: str, written: list[Row], remarks: list[str]) -> Gap:
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


def _row(number: int, row: Row, remarks: list[str]) -> tuple[str, float, str]:
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
