from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone

import pytest

from quiz.core.tables import Column, Table, csv_lines, is_formula, json_lines, ndjson_lines


def table(*rows, names=("name", "points")):
    return Table("Scores", tuple(Column(name, "") for name in names), iter(rows))


def read_csv(lines) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


def test_csv_has_the_names_first_and_reads_back_whatever_is_in_its_cells():
    awkward = 'A "quoted", long\nname'

    assert read_csv(csv_lines(table((awkward, 1.5), ("دينا", None)))) == [
        ["name", "points"],
        [awkward, "1.5"],
        ["دينا", ""],
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "-"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_in_csv(text):
    assert read_csv(csv_lines(table((text, 1))))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", ["1-1", "a=b", "amal@example.org", "’=1", ""])
def test_other_text_is_left_as_it_is_in_csv(text):
    assert read_csv(csv_lines(table((text, 1))))[1][0] == text


def test_numbers_are_never_taken_for_formulas():
    assert read_csv(csv_lines(table(("a", -1.5), ("b", -3))))[1:] == [["a", "-1.5"], ["b", "-3"]]


def test_names_of_columns_are_neutralised_like_any_other_text():
    assert read_csv(csv_lines(table(names=("=cmd()", "b"))))[0] == ["'=cmd()", "b"]


def test_csv_begins_with_a_byte_order_mark_only_where_it_is_wanted():
    assert "".join(csv_lines(table(("a", 1)), with_mark=True)).startswith("\ufeffname")
    assert "".join(csv_lines(table(("a", 1)))).startswith("name")


def test_times_are_iso_8601_in_utc_in_every_text_format():
    beirut = datetime(2026, 5, 3, 15, 0, 1, tzinfo=timezone(timedelta(hours=3)))

    assert read_csv(csv_lines(table((beirut, 1))))[1][0] == "2026-05-03T12:00:01Z"
    assert json.loads("".join(json_lines(table((beirut, 1)))))[0]["name"] == "2026-05-03T12:00:01Z"


def test_truth_is_written_as_true_and_false():
    assert read_csv(csv_lines(table((True, False))))[1] == ["true", "false"]


def test_json_is_one_array_of_objects_with_their_kinds_kept():
    rows = (("=1+1", 1.5), ("دينا", None), (True, -2))

    assert json.loads("".join(json_lines(table(*rows)))) == [
        {"name": "=1+1", "points": 1.5},
        {"name": "دينا", "points": None},
        {"name": True, "points": -2},
    ]


def test_json_without_rows_is_an_empty_array():
    assert json.loads("".join(json_lines(table()))) == []


def test_ndjson_is_one_object_a_line_whatever_the_text_holds():
    lines = "".join(ndjson_lines(table(("two\nlines", 1), ("b", 2)))).splitlines()

    assert [json.loads(line)["name"] for line in lines] == ["two\nlines", "b"]


@pytest.mark.parametrize("lines_of", [csv_lines, json_lines, ndjson_lines])
def test_memory_does_not_grow_with_the_rows(lines_of):
    def peak(count: int) -> int:
        long_table = Table("T", (Column("a", ""), Column("b", "")), (("x" * 200, n) for n in range(count)))
        tracemalloc.start()
        for _ in lines_of(long_table):
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(20_000) < 2 * peak(200) + 20_000


def test_nothing_is_no_formula():
    assert not is_formula("")


def test_times_keep_their_order_as_text():
    early, late = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    texts = [row[0] for row in read_csv(csv_lines(table((early, 1), (late, 1))))[1:]]

    assert texts == sorted(texts)
