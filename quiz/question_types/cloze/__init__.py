"""Cloze: the learner fills the gaps of a text, by choosing, typing words or typing numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from quiz.core.choices import OneRight, ShownOption, show_options
from quiz.core.gaps import (
    GapAsk,
    GapKey,
    GapKind,
    gap_ask_from_json,
    gap_ask_to_json,
    gap_in_words,
    gap_key_from_json,
    gap_key_to_json,
    gap_to_interaction,
    mark_of_gap,
    read_gap,
    right_in_words,
    row_from_interaction,
    weighted_mark,
    write_gap,
)
from quiz.core.items import Choose, EnterNumber, EnterText, Fill, Item, NumberAnswer, TextAnswer
from quiz.core.marks import FULL, Mark
from quiz.core.messages import N_
from quiz.core.numbers import NotANumber, read_number
from quiz.core.presentation import id_behind, token_for
from quiz.core.question_type import (
    AnswerLine,
    Body,
    MarkedBy,
    ReviewLine,
    Sample,
    Submitted,
    UnreadableResponse,
    UnusableBody,
)
from quiz.core.rows import read_rows, text_of
from quiz.core.text_answers import LONGEST_TEXT
from quiz.core.written import distinct, refuse_strangers, text_in
from quiz.question_types.cloze.author_form import author_fields, gap_for_form, gap_from_form

_MARK = re.compile(r"\[\[([^\[\]\s]{1,60})\]\]")


@dataclass(frozen=True)
class ClozeAsk:
    """text: ``[[id]]`` marks where a gap is; a blank line begins a paragraph. gaps: in the text's order."""

    text: str
    gaps: tuple[GapAsk, ...]


@dataclass(frozen=True)
class ClozeKey:
    """gaps: by id."""

    gaps: Mapping[str, GapKey]


class ShownGap(NamedTuple):
    """number: from 1, in the text's order; pages name gaps by it, since an id may tell the answer."""

    number: int
    kind: GapKind
    options: tuple[ShownOption, ...] = ()
    unit: str = ""


class Piece(NamedTuple):
    """A run of text, or a gap."""

    text: str
    gap: ShownGap | None = None


