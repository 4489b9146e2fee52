"""Marking by hand: what a marker typed, what one or two marks come to, and who has an answer before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from quiz.core.items import Criterion
from quiz.core.messages import N_, Explained
from quiz.core.numbers import NotANumber, read_number
from quiz.core.rubrics import share_given

HandState = Literal["waiting", "second", "unsettled", "marked"]
"""Of an answer: no mark yet, one of two, two that differ too much, or decided."""
MarkKind = Literal["mark", "settlement"]
How = Literal["mark", "mean", "settlement"]
"""What decided: the one mark, the mean of two that agree, or what was settled where two differed."""

AGREEMENT = 0.1
"""Two marks agree that lie no further apart than this share of the maximum."""
CLAIM_LASTS = timedelta(minutes=15)
LONGEST_COMMENT = 5_000
LONGEST_REASON = 500
_HAIR = 1e-9


class UnusableMark(Explained):
    """What was typed makes no mark. field: of the form: points, comment, note, reason or ``given-<criterion>``."""

    def __init__(self, field: str, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class TypedMark:
    """A mark as it was typed. given: by criterion id."""

    points: str = ""
    given: Mapping[str, str] | None = None
    comment: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReadMark:
    """A mark that can be kept. points: of the question's own. given: points by criterion id.

    comment: for the learner. note: for other markers.
    """

    points: float
    given: Mapping[str, float]
    comment: str = ""
    note: str = ""

    def is_same_mark(self, other: ReadMark) -> bool:
        """Tell whether the two give the same, whatever is said beside it."""
        return abs(self.points - other.points) < _HAIR and dict(self.given) == dict(other.given)


@dataclass(frozen=True)
class GivenMark(ReadMark):
    """A mark that somebody gave. number: from 1 for each answer. maximum: the points of the question then."""

    number: int = 0
    kind: MarkKind = "mark"
    marker_id: str = ""
    marker_name: str = ""
    maximum: float = 1.0
    reason: str = ""
    operation_id: str = ""
    at: datetime | None = None

    @property
    def fraction(self) -> float:
        """Return the share of the maximum, 0 to 1."""
        return self.points / self.maximum


@dataclass(frozen=True)
class Outcome:
    """What the marks of an answer come to. fraction: 0 to 1, None until it is decided. how: None until then.

    by: the marks that decided, or that there are so far.
    """

    state: HandState
    fraction: float | None
    how: How | None
    by: tuple[GivenMark, ...]


def outcome_of(marks: Iterable[GivenMark], *, markers: int) -> Outcome:
    """Return what the marks come to, the first one first. markers: how many people must mark, 1 or 2.

    Whoever changes a mark adds one, so the last of each marker counts, and a settlement counts before all marks.
    """
    marks = sorted(marks, key=lambda mark: mark.number)
    settled = [mark for mark in marks if mark.kind == "settlement"]
    if settled:
        return Outcome("marked", settled[-1].fraction, "settlement", (settled[-1],))
    if not marks:
        return Outcome("waiting", None, None, ())
    if markers == 1:
        return Outcome("marked", marks[-1].fraction, "mark", (marks[-1],))
    two = tuple({mark.marker_id: mark for mark in marks}.values())[:2]
    if len(two) == 1:
        return Outcome("second", None, None, two)
    if not do_agree(two[0], two[1]):
        return Outcome("unsettled", None, None, two)
    return Outcome("marked", (two[0].fraction + two[1].fraction) / 2, "mean", two)


def do_agree(one: GivenMark, other: GivenMark) -> bool:
    """Tell whether two marks are so close that their mean decides."""
    return abs(one.fraction - other.fraction) <= AGREEMENT + _HAIR


def mark_to_change(marks: Sequence[GivenMark], marker_id: str, *, markers: int) -> GivenMark | None:
    """Return the mark that this marker sees and may change: the last one, or, of two markers, only their own."""
    own = [mark for mark in marks if markers == 1 or mark.marker_id == marker_id]
    return own[-1] if own else None


def is_claimed(claimed_by: str | None, claimed_at: datetime | None, *, marker_id: str, now: datetime) -> bool:
    """Tell whether somebody else has the answer before them."""
    return claimed_by not in (None, marker_id) and claimed_at is not None and now < claimed_at + CLAIM_LASTS


def read_mark(typed: TypedMark, rubric: Sequence[Criterion], *, maximum: float) -> ReadMark:
    """Return the mark that was typed. maximum: the points of the question. Raises UnusableMark.

    Points that were typed count before what the rubric comes to.
    """
    given = {c.id: points for c in rubric if (points := _given(c, typed.given or {})) is not None}
    return ReadMark(
        points=_points(typed.points, rubric, given, maximum),
        given=given,
        comment=_text("comment", typed.comment, LONGEST_COMMENT),
        note=_text("note", typed.note, LONGEST_COMMENT),
    )


def typed_from(mark: GivenMark | None, rubric: Sequence[Criterion], maximum: float) -> TypedMark:
    """Return the form as it must have been filled for this mark. What a rubric comes to is not typed again."""
    if mark is None:
        return TypedMark(given={})
    given = {criterion: f"{points:g}" for criterion, points in mark.given.items()}
    bare = TypedMark(given=given, comment=mark.comment, note=mark.note)
    try:
        follows = read_mark(bare, rubric, maximum=maximum).is_same_mark(mark)
    except UnusableMark:
        follows = False
    return bare if follows else TypedMark(f"{mark.points:g}", given, mark.comment, mark.note)


def read_reason(typed: str) -> str:
    """Return why two marks were settled as they were. Raises UnusableMark."""
    reason = " ".join(_text("reason", typed, LONGEST_REASON).split())
    if not reason:
        raise UnusableMark("reason", N_("Enter why you settle it so; both markers will read it"))
    return reason


def _points(typed: str, rubric: Sequence[Criterion], given: Mapping[str, float], maximum: float) -> float:
    if typed.strip():
        return _number("points", typed, maximum)
    if not rubric:
        raise UnusableMark("points", N_("Enter the points, a number from 0 to {most}"), most=f"{maximum:g}")
    share = share_given(rubric, given)
    if share is None:
        missing = next(criterion for criterion in rubric if criterion.id not in given)
        raise UnusableMark(
            f"given-{missing.id}", N_("Mark “{title}” as well, or enter the points of the whole yourself"),
            title=missing.title,
        )  # fmt: skip
    return round(share * maximum, 6)


def _given(criterion: Criterion, typed: Mapping[str, str]) -> float | None:
    field, text = f"given-{criterion.id}", typed.get(criterion.id, "").strip()
    if not text:
        return None
    points = _number(field, text, criterion.points)
    if criterion.levels and points not in {level.points for level in criterion.levels}:
        raise UnusableMark(
            field, N_("“{title}” has no level of {points} points"), title=criterion.title, points=text
        )
    return points


def _number(field: str, typed: str, most: float) -> float:
    try:
        points = float(read_number(typed.strip()))
    except NotANumber as problem:
        raise UnusableMark(field, problem.sentence, **problem.values) from None
    if not 0 <= points <= most:
        raise UnusableMark(
            field, N_("{typed} is out of range: give a number from 0 to {most}"),
            typed=typed.strip(), most=f"{most:g}",
        )  # fmt: skip
    return points


def _text(field: str, typed: str, most: int) -> str:
    text = typed.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > most:
        raise UnusableMark(field, N_("This must have {most} characters at most"), most=most)
    return text
