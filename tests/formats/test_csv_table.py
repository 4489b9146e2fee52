from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Item,
    ItemFile,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.question_table.writing import example_items
from quiz.formats.csv_table import format as csv_table

SAMPLE = Path(__file__).parents[1] / "samples/csv_table/rivers.csv"
HEADER = "question,type,option_1,option_2,option_3,correct\n"


def read_one(text: str) -> Item:
    reading = csv_table.read(text.encode())
    assert len(reading.items) == 1, reading.remarks
    return reading.items[0]


def told(text: str) -> list[tuple[str, int | None]]:
    return [(remark.severity, remark.line) for remark in csv_table.read(text.encode()).remarks]


def test_a_table_of_another_system_is_read_by_its_header():
    items = csv_table.read(SAMPLE.read_bytes()).items

    assert items[0] == Item(
        "Which river passes Cairo?",
        Choose((Option("the Nile", 1.0), Option("the Tigris"), Option("the Danube"))),
        prompt_format="plain", points=2.0, general_feedback="By its delta",
    )  # fmt: skip
    assert items[1].interaction == Choose(
        (Option("the Nile"), Option("the Tigris", 0.5), Option("the Euphrates", 0.5)), several=True
    )
    assert items[2].interaction == Judge(True)


def test_the_template_has_a_row_of_each_kind_and_comes_back_the_same():
    writing = csv_table.write(example_items())

    assert csv_table.read(writing.data).items == list(example_items())
    assert writing.remarks == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = "question,correct\nQ,true".replace(",", separator)

    assert read_one(text).interaction == Judge(True)


def test_a_separator_named_in_the_first_line_is_taken():
    assert read_one("sep=;\nquestion;correct\nQ, too;true").prompt == "Q, too"


@pytest.mark.parametrize("named", ["B", "b", "2", "b)", "option 2", "Tigris", "tigris"])
def test_the_right_option_is_named_by_letter_number_or_text(named):
    interaction = read_one(f"{HEADER}Q,single,Nile,Tigris,Etna,{named}").interaction

    assert interaction == Choose((Option("Nile"), Option("Tigris", 1.0), Option("Etna")))


def test_a_number_that_is_text_and_place_of_two_options_is_told():
    text = f"{HEADER}Q,single,2,1,3,1"

    assert read_one(text).interaction == Choose((Option("2"), Option("1", 1.0), Option("3")))
    assert told(text) == [("warning", 2)]


@pytest.mark.parametrize("row", ["Q,single,a,b,,D", "Q,single,a,,,A", "Q,unheard of,,,,x", ",single,a,b,,A"])
def test_a_row_that_makes_no_sense_loses_no_other(row):
    reading = csv_table.read(f"{HEADER}{row}\nR,true_false,,,,true".encode())

    assert [item.prompt for item in reading.items] == ["R"]
    assert [(remark.severity, remark.line) for remark in reading.remarks] == [("error", 2)]


def test_wrong_answers_in_columns_of_their_own_stand_beside_the_right_one():
    text = "Question,Correct answer,Incorrect answer 1,Incorrect answer 2\nQ,Nile,Etna,Alps"

    assert read_one(text).interaction == Choose((Option("Nile", 1.0), Option("Etna"), Option("Alps")))


def test_lines_count_also_within_quotation_marks():
    assert told('question,correct\n"two\nlines",true\nR,\nS,maybe not?') == [
        ("note", 2), ("note", 4), ("note", 5),
    ]  # fmt: skip


def test_columns_that_mean_nothing_are_named():
    remarks = csv_table.read(b"question,correct,shoe size\nQ,true,44").remarks

    assert ["'shoe size'" in remark.text for remark in remarks if remark.severity == "warning"] == [True]


def test_a_table_without_a_header_is_refused():
    with pytest.raises(NotThisFormat, match="names the columns"):
        csv_table.read(b"What is it?,yes,no\n")


def test_windows_1252_is_read_and_told():
    reading = csv_table.read("question,correct\nCaf\xe9?,true".encode("cp1252"))

    assert reading.items[0].prompt == "Café?"
    assert reading.remarks[0].severity == "warning"


def test_utf16_of_old_spreadsheets_is_read():
    assert csv_table.read("question\tcorrect\nQ\ttrue".encode("utf-16")).items[0].prompt == "Q"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@you", "'quoted"])
def test_what_a_spreadsheet_would_run_is_kept_from_it_and_comes_back(text):
    item = Item(text, EnterText((TextAnswer(text),)), prompt_format="plain")

    writing = csv_table.write([item])

    assert f",{text}".encode() not in writing.data or text.startswith("'")
    assert csv_table.read(writing.data).items == [item]


@pytest.mark.parametrize(
    "interaction",
    [
        Choose((Option("a", 0.5, "x"), Option("b", -0.3333333)), several=True, shuffle=False),
        EnterNumber((NumberAnswer("0.10", "0.5"), NumberAnswer("*", "0", 0.0, "no")), units=(("m", 1.0),)),
        Fill(
            "[[1]] and [[2]]",
            (EnterText((TextAnswer("a"),)), Choose((Option("b", 1.0), Option("c")))),
            (1.0, 2.0),
        ),
        Match((("a", "b"), ("c", "d")), ("e",)),
        Arrange((" a", "b")),
        Write(min_words=5),
    ],
)
def test_what_no_column_holds_goes_into_the_last(interaction):
    item = Item("Q", interaction, prompt_format="html")

    assert csv_table.read(csv_table.write([item]).data).items == [item]


def test_files_are_lost_and_told():
    item = Item("Q", Write(), files=(ItemFile("a.png", "image/png", b"x"),))

    assert ["files" in remark.text for remark in csv_table.write([item]).remarks] == [True]


@pytest.mark.parametrize("row", [b'"' + b"x" * 5_000_000 + b'"', b"," * 1_000_000])
def test_monstrous_cells_and_rows_are_refused(row):
    with pytest.raises(NotThisFormat, match="line 2"):
        csv_table.read(b"question,correct\n" + row)
