"""Rubrics: what is looked for in a text, criterion by criterion, and what a marker's choices in one come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quiz.core.items import Criterion, Level
from quiz.core.messages import N_
from quiz.core.question_type import UnusableBody
from quiz.core.rows import ids_for, number_in, read_rows, text_of
from quiz.core.written import distinct, refuse_strangers, text_in

MOST_CRITERIA = 20
MOST_LEVELS = 10
MOST_POINTS = 1000.0

Rubric = tuple[Criterion, ...]
Given = Mapping[str, float]
"""What a marker gave, by criterion id: points, of one of the levels where there are any."""


@dataclass(frozen=True)
class HandKey:
    """What those who mark go by, of every type that is marked by hand.

    rubric: what is looked for. notes: Markdown, for those who mark alone. model_answer: Markdown, told after marking.
    """

    rubric: Rubric = ()
    notes: str = ""
    model_answer: str = ""


def most_of(rubric: Iterable[Criterion]) -> float:
    """Return the points that an answer can reach in all criteria together."""
    return sum(criterion.points for criterion in rubric)


def share_given(rubric: Sequence[Criterion], given: Given) -> float | None:
    """Return what was given of all that can be, 0 to 1; None while a criterion lacks its points."""
    most = most_of(rubric)
    if not rubric or not most or any(criterion.id not in given for criterion in rubric):
        return None
    return sum(given[criterion.id] for criterion in rubric) / most


def level_given(criterion: Criterion, given: Given) -> Level | None:
    """Return the level of that criterion that was given; None if it has none, or none was chosen."""
    points = given.get(criterion.id)
    return next((level for level in criterion.levels if level.points == points), None)


def read_rubric(written: Mapping[str, Any]) -> Rubric:
    """Read the field ``rubric`` as it stands in files; a criterion without an id has "". Raises UnusableBody."""
    rubric = tuple(read_rows(written, "rubric", _read_criterion))
    if len(rubric) > MOST_CRITERIA:
        raise UnusableBody("rubric", N_("a rubric has {most} criteria at most"), most=MOST_CRITERIA)
    distinct("rubric", [criterion.id for criterion in rubric if criterion.id])
    if rubric and not most_of(rubric):
        raise UnusableBody("rubric", N_("a criterion must be worth more than 0 points"))
    return rubric


def write_rubric(rubric: Iterable[Criterion]) -> list[dict[str, Any]]:
    """Return the rubric as read_rubric reads it."""
    return [_write_criterion(criterion) for criterion in rubric]


def _read_criterion(row: Mapping[str, Any]) -> Criterion:
    refuse_strangers(row, ("id", "title", "points", "text", "levels"))
    levels = tuple(read_rows(row, "levels", _read_level))
    if len(levels) == 1 or len(levels) > MOST_LEVELS:
        raise UnusableBody(
            "levels", N_("a criterion has 2 to {most} levels, or none and points"), most=MOST_LEVELS
        )
    if levels and row.get("points") is not None:
        raise UnusableBody(
            "points", N_("a criterion has levels or points, not both: the best level is what it is worth")
        )
    distinct("levels", [f"{level.points:g}" for level in levels])
    title = text_in(row, "title")
    if not title:
        raise UnusableBody("title", N_("{field} is missing"), field="title")
    return Criterion(
        title=title,
        points=max(level.points for level in levels) if levels else _points(row),
        words=text_in(row, "text", default=""),
        levels=levels,
        id=text_in(row, "id", default=""),
    )


def _read_level(row: Mapping[str, Any]) -> Level:
    refuse_strangers(row, ("points", "text"))
    return Level(_points(row), text_in(row, "text", default=""))


def _points(row: Mapping[str, Any]) -> float:
    if row.get("points") is None:
        raise UnusableBody("points", N_("{field} is missing"), field="points")
    return number_in(row, "points", default=0.0, lowest=0.0, highest=MOST_POINTS)


def _write_criterion(criterion: Criterion) -> dict[str, Any]:
    row: dict[str, Any] = {"id": criterion.id} if criterion.id else {}
    row["title"] = criterion.title
    if criterion.words:
        row["text"] = criterion.words
    if criterion.levels:
        row["levels"] = [{"points": _short(o.points), "text": o.words} for o in criterion.levels]
    else:
        row["points"] = _short(criterion.points)
    return row


def rubric_from_form(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of an author's form as read_rubric reads them; empty rows are left out."""
    filled = [row for row in rows if _holds_something(row)]
    ids = ids_for([text_of(row, "id") for row in filled], [text_of(row, "title") for row in filled], "c")
    return [_row_from_form(row, i) for row, i in zip(filled, ids, strict=True)]


def with_ids(rubric: Sequence[Criterion]) -> Rubric:
    """Return the rubric with an id for each criterion that has none."""
    ids = ids_for([criterion.id for criterion in rubric], [criterion.title for criterion in rubric], "c")
    return tuple(replace(criterion, id=i) for criterion, i in zip(rubric, ids, strict=True))


def rubric_for_form(rubric: Iterable[Criterion]) -> list[dict[str, Any]]:
    """Return the rows of an author's form; rubric_from_form reads them back."""
    return [
        {
            "id": criterion.id,
            "title": criterion.title,
            "text": criterion.words,
            "points": None if criterion.levels else criterion.points,
            "levels": [{"points": level.points, "text": level.words} for level in criterion.levels],
        }
        for criterion in rubric
    ]


def _holds_something(row: Mapping[str, Any]) -> bool:
    texts = any(text_of(row, field) for field in ("title", "text"))
    return texts or row["points"] is not None or bool(_levels_typed(row))


def _levels_typed(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"points": level["points"], "text": text_of(level, "text")}
        for level in row["levels"]
        if level["points"] is not None or text_of(level, "text")
    ]


def _row_from_form(row: Mapping[str, Any], criterion_id: str) -> dict[str, Any]:
    levels = _levels_typed(row)
    plain: dict[str, Any] = {"id": criterion_id, "title": text_of(row, "title"), "text": text_of(row, "text")}
    if levels:
        plain["levels"] = levels
    if row["points"] is not None or not levels:
        plain["points"] = row["points"]
    return plain


def without_ids(rubric: Iterable[Criterion]) -> Rubric:
    """Return the rubric as the outside world exchanges it."""
    return tuple(replace(criterion, id="") for criterion in rubric)


def _short(points: float) -> int | float:
    return int(points) if points.is_integer() else points
