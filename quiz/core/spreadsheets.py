"""Spreadsheets (Office Open XML, .xlsx) written from the first row to the last without holding them.

Text is written as inline strings, which a spreadsheet shows and never runs; numbers and times keep their
kind.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from quiz.core.messages import N_, Explained
from quiz.core.tables import Cell, Column, Row, Table, is_formula

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_SHEET_NAME = 31

CUT = "… [cut]"
ABOUT = N_("About the columns")
COLUMN, MEANING, REMARK = N_("Column"), N_("Meaning"), N_("Remark")
TOO_LONG = N_(
    "{count} texts were longer than a cell can be ({most} characters). They are cut here, and whole in CSV."
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
# What XML 1.0 can't hold at all, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A spreadsheet reads _x0041_ as the letter A; so the text "_x0041_" itself needs its underscore written that
# way.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

# Places in the list of cell formats in styles.xml.
_TIME, _QUOTED, _TITLE, _WRAPPED = 1, 2, 3, 4
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment wrapText="1" vertical="top"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class TooManyColumns(Explained):
    """A sheet can't be so wide."""


def workbook(table: Table, *, say: Callable[[str], str] = str) -> Iterator[bytes]:
    """Give the bytes of a workbook with the table and, after it, a sheet that says what its columns mean.

    say: puts our sentences into the reader's language. A table of more rows than a sheet holds goes on in
    another. Text longer than a cell holds is cut, and the last sheet says how often. Raises TooManyColumns
    before anything is given.
    """
    if len(table.columns) > MOST_COLUMNS:
        raise TooManyColumns(
            N_(
                "{count} columns are more than a sheet holds ({most}). Take a row per answer instead, or CSV."
            ),
            count=len(table.columns),
            most=MOST_COLUMNS,
        )
    return _pieces(table, say)


def _pieces(table: Table, say: Callable[[str], str]) -> Iterator[bytes]:
    sink, texts = _Sink(), _Texts()
    names: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[call-overload]
        rows = _Countable(table.rows)
        while not names or not rows.is_over:
            names.append(_sheet_name(table.title, names))
            yield from _sheet(package, sink, len(names), table.columns, rows.up_to(MOST_ROWS - 1), texts)
        names.append(_sheet_name(say(ABOUT), names))
        columns = (Column(say(COLUMN), ""), Column(say(MEANING), ""))
        yield from _sheet(package, sink, len(names), columns, _about(table, texts, say), _Texts(_WRAPPED))
        for name, text in _frame(names):
            package.writestr(_entry(name), text)
    yield sink.taken()


def _sheet(
    package: zipfile.ZipFile,
    sink: _Sink,
    number: int,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    texts: _Texts,
) -> Iterator[bytes]:
    letters = [_letters(index) for index in range(len(columns))]
    titles = "".join(
        texts.cell(f"{a}1", column.name, _TITLE) for a, column in zip(letters, columns, strict=True)
    )
    with package.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
        part.write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}">{_VIEW}{_widths(columns)}'
            f'<sheetData><row r="1">{titles}</row>'.encode()
        )
        for at, row in enumerate(rows, start=2):
            cells = (_cell(f"{a}{at}", value, texts) for a, value in zip(letters, row, strict=True))
            part.write(f'<row r="{at}">{"".join(cells)}</row>'.encode())
            if sink.waiting > 65_536:
                yield sink.taken()
        part.write(b"</sheetData></worksheet>")
    yield sink.taken()


def _about(table: Table, texts: _Texts, say: Callable[[str], str]) -> Iterator[Row]:
    for column in table.columns:
        yield column.name, say(column.meaning).format(about=column.about)
    if texts.cut:
        yield say(REMARK), say(TOO_LONG).format(count=texts.cut, most=LONGEST_TEXT)


# The titles stay in view while the rows are scrolled.
_VIEW = (
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews>"
)


def _widths(columns: tuple[Column, ...]) -> str:
    widths = (min(60, max(10, len(column.name) + 2)) for column in columns)
    cols = (
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    return f"<cols>{''.join(cols)}</cols>"


def _cell(address: str, value: Cell, texts: _Texts) -> str:
    match value:
        case None:
            return ""
        case bool():
            return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{address}"><v>{value!r}</v></c>'
        case datetime():
            days = (value.astimezone(UTC) - _EPOCH).total_seconds() / 86_400
            return f'<c r="{address}" s="{_TIME}"><v>{days:.8f}</v></c>'
        case str():
            return texts.cell(address, value) if value else ""


class _Texts:
    """Text as cells, and how many of them had to be cut. style: of cells that need none of their own."""

    def __init__(self, style: int = 0) -> None:
        self.style = style
        self.cut = 0

    def cell(self, address: str, text: str, style: int | None = None) -> str:
        text = _NOT_XML.sub("", text)
        if len(text) > LONGEST_TEXT:
            text = text[: LONGEST_TEXT - len(CUT)] + CUT
            self.cut += 1
        if style is None:
            # Marked as quoted, the text stays text even when somebody edits the cell.
            style = _QUOTED if is_formula(text) else self.style
        written = escape(_ESCAPE_LIKE.sub("_x005F_", text))
        return (
            f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
        )


class _Countable:
    """Rows that can be taken in parts."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    @property
    def is_over(self) -> bool:
        return self._next is None

    def up_to(self, most: int) -> Iterator[Row]:
        for _ in range(most):
            if self._next is None:
                return
            row, self._next = self._next, next(self._rows, None)
            yield row


class _Sink:
    """Where the package is written. As it can't be sought in, zipfile writes straight on."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self.waiting = 0

    def write(self, data: bytes) -> int:
        self._chunks.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def flush(self) -> None:
        return None

    def taken(self) -> bytes:
        taken, self._chunks, self.waiting = b"".join(self._chunks), [], 0
        return taken


def _entry(name: str) -> zipfile.ZipInfo:
    # With the same date each time, the same table makes the same file.
    entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _letters(index: int) -> str:
    """Return a column's letters: A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_name(title: str, taken: list[str]) -> str:
    """Return the title as a sheet may be called, other than those taken."""
    plain = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", _NOT_XML.sub("", title)).split()).strip("' ") or "Sheet"
    number, name = 1, plain[:LONGEST_SHEET_NAME].strip("' ")
    while name.casefold() in (other.casefold() for other in taken):
        number += 1
        suffix = f" {number}"
        name = plain[: LONGEST_SHEET_NAME - len(suffix)] + suffix
    return name


def _frame(names: list[str]) -> Iterator[tuple[str, str]]:
    """Give the parts that tie the sheets together, by name."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(names) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/>'
        "</Relationships>",
    )
    yield "xl/styles.xml", _STYLES
    yield (
        "_rels/.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{overrides}</Types>',
    )
