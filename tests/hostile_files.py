"""Files that mean harm, or are only enormous: what a reader must refuse, or read, quickly and in little memory."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO

import zstandard

from quiz.core.question_table.writing import example_items
from quiz.formats import FORMATS

_SHEET = "xl/worksheets/sheet1.xml"
_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def _workbook(change: Callable[[bytes], bytes]) -> bytes:
    """Return a good workbook whose sheet was changed."""
    package = zipfile.ZipFile(BytesIO(FORMATS["xlsx_table"].write(example_items()).data))
    return zipped(
        (name, change(package.read(name)) if name == _SHEET else package.read(name))
        for name in package.namelist()
    )


def _with_row(row: bytes) -> bytes:
    return _workbook(lambda sheet: sheet.replace(b"</sheetData>", row + b"</sheetData>"))


def _long_cell() -> bytes:
    text = os.urandom(2_500_000).hex().encode()
    return _with_row(b'<row r="50"><c r="A50" t="inlineStr"><is><t>' + text + b"</t></is></c></row>")


def _zstd_bomb() -> bytes:
    bomb = zstandard.ZstdCompressor().compress(b"\0" * 200_000_000)
    return zipped([("collection.anki21b", bomb), ("collection.anki2", b"")])


REFUSED: dict[str, Callable[[], bytes]] = {
    "a table with a cell of 5 MB": lambda: b'question,option_1,correct\n"' + b"x" * 5_000_000 + b'",a,A\n',
    "a table with a million columns": lambda: b"question,correct\n" + b"," * 1_000_000 + b"\n",
    "a heading of a million columns": lambda: b",".join(b"c%d" % i for i in range(1_000_000)),
    "XML with entities": lambda: _ENTITIES + b"<quiz><question>&b;</question></quiz>",
    "XML 200,000 elements deep": lambda: b"<quiz>" + b"<a>" * 200_000,
    "an item with an outside entity": lambda: (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    ),
    "a workbook that is a bomb": lambda: zipped([("xl/workbook.xml", b"<a/>"), (_SHEET, b" " * 100_000_000)]),
    "a deck that is a bomb": lambda: zipped([("collection.anki2", b"\0" * 100_000_000)]),
    "a deck with a bomb inside": _zstd_bomb,
    "a package with a path out of it": lambda: zipped([("../x", b"1"), ("collection.anki2", b"x")]),
    "a package of 3,000 files": lambda: zipped((f"{i}.xml", b"<a/>") for i in range(3_000)),
    "a workbook cut off": lambda: FORMATS["xlsx_table"].write([]).data[:-200],
    "a workbook with entities": lambda: _workbook(
        lambda sheet: _ENTITIES + sheet[sheet.index(b"<worksheet") :]
    ),
    "five million NULs": lambda: b"\0" * 5_000_000,
}
"""Each must be refused as a whole, or lose the one place with an error; never be taken for a question."""

ENORMOUS: dict[str, Callable[[], bytes]] = {
    "a stem of 5 MB": lambda: b"x" * 5_000_000 + b"{=a}",
    "two million braces": lambda: b"{" * 2_000_000,
    "a million options": lambda: b"q{" + b"~a" * 1_000_000 + b"}",
    "three million backslashes": lambda: b"\\" * 3_000_000 + b"{}",
    "150,000 gaps that never end": lambda: b"{1:SA:" * 150_000,
    "100,000 gaps": lambda: b"{1:SA:=a}" * 100_000,
    "three million lines": lambda: b"a\n" * 3_000_000,
    "400,000 blocks": lambda: b"a\n\n" * 400_000,
    "300,000 attributes": lambda: b"<quiz " + b" ".join(b'a%d="1"' % i for i in range(300_000)) + b"/>",
    "300,000 options of a kind": lambda: b"stem\n" + b"A. x\n" * 300_000 + b"ANSWER: A\n",
    "200,000 numbered questions": lambda: b"1. q\n" * 200_000,
    "a sheet that says it is full": lambda: _workbook(
        lambda sheet: re.sub(rb"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>', sheet)
    ),
    "a cell in the last row": lambda: _with_row(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "a cell in the last column": lambda: _with_row(b'<row r="100"><c r="XFD100"><v>1</v></c></row>'),
    "a sheet with a cell of 5 MB": _long_cell,
}
"""Some of these may be read; all must come back soon."""
