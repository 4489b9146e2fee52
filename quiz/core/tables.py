"""Tables for files: columns with their meaning, rows made one at a time, and text formats to write them in.

Each writer gives text piece by piece and holds one row at a time, so memory does not grow with the table.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

Cell = str | int | float | bool | datetime | None
Row = Sequence[Cell]

BYTE_ORDER_MARK = "\ufeff"
"""Tells older spreadsheets that CSV is UTF-8; other programs may take it for part of the first name."""

# A cell that begins with one of these would be run as a formula. The wide forms do the same in East Asian
# spreadsheets.
_FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True)
class Column:
    """name: the same in every file and language. meaning: for people, to be translated. about: its gap."""

    name: str
    meaning: str
    about: str = ""


@dataclass(frozen=True)
class Table:
    """rows: made while they are written, so they can be read once; each as long as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would run the text instead of showing it."""
    return text[:1] in _FORMULA_SIGNS or text.lstrip()[:1] in _FORMULA_SIGNS if text else False


def plain(cell: Cell) -> str | int | float | bool | None:
    """Return the cell with times as text: ISO 8601, UTC, to the second."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell


def csv_lines(table: Table, *, with_mark: bool = False) -> Iterator[str]:
    """Give the table as CSV: commas, CRLF, the names first. Text that would be a formula gets a ``'`` first.

    Numbers are written as numbers, negative ones too. with_mark: begin with a byte-order mark.
    """
    lines = csv.writer(_Echo())
    if with_mark:
        yield BYTE_ORDER_MARK
    yield lines.writerow([_csv_cell(name) for name in table.names])
    for row in table.rows:
        yield lines.writerow([_csv_cell(cell) for cell in row])


def ndjson_lines(table: Table) -> Iterator[str]:
    """Give one JSON object a line, by column names."""
    names = table.names
    for row in table.rows:
        yield _object(names, row) + "\n"


def json_lines(table: Table) -> Iterator[str]:
    """Give one JSON array of such objects."""
    names = table.names
    before = "[\n"
    for row in table.rows:
        yield before + _object(names, row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


class _Echo:
    """A file that hands back what is written to it: csv.writer returns what write() returns."""

    def write(self, line: str) -> str:
        return line


def _csv_cell(cell: Cell) -> str | int | float | None:
    value = plain(cell)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # NUL ends the text for many programs that read CSV.
        value = value.replace("\0", "")
        return f"'{value}" if is_formula(value) else value
    return value


def _object(names: list[str], row: Row) -> str:
    cells = {name: plain(cell) for name, cell in zip(names, row, strict=True)}
    return json.dumps(cells, ensure_ascii=False)
