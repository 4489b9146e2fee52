"""Where the gaps of a Cloze text are, and what is written into them: as Moodle finds them, but without going back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quiz.core.items import Choose, EnterNumber, EnterText

Gap = Choose | EnterText | EnterNumber

KINDS = {
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
TYPE_PATTERN = "|".join(sorted(KINDS, key=len, reverse=True))
_FRACTION = re.compile(r"(?P<full>=)|%(?P<percent>-?[0-9]+(?:[.,][0-9]*)?)%")
_START = re.compile(rf"\{{(?P<mark>[0-9]*):(?P<type>{TYPE_PATTERN}):")
_TEXT_END = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)[~#}]")
_FEEDBACK_END = re.compile(r"(?<!\\)[~}]")
_LONGEST_GAP = 20_000
_MOST_FAILED = 50


class BadGap(ValueError):
    """A gap that could never be answered, or would be marked wrongly. The message tells which and why."""


class Row(NamedTuple):
    """One alternative as written. weight: "=", the digits of a percentage, or "" for none."""

    weight: str
    text: str
    feedback: str


class FoundGap(NamedTuple):
    start: int
    end: int
    mark: str
    type: str
    rows: list[Row]


def gaps_in(text: str) -> Iterator[FoundGap]:
    place, failed = 0, 0
    while failed < _MOST_FAILED and (start := _START.search(text, place)):
        place = start.end()
        found = _alternatives_at(text, place)
        failed += found is None
        if found:
            place, rows = found
            yield FoundGap(start.start(), place, start["mark"], start["type"], rows)


def _alternatives_at(text: str, place: int) -> tuple[int, list[Row]] | None:
    """Return where the gap ends and its alternatives, None if they never end as a gap does."""
    rows: list[Row] = []
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
        rows.append(Row((weight["percent"] or "=") if weight else "", answer, feedback))
        if end[0] == "}":
            return end.end(), rows
        place = end.start()
    return None


def type_for(gap: Gap, given: str) -> str:
    match gap:
        case EnterNumber():
            kind, usual = "number", "NUMERICAL"
        case EnterText(case_sensitive=case_sensitive):
            kind, usual = ("text_case", "SHORTANSWER_C") if case_sensitive else ("text", "SHORTANSWER")
        case Choose(several=True, shuffle=shuffle):
            kind, usual = ("several_shuffled", "MULTIRESPONSE_S") if shuffle else ("several", "MULTIRESPONSE")
        case Choose(shuffle=shuffle):
            kind, usual = ("one_shuffled", "MULTICHOICE_S") if shuffle else ("one", "MULTICHOICE")
    return given if KINDS.get(given) == kind else usual
