"""XLSX: questions as a table in a spreadsheet. Values are read, formulas never run."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from quiz.core.interchange import NotThisFormat, Reading, Remark, Writing
from quiz.core.items import Item
from quiz.core.messages import N_
from quiz.core.packages import Package, looks_like_package, open_package
from quiz.core.question_table.reading import MOST_COLUMNS, read_table
from quiz.core.question_table.writing import CARRIES, question_table
from quiz.core.spreadsheets import ABOUT, LONGEST_TEXT, workbook

_MOST_ROWS = 200_000
_MOST_EMPTY = 1_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, zipfile.BadZipFile,
    InvalidFileException, SyntaxError, OverflowError, NotImplementedError,
)  # fmt: skip


class XlsxTableFormat:
    name = "xlsx_table"
    label = N_("XLSX table (Excel, LibreOffice)")
    suffixes = (".xlsx",)
    carries = CARRIES

    def looks_like(self, data: bytes) -> float:
        return 0.9 if looks_like_package(data) and b"xl/workbook.xml" in data else 0.0

    def read(self, data: bytes) -> Reading:
        package = open_package(data)
        if "xl/workbook.xml" not in package:
            raise NotThisFormat("not a spreadsheet: the package has no xl/workbook.xml")
        remarks = _look_through(package)
        try:
            with warnings.catch_warnings():
                # openpyxl warns of styles and extensions that it drops; none of them holds a question.
                warnings.simplefilter("ignore")
                book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
                reading = _read_sheets(book, remarks)
        except NotThisFormat:
            raise
        except _BROKEN as error:
            raise NotThisFormat(f"the spreadsheet is damaged: {error}; save it again") from None
        return Reading(reading.items, remarks + reading.remarks)

    def write(self, items: Iterable[Item]) -> Writing:
        table, remarks = question_table(items, label="XLSX", longest=LONGEST_TEXT)
        return Writing(b"".join(workbook(table)), remarks)


def _look_through(package: Package) -> list[Remark]:
    """Return what will not be read as it looks. Raises NotThisFormat for what no spreadsheet writes."""
    remarks = []
    for name in package.names:
        if not name.endswith((".xml", ".rels")):
            continue
        content = package.read(name)
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
            raise NotThisFormat(f"{name} in the spreadsheet declares a DOCTYPE, which is never read")
        if _SHEET.fullmatch(name) and b"<mergeCell " in content:
            told = "merged cells hold their text in the first one only; the others are read as empty"
            remarks.append(Remark(told, "warning", where=name))
        if _SHEET.fullmatch(name) and (empty := _formulas_without_value(content)):
            told = (
                f"{empty} formulas have no value stored and are read as empty; save the file in a spreadsheet"
            )
            remarks.append(Remark(told, "warning", where=name))
    return remarks


def _formulas_without_value(content: bytes) -> int:
    return len(re.findall(rb"</f></c>|<f[^>]*/></c>|</f><v></v>|</f><v ?/>", content))


def _read_sheets(book: Any, remarks: list[Remark]) -> Reading:
    found = Reading([], [])
    refused: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            remarks.append(Remark("the sheet is hidden and not read", "note", where=sheet.title))
            continue
        sheet.reset_dimensions()
        try:
            reading = read_table(_rows(sheet, remarks))
        except NotThisFormat as problem:
            refused.append(f"sheet {sheet.title!r}: {problem}")
            if sheet.title != ABOUT:
                remarks.append(Remark(f"the sheet is not read: {problem}", "note", where=sheet.title))
            continue
        found.items.extend(reading.items)
        found.remarks.extend(reading.remarks)
    if not found.items and not found.remarks and refused:
        raise NotThisFormat(refused[0])
    if not book.worksheets:
        raise NotThisFormat("the spreadsheet has no sheets")
    return found


def _rows(sheet: Any, remarks: list[Remark]) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
    for line, cells in enumerate(islice(rows, _MOST_ROWS), start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            empty += 1
            if empty > _MOST_EMPTY:
                remarks.append(
                    Remark(f"nothing is read below {_MOST_EMPTY} empty rows", "warning", line, sheet.title)
                )
                return
            continue
        empty = 0
        yield line, texts
    if next(rows, None) is not None:
        remarks.append(
            Remark(f"only the first {_MOST_ROWS:,} rows are read", "error", _MOST_ROWS, sheet.title)
        )


def _text(cell: object) -> str:
    """Return a cell as its text: 7.0 as 7, dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


format = XlsxTableFormat()