class Shown(NamedTuple):
    """paragraphs: each a row of pieces. longest: characters that a gap takes."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    gap_count: int
    longest: int = LONGEST_TEXT


class ClozeType:
    name = "cloze"
    label = N_("Fill the gaps")
    marking: MarkedBy = "by_key"

    # -- model -----------------------------------------------------------------------------------------------
    def body_from_plain(self, written: Mapping[str, Any]) -> Body:
        refuse_strangers(written, ("text", "gaps"))
        text = text_in(written, "text")
        gaps = read_rows(written, "gaps", read_gap, at_least=1)
        distinct("gaps", [ask.id for ask, _ in gaps])
        asks = {ask.id: ask for ask, _ in gaps}
        _check_marks(text, asks)
        keys = {ask.id: key for ask, key in gaps}
        if not sum(key.weight for key in keys.values()):
            raise UnusableBody("gaps", N_("at least one gap must weigh more than 0"))
        return Body(ClozeAsk(text, tuple(asks[i] for i in _MARK.findall(text))), ClozeKey(keys))

    def body_to_plain(self, body: Body) -> dict[str, Any]:
        ask, key = body
        return {"text": ask.text, "gaps": [write_gap(gap, key.gaps[gap.id]) for gap in ask.gaps]}

    def ask_to_json(self, ask: ClozeAsk) -> dict[str, Any]:
        return {"text": ask.text, "gaps": [gap_ask_to_json(gap) for gap in ask.gaps]}

    def ask_from_json(self, stored: Mapping[str, Any]) -> ClozeAsk:
        return ClozeAsk(stored["text"], tuple(gap_ask_from_json(gap) for gap in stored["gaps"]))

    def key_to_json(self, key: ClozeKey) -> dict[str, Any]:
        return {"gaps": {gap_id: gap_key_to_json(gap) for gap_id, gap in key.gaps.items()}}

    def key_from_json(self, stored: Mapping[str, Any]) -> ClozeKey:
        return ClozeKey({gap_id: gap_key_from_json(gap) for gap_id, gap in stored["gaps"].items()})

    # -- forms -----------------------------------------------------------------------------------------------
    def author_fields(self) -> Mapping[str, Any]:
        return author_fields()

    def body_from_form(self, typed: Mapping[str, Any]) -> Body:
        # A browser sends each line break as two characters.
        text = text_of(typed, "text").replace("\r\n", "\n")
        filled = [
            gap
            for gap in typed["gaps"]
            if text_of(gap, "id") or any(text_of(row, "text") for row in gap["answers"])
        ]
        return self.body_from_plain({"text": text, "gaps": [gap_from_form(gap) for gap in filled]})

    def form_from_body(self, body: Body) -> dict[str, Any]:
        ask, key = body
        return {"text": ask.text, "gaps": [gap_for_form(gap, key.gaps[gap.id]) for gap in ask.gaps]}

    # -- asking and reading ----------------------------------------------------------------------------------
    def present(self, ask: ClozeAsk, seed: str) -> Shown:
        gaps = {
            gap.id: ShownGap(n, gap.kind, show_options(gap.options, seed, shuffle=gap.shuffle), gap.unit)
            for n, gap in enumerate(ask.gaps, start=1)
        }
        paragraphs = []
        for paragraph in re.split(r"\n\s*\n", ask.text):
            # Split by a pattern with a group, every other piece is what the group held: a gap's id.
            cut = _MARK.split(paragraph)
            pieces = [Piece("", gaps[piece]) if n % 2 else Piece(piece) for n, piece in enumerate(cut)]
            paragraphs.append(tuple(piece for piece in pieces if piece.text or piece.gap))
        return Shown(tuple(paragraphs), len(ask.gaps))

    def read_response(self, ask: ClozeAsk, submitted: Submitted, seed: str) -> dict[str, str] | None:
        """Return what each gap holds, by id; gaps that were left blank are missing."""
        response = {}
        for number, gap in enumerate(ask.gaps, start=1):
            typed = " ".join(submitted.get(f"answer-{number}", [])).strip()
            if typed:
                response[gap.id] = _read_gap_response(gap, number, typed, seed)
        return response or None

    def submitted_from(self, ask: ClozeAsk, response: dict[str, str], seed: str) -> Submitted:
        submitted = {}
        for number, gap in enumerate(ask.gaps, start=1):
            if gap.id in response:
                given = response[gap.id]
                submitted[f"answer-{number}"] = [token_for(seed, given) if gap.kind == "choose" else given]
        return submitted

    # -- marking ---------------------------------------------------------------------------------------------
    def grade(self, ask: ClozeAsk, key: ClozeKey, response: dict[str, str]) -> Mark:
        marks = [mark_of_gap(gap, key.gaps[gap.id], response.get(gap.id)) for gap in ask.gaps]
        return weighted_mark(marks, [key.gaps[gap.id].weight for gap in ask.gaps])

    def answer_lines(self, ask: ClozeAsk, response: dict[str, str]) -> tuple[AnswerLine, ...]:
        return tuple(
            AnswerLine(_words_around(ask, number), gap_in_words(gap, response.get(gap.id)))
            for number, gap in enumerate(ask.gaps, start=1)
        )

    def review_lines(
        self, ask: ClozeAsk, key: ClozeKey, response: dict[str, str] | None
    ) -> tuple[ReviewLine, ...]:
        lines = []
        for number, gap in enumerate(ask.gaps, start=1):
            given, gap_key = (response or {}).get(gap.id), key.gaps[gap.id]
            mark = mark_of_gap(gap, gap_key, given)
            words, right = gap_in_words(gap, given), right_in_words(gap, gap_key)
            asked = _words_around(ask, number)
            lines.append(ReviewLine(asked, words, right, mark.fraction, " ".join(mark.feedback)))
        return tuple(lines)

    # -- interchange -----------------------------------------------------------------------------------------
    def to_item(self, prompt: str, body: Body) -> Item:
        ask, key = body
        numbers = {gap.id: n for n, gap in enumerate(ask.gaps, start=1)}
        template = _MARK.sub(lambda mark: f"[[{numbers[mark[1]]}]]", ask.text)
        weights = tuple(key.gaps[gap.id].weight for gap in ask.gaps)
        gaps = tuple(gap_to_interaction(gap, key.gaps[gap.id]) for gap in ask.gaps)
        return Item(prompt, Fill(template, gaps, weights if len(set(weights)) > 1 else ()))

    def from_item(self, item: Item) -> Body | None:
        match item.interaction:
            case Fill(template, gaps, weights) if not any(_is_of_no_kind(gap) for gap in gaps):
                rows = [row_from_interaction(str(n), gap) for n, gap in enumerate(gaps, start=1)]
                if weights:
                    rows = [row | {"weight": w} for row, w in zip(rows, weights, strict=True)]
                try:
                    return self.body_from_plain({"text": template, "gaps": rows})
                except UnusableBody:
                    return None
        return None

    # -- samples ---------------------------------------------------------------------------------------------
    def samples(self) -> Iterable[Sample]:
        body = self._union("uar", year="1961")
        yield Sample(body, {"union": "uar", "year": "1961", "partner": "egypt"}, FULL)
        wrong = {"union": "league", "year": "1958", "partner": "Jordan"}
        yield Sample(body, wrong, Mark(0.0, ("Syria stayed in the League.",)))
        yield Sample(body, {"union": "uar", "partner": "Misr"}, Mark(0.375))
        yield Sample(body, {"year": "1961"}, Mark(0.5))

    def unreadable(self) -> Iterable[tuple[Body, Submitted]]:
        body = self._union("uar", year="1961")
        yield body, {"answer-1": ["no-such-option"]}
        yield body, {"answer-2": ["in spring"]}
        yield body, {"answer-3": ["x" * (LONGEST_TEXT + 1)]}

    def twins(self) -> tuple[Body, Body]:
        return self._union("uar", year="1961"), self._union("league", year="1945")

    def _union(self, right: str, *, year: str) -> Body:
        options = {"uar": "the United Arab Republic", "league": "the Arab League"}
        ask = ClozeAsk(
            "Syria left [[union]] in [[year]].\n\nUntil then it had been one state with [[partner]].",
            (
                GapAsk("union", "choose", options),
                GapAsk("year", "enter_number"),
                GapAsk("partner", "enter_text"),
            ),
        )
        partners = (TextAnswer("Egypt"), TextAnswer("Misr", 0.5))
        key = ClozeKey(
            {
                "union": GapKey(choice=OneRight(right, feedback={"league": "Syria stayed in the League."})),
                "year": GapKey(numbers=(NumberAnswer(year),), weight=2.0),
                "partner": GapKey(texts=partners),
            }
        )
        return Body(ask, key)


def _is_of_no_kind(gap: Choose | EnterText | EnterNumber) -> bool:
    """Tell whether the gap is one that this type can't ask for: several options, or units with a factor."""
    match gap:
        case Choose(several=True):
            return True
        case EnterNumber(units=units, unit_grading=unit_grading):
            return bool(units) or unit_grading != "none"
    return False


