from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from quiz.core.interchange import NotThisFormat, Reading
from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Item,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.packages import open_package, write_package
from quiz.core.question_table.writing import example_items
from quiz.formats.xlsx_table import format as xlsx_table

HEADER = ("question", "type", "option_1", "option_2", "correct")


def book_of(*rows: tuple[object, ...], title: str = "Sheet") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (HEADER, *rows):
        sheet.append(row)
    return book


def bytes_of(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(*rows: tuple[object, ...]) -> Reading:
    return xlsx_table.read(bytes_of(book_of(*rows)))


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    package = open_package(data)
    return write_package((name, package.read(name).replace(old, new, 1)) for name in package.names)


def test_the_template_comes_back_the_same():
    writing = xlsx_table.write(example_items())

    assert xlsx_table.read(writing.data) == Reading(list(example_items()), [])
    assert writing.remarks == []


def test_cells_are_read_as_they_are_shown():
    reading = read(
        ("Seven?", "numeric", None, None, 7.0),
        ("Half?", "numeric", None, None, 0.5),
        ("007?", "short_answer", None, None, "007"),
        ("True?", "true_false", None, None, True),
        ("When?", "short_answer", None, None, datetime(2024, 4, 1)),
    )

    assert [item.interaction for item in reading.items] == [
        EnterNumber((NumberAnswer("7"),)),
        EnterNumber((NumberAnswer("0.5"),)),
        EnterText((TextAnswer("007"),)),
        Judge(True),
        EnterText((TextAnswer("2024-04-01"),)),
    ]


def test_a_formula_without_a_value_is_told():
    reading = read(("=1+1", "essay", None, None, None), ("Q", "single", "a", "b", "A"))

    assert [item.interaction for item in reading.items] == [Choose((Option("a", 1.0), Option("b")))]
    assert "1 formulas have no value" in reading.remarks[0].text


def test_hidden_sheets_are_left_alone_and_told():
    book = book_of(("Q", "essay", None, None, None))
    hidden = book.create_sheet("secret")
    hidden.append(HEADER)
    hidden.append(("R", "essay", None, None, None))
    hidden.sheet_state = "hidden"

    reading = xlsx_table.read(bytes_of(book))

    assert [item.prompt for item in reading.items] == ["Q"]
    assert [(remark.severity, remark.where) for remark in reading.remarks] == [("note", "secret")]


def test_merged_cells_are_told():
    book = book_of(("Q", "single", "a", "b", "A"))
    book.active.merge_cells("C2:D2")  # type: ignore[union-attr]

    assert "merged cells" in xlsx_table.read(bytes_of(book)).remarks[0].text


def test_claimed_dimensions_are_not_believed():
    data = bytes_of(book_of(("Q", "essay", None, None, None)))

    vast = patched(data, b'<dimension ref="A1:E2"', b'<dimension ref="A1:XFD1048576"')

    assert len(xlsx_table.read(vast).items) == 1


def test_entities_are_refused():
    data = bytes_of(book_of(("Q", "essay", None, None, None)))

    with pytest.raises(NotThisFormat, match="DOCTYPE"):
        xlsx_table.read(patched(data, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", write_package([("a.txt", b"x")])])
def test_what_is_no_spreadsheet_is_refused(data):
    with pytest.raises(NotThisFormat):
        xlsx_table.read(data)


def test_a_text_that_no_cell_holds_is_left_out_with_an_error():
    writing = xlsx_table.write([Item("x" * 40_000, Write()), Item("Q", Write())])

    assert [remark.severity for remark in writing.remarks] == ["error"]
    assert [item.prompt for item in xlsx_table.read(writing.data).items] == ["Q"]
