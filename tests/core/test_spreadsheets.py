from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from quiz.core import spreadsheets
from quiz.core.spreadsheets import CUT, LONGEST_TEXT, MOST_COLUMNS, TooManyColumns, workbook
from quiz.core.tables import Column, Table


def table(*rows, title="Scores", names=("name", "points")):
    return Table(title, tuple(Column(name, f"What {name} is") for name in names), iter(rows))


def read(made) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(made)))


def values(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_a_spreadsheet_reads_what_was_written_each_value_of_its_kind():
    noon = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
    book = read(workbook(table(("دينا", 1.5), ("b", None), (True, -2), (noon, 0))))

    assert values(book["Scores"]) == [
        ("name", "points"),
        ("دينا", 1.5),
        ("b", None),
        (True, -2),
        (noon.replace(tzinfo=None), 0),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_stays_text_even_when_it_is_edited(text):
    cell = read(workbook(table((text, 1))))["Scores"]["A2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_no_cell_is_a_formula():
    package = zipfile.ZipFile(io.BytesIO(b"".join(workbook(table(("=1+1", 1), names=("=2", "b"))))))

    assert not [name for name in package.namelist() if "worksheets" in name and b"<f>" in package.read(name)]


def test_characters_that_xml_cannot_hold_are_taken_out_and_the_others_kept():
    text = "a\x00\x0b\x1f\ud800b <&>\"' \ttab\nline 😀"

    assert read(workbook(table((text, 1))))["Scores"]["A2"].value == "ab <&>\"' \ttab\nline 😀"


def test_text_longer_than_a_cell_is_cut_and_the_last_sheet_says_so():
    book = read(workbook(table(("x" * 40_000, 1), ("y" * LONGEST_TEXT, 2))))

    assert len(book["Scores"]["A2"].value) == LONGEST_TEXT
    assert book["Scores"]["A2"].value.endswith(CUT)
    assert book["Scores"]["A3"].value == "y" * LONGEST_TEXT
    assert values(book["About the columns"])[-1][1].startswith("1 texts were longer")


def test_the_last_sheet_says_what_each_column_means():
    book = read(workbook(table(("a", 1))))

    assert values(book["About the columns"]) == [
        ("Column", "Meaning"),
        ("name", "What name is"),
        ("points", "What points is"),
    ]


def test_meanings_are_put_into_the_readers_language_before_their_gaps_are_filled():
    columns = (Column("q1 earned", "{about}: points", "q1"),)

    book = read(workbook(Table("Scores", columns, []), say=lambda text: f"~{text}"))

    assert values(book["~About the columns"])[1] == ("q1 earned", "~q1: points")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c?*[d]:e", "a b c d e"),
        ("'quoted'", "quoted"),
        ("x" * 60, "x" * 31),
        ("", "Sheet"),
        ("///", "Sheet"),
        ("About the columns", "About the columns"),
        ("اختبار", "اختبار"),
    ],
)
def test_any_title_becomes_a_name_that_a_sheet_may_have(title, name):
    assert read(workbook(table(("a", 1), title=title))).sheetnames[0] == name


def test_two_sheets_never_share_a_name():
    names = read(workbook(table(title="about the COLUMNS"))).sheetnames

    assert len({name.casefold() for name in names}) == 2


def test_more_rows_than_a_sheet_holds_go_on_in_another(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)

    book = read(workbook(table(*((f"row {n}", n) for n in range(5)))))

    assert book.sheetnames == ["Scores", "Scores 2", "Scores 3", "About the columns"]
    assert [row[0] for sheet in book.worksheets[:3] for row in values(sheet)[1:]] == [
        f"row {n}" for n in range(5)
    ]


def test_more_columns_than_a_sheet_holds_are_refused_before_anything_is_written():
    with pytest.raises(TooManyColumns):
        workbook(table(names=[f"c{n}" for n in range(MOST_COLUMNS + 1)]))


def test_columns_beyond_z_are_where_they_belong():
    names = [f"c{n}" for n in range(60)]

    assert values(read(workbook(table(range(60), names=names)))["Scores"]) == [tuple(names), tuple(range(60))]


def test_a_table_without_rows_is_a_sheet_with_its_titles():
    assert values(read(workbook(table()))["Scores"]) == [("name", "points")]


def test_the_same_table_makes_the_same_file():
    assert b"".join(workbook(table(("a", 1)))) == b"".join(workbook(table(("a", 1))))


def test_memory_does_not_grow_with_the_rows():
    def peak(count: int) -> int:
        rows = ((f"{n:x<200}", n) for n in range(count))
        tracemalloc.start()
        for _ in workbook(Table("T", (Column("a", ""), Column("b", "")), rows)):
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    # Between the two lie 2 MB of text; by then the buffers have their full size.
    assert peak(15_000) < peak(5_000) + 300_000