def _check_marks(text: str, gaps: Mapping[str, GapAsk]) -> None:
    marked = _MARK.findall(text)
    distinct("text", marked)
    for gap_id in marked:
        if gap_id not in gaps:
            raise UnusableBody(
                "text", N_("the text marks a gap “{gap}”, but no gap has that name"), gap=gap_id
            )
    for gap_id in gaps:
        if gap_id not in marked:
            raise UnusableBody(
                "gaps", N_("the gap “{gap}” is not in the text; mark it there as [[{gap}]]"), gap=gap_id
            )


def _read_gap_response(gap: GapAsk, number: int, typed: str, seed: str) -> str:
    if gap.kind == "choose":
        chosen = id_behind(seed, typed, gap.options)
        if chosen is None:
            raise UnreadableResponse(
                N_("Gap {number}: choose one of the options on this page"), number=number
            )
        return chosen
    if gap.kind == "enter_text":
        if len(typed) > LONGEST_TEXT:
            raise UnreadableResponse(
                N_("Gap {number}: write at most {count} characters"), number=number, count=LONGEST_TEXT
            )
        return typed
    try:
        return read_number(typed, unit=gap.unit)
    except NotANumber:
        raise UnreadableResponse(
            N_("Gap {number}: “{typed}” can't be read as a number; write it like 1234.5, without commas"),
            number=number, typed=typed[:50],
        ) from None  # fmt: skip


def _words_around(ask: ClozeAsk, number: int) -> str:
    """Return the gap's number (from 1) and a few words on both sides, which tell where it is."""
    mark = f"[[{ask.gaps[number - 1].id}]]"
    before, after = (_MARK.sub("[…]", part) for part in ask.text.split(mark))
    near_before = re.split(r"(\s+)", before)[-9:]
    near_after = re.split(r"(\s+)", after)[:7]
    return f"{number}. " + " ".join(("".join(near_before) + "____" + "".join(near_after)).split())


question_type = ClozeType()
