"""Marking sheets: answers to one question as a table to be filled elsewhere, and what comes back of it.

A row is known by its answer's token. What is left blank stays as it is; the columns that a marker does not fill are
there to be read, and are compared when the sheet comes back, so that a row that slipped is told of and not marked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quiz.core.hand_marking import TypedMark
from quiz.core.items import Criterion
from quiz.core.messages import N_, Explained
from quiz.core.tables import Cell, Column, Row

MOST_ROWS = 20_000
ANSWER, SEEN, MAXIMUM, TEXT, POINTS, COMMENT, NOTE = (
    "answer", "seen", "maximum", "text", "points", "comment", "note",
)  # fmt: skip


class NotASheet(Explained):
    """The file is no marking sheet of ours; the message says why."""


class WrongRow(Explained):
    """A row can't be taken over; the message says why."""


@dataclass(frozen=True)
class SheetRow:
    """A row as it came back. line: of the file, from 1. cells: by column name, stripped."""

    line: int
    cells: Mapping[str, str]

    @property
    def token(self) -> str:
        return self.cells.get(ANSWER, "")

    def is_blank(self, rubric: Iterable[Criterion]) -> bool:
        """Tell whether nothing was filled in that a marker fills in."""
        filled = (POINTS, COMMENT, NOTE, *map(column_of, rubric))
        return not any(self.cells.get(name) for name in filled)


def column_of(criterion: Criterion) -> str:
    """Return the name of the criterion's column: its title for people, its id for this program."""
    return f"{criterion.title} [{criterion.id}]"


def sheet_columns(rubric: Sequence[Criterion]) -> tuple[Column, ...]:
    """Return the columns of a sheet. rubric: all criteria of all wordings that were asked, each once."""
    return (
        Column(ANSWER, N_("Stands for the answer; leave it as it is")),
        Column(SEEN, N_("Number of the mark that is there; leave it as it is")),
        Column(TEXT, N_("What was written")),
        *(Column(column_of(c), N_("Points for {about}"), c.title) for c in rubric),
        Column(MAXIMUM, N_("Points that can be earned")),
        Column(POINTS, N_("Points of the whole; empty: what the rubric comes to")),
        Column(COMMENT, N_("Comment for the learner")),
        Column(NOTE, N_("Note for those who mark")),
    )


def sheet_row(
    token: str, text: str, typed: TypedMark, rubric: Sequence[Criterion], *, seen: int, maximum: float
) -> Row:
    """Return the row of one answer. typed: the mark that is there, as in the form."""
    given = typed.given or {}
    cells: list[Cell] = [token, seen, text, *(given.get(c.id) or None for c in rubric)]
    return [*cells, maximum, typed.points or None, typed.comment or None, typed.note or None]


def read_sheet(text: str) -> list[SheetRow]:
    """Return the rows of a sheet that came back as CSV, by comma, semicolon or tab. Raises NotASheet."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    # A cell holds a whole essay.
    csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise NotASheet(N_("This is no CSV file: {problem}"), problem=str(error)) from None
    names = [name.strip() for name in lines[0]] if lines else []
    if ANSWER not in names or POINTS not in names:
        raise NotASheet(N_("The first line must name the columns, answer and points among them"))
    if len(lines) > MOST_ROWS:
        raise NotASheet(N_("A sheet has {most} rows at most"), most=MOST_ROWS)
    return [
        SheetRow(number, {name: _unguarded(cell) for name, cell in zip(names, line, strict=False)})
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]


def typed_in(row: SheetRow, before: TypedMark, rubric: Sequence[Criterion]) -> TypedMark:
    """Return the mark that the row asks for: what is blank stays as it was before."""
    was = before.given or {}
    given = {c.id: row.cells.get(column_of(c)) or was.get(c.id, "") for c in rubric}
    is_rubric_new = any(row.cells.get(column_of(c)) not in ("", None, was.get(c.id)) for c in rubric)
    points = row.cells.get(POINTS, "") or ("" if is_rubric_new else before.points)
    return TypedMark(
        points, given, row.cells.get(COMMENT, "") or before.comment, row.cells.get(NOTE, "") or before.note
    )


def check_row(row: SheetRow, *, text: str, seen: int, maximum: float) -> None:
    """Raise WrongRow unless the columns that only identify the answer say what they said when they went out."""
    if row.cells.get(TEXT) and row.cells[TEXT].split() != text.split():
        raise WrongRow(N_("the text is not that of this answer: has the row slipped?"))
    if row.cells.get(MAXIMUM) and row.cells[MAXIMUM].replace(",", ".") not in (str(maximum), f"{maximum:g}"):
        raise WrongRow(
            N_("maximum is {maximum} here, not {typed}"), maximum=f"{maximum:g}", typed=row.cells[MAXIMUM]
        )
    if row.cells.get(SEEN) and row.cells[SEEN] != str(seen):
        raise WrongRow(N_("somebody has marked this answer since the sheet was made; download it again"))


def _unguarded(cell: str) -> str:
    """Return the cell without the apostrophe that our own files put before what would be run as a formula."""
    cell = cell.replace("\r\n", "\n").strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip()[:1] in "=+-@＝＋－＠" and len(cell) > 1 else cell
