from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Inform,
    Item,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.formats.text2qti import format as text2qti

SAMPLE = Path(__file__).parents[1] / "samples/text2qti/rivers.md"


def read_one(text: str) -> Item:
    reading = text2qti.read(text.encode())
    assert len(reading.items) == 1, reading.remarks
    return reading.items[0]


def told(text: str) -> list[tuple[str, int | None]]:
    return [(remark.severity, remark.line) for remark in text2qti.read(text.encode()).remarks]


def test_the_sample_is_read_whole_and_comes_back_the_same():
    reading = text2qti.read(SAMPLE.read_bytes())
    writing = text2qti.write(reading.items)

    assert [type(item.interaction) for item in reading.items] == [
        Choose,
        Choose,
        EnterNumber,
        EnterText,
        Write,
    ]
    assert reading.remarks == writing.remarks == []
    assert text2qti.read(writing.data) == reading


def test_what_is_indented_goes_on_with_the_question():
    item = text2qti.read(SAMPLE.read_bytes()).items[0]

    assert item.prompt == "Which river passes Cairo?\n\nThink of its delta."
    assert (item.title, item.points, item.category) == ("Cairo", 2.0, "Rivers")
    assert item.interaction == Choose((Option("the Nile", 1.0, "Yes."), Option("the Tigris")))


def test_comments_are_left_out():
    assert len(text2qti.read(b"% no\nCOMMENT\n1. no\nEND_COMMENT\n1. Q\n____").items) == 1


def test_true_and_false_are_a_statement():
    assert read_one("1. Q\na) True\n*b) False\n... yes").interaction == Judge(False, "yes")


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("5", NumberAnswer("5")),
        ("1.41 +- 0.01", NumberAnswer("1.41", "0.01")),
        ("10 +- 1%", NumberAnswer("10", "0.01", tolerance_type="relative")),
        ("[1, 3]", NumberAnswer("2", "1")),
    ],
)
def test_numbers_have_their_tolerance_in_four_ways(written, answer):
    assert read_one(f"1. Q\n= {written}").interaction == EnterNumber((answer,))


@pytest.mark.parametrize("written", ["[3, 1]", "many", "1 +- x"])
def test_what_is_no_number_is_refused_with_its_line(written):
    assert told(f"\n1. Q\n= {written}") == [("error", 2)]


@pytest.mark.parametrize(
    "body",
    ["a) x\nb) y", "*a) x\n*b) y", "[ ] x\n[ ] y", "*a) x\n[*] y", "", "*a)\nb) y"],
)
def test_a_question_without_a_clear_key_loses_no_other(body):
    reading = text2qti.read(f"1. Q\n{body}\n\n2. R\n____".encode())

    assert [item.prompt for item in reading.items] == ["R"]
    assert [(remark.severity, remark.line) for remark in reading.remarks] == [("error", 1)]


@pytest.mark.parametrize(
    "text", ["![x](/etc/passwd)", "![x](picture.png)", "    ```{.python .run}\n    x\n    ```"]
)
def test_pictures_from_elsewhere_and_code_to_run_are_refused(text):
    assert told(f"1. Q\n    {text}\n*a) x\nb) y") == [("error", 1)]


def test_a_group_is_read_as_its_questions_and_told():
    reading = text2qti.read(b"GROUP\npick: 1\npoints per question: 3\n1. Q\n____\n2. R\n____\nEND_GROUP")

    assert [item.points for item in reading.items] == [3.0, 3.0]
    assert [remark.severity for remark in reading.remarks] == ["warning"]


def test_a_line_that_is_not_indented_is_joined_and_told():
    assert read_one("1. Q\nmore\n____").prompt == "Q\nmore"
    assert told("1. Q\nmore\n____") == [("warning", 2)]


def test_a_file_without_a_question_is_refused():
    with pytest.raises(NotThisFormat):
        text2qti.read(b"")


def test_texts_that_look_like_signs_do_no_harm():
    item = Item("1. no\n*a) no\n= 3\nCOMMENT\n____", Choose((Option("[*] x", 1.0), Option("... y"))))

    assert text2qti.read(text2qti.write([item]).data).items == [item]


def test_unequal_weights_are_told():
    item = Item("Q", Choose((Option("a", 0.75), Option("b", 0.25), Option("c")), several=True))

    assert ["weights" in remark.text for remark in text2qti.write([item]).remarks] == [True]


def test_a_text_only_region_is_read():
    assert read_one("Text title: T\nText: hello").interaction == Inform()


def test_wildcards_are_told():
    item = Item("Q", EnterText((TextAnswer("N*le"),)))

    assert ["wildcard" in remark.text for remark in text2qti.write([item]).remarks] == [True]
