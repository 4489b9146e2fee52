"""CSV: questions as a table, a row each, with commas, semicolons or tabs between the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from quiz.core.interchange import NotThisFormat, Reading, Remark, Writing, reading_of
from quiz.core.items import Item
from quiz.core.messages import N_
from quiz.core.question_table.headers import read_header, recognised
from quiz.core.question_table.reading import read_table
from quiz.core.question_table.writing import CARRIES, question_table
from quiz.core.tables import csv_lines
from quiz.core.text_bytes import beginning, decode_text

_SEPARATORS = (",", ";", "\t", "|")
_MOST_CELLS_A_LINE = 5_000


class CsvTableFormat:
    name = "csv_table"
    label = N_("CSV table")
    suffixes = (".csv", ".tsv")
    carries = CARRIES

    def looks_like(self, data: bytes) -> float:
        head = beginning(data)
        if head.lstrip().startswith(("<", "PK", "{", "[")):
            return 0.0
        lines = [line for line in head.split("\n") if line.strip()][:10]
        best = max((read_header(_cells(line, _separator(line))) for line in lines), key=_known, default=None)
        if best is None or not best.is_usable:
            return 0.0
        return 0.8 if _known(best) > 2 else 0.5

    def read(self, data: bytes) -> Reading:
        remarks: list[Remark] = []
        text = _decoded(data, remarks)
        text, separator = _without_separator_line(text)
        reading = read_table(_rows(text, separator or _best_separator(text)))
        return reading_of(reading.items, remarks + reading.remarks)

    def write(self, items: Iterable[Item]) -> Writing:
        table, remarks = question_table(items, label="CSV")
        return Writing("".join(csv_lines(table, with_mark=True)).encode(), remarks)


def _known(header: object) -> int:
    single, numbered = getattr(header, "single", {}), getattr(header, "numbered", {})
    return len(single) + len(numbered)


def _decoded(data: bytes, remarks: list[Remark]) -> str:
    """Return the text: UTF-8 or UTF-16, else, as older spreadsheets write it, Windows-1252.

    Raises NotThisFormat.
    """
    try:
        return decode_text(data)
    except NotThisFormat as problem:
        if "save the file as UTF-8" not in str(problem) or b"\0" in data[:1000]:
            raise
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotThisFormat(
            f"neither UTF-8 nor Windows-1252 at line {line}; save the file as CSV UTF-8"
        ) from None
    remarks.append(
        Remark("the file is not UTF-8 and read as Windows-1252; look at its accented letters", line=1)
    )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_separator_line(text: str) -> tuple[str, str]:
    """Return the text without the line ``sep=;`` that some spreadsheets put first, and its separator."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return "\n" + rest, first.strip()[-1]
    return text, ""


def _best_separator(text: str) -> str:
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:10]
    return max(_SEPARATORS, key=lambda s: max((recognised(_cells(line, s)) for line in lines), default=0))


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=lambda separator: recognised(_cells(line, separator)))


def _cells(line: str, separator: str) -> list[str]:
    if line.count(separator) > _MOST_CELLS_A_LINE:
        return []
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    _refuse_wide(text, separator)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotThisFormat(
            f"not CSV at line {line}: {error}; is a quotation mark missing, or a cell far too long?"
        ) from None


def _refuse_wide(text: str, separator: str) -> None:
    if text.count(separator) <= _MOST_CELLS_A_LINE:
        return
    for number, line in enumerate(io.StringIO(text), start=1):
        if line.count(separator) > _MOST_CELLS_A_LINE:
            raise NotThisFormat(f"line {number} has more than {_MOST_CELLS_A_LINE:,} cells")


format = CsvTableFormat()
