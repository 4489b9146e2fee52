from __future__ import annotations

import pytest

from quiz.core.hand_marking import TypedMark
from quiz.core.marking_sheets import (
    NotASheet,
    SheetRow,
    WrongRow,
    check_row,
    column_of,
    read_sheet,
    sheet_columns,
    sheet_row,
    typed_in,
)
from quiz.core.tables import Table, csv_lines
from tests.core.test_rubrics import FACTS, RUBRIC


def sheet(*rows):
    return "".join(csv_lines(Table("Sheet", sheet_columns(RUBRIC), rows)))


def test_a_sheet_comes_back_as_it_went_out():
    typed = TypedMark("", {"facts": "2", "language": "1"}, "Good,\nbut short.", "")
    (row,) = read_sheet(sheet(sheet_row("abc", "=SUM(1)\nand more", typed, RUBRIC, seen=3, maximum=4.0)))

    assert (row.token, row.line) == ("abc", 2)
    assert typed_in(row, TypedMark(given={}), RUBRIC) == typed
    check_row(row, text="=SUM(1)\nand more", seen=3, maximum=4.0)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_of_any_country_are_read(delimiter):
    (row,) = read_sheet(f"answer{delimiter}points\r\nabc{delimiter}3\r\n")

    assert row.cells == {"answer": "abc", "points": "3"}


def test_what_is_blank_stays_as_it_was():
    row = SheetRow(2, {"answer": "abc", "points": "", "comment": "New.", "note": ""})
    before = TypedMark("3", {"facts": "2"}, "Old.", "Kept.")

    assert typed_in(row, before, RUBRIC) == TypedMark("3", {"facts": "2", "language": ""}, "New.", "Kept.")
    assert not row.is_blank(RUBRIC)
    assert SheetRow(2, {"answer": "abc", "points": ""}).is_blank(RUBRIC)


def test_a_new_level_takes_the_place_of_points_that_were_typed_before():
    row = SheetRow(2, {"answer": "abc", "points": "", column_of(FACTS): "1"})

    assert typed_in(row, TypedMark("3", {"facts": "2", "language": "1"}), RUBRIC).points == ""


@pytest.mark.parametrize("cells", [{"text": "Other."}, {"maximum": "5"}, {"seen": "2"}])
def test_a_row_that_slipped_is_told(cells):
    with pytest.raises(WrongRow):
        check_row(SheetRow(2, cells), text="Text.", seen=1, maximum=4.0)


@pytest.mark.parametrize("text", ["", "points\n1\n", 'answer,points\n"abc'])
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(NotASheet):
        read_sheet(text)
