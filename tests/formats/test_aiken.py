from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.items import Choose, EnterText, Item, Judge, Option, TextAnswer
from quiz.formats.aiken import format as aiken

SAMPLE = Path(__file__).parents[1] / "samples/aiken/rivers.aiken"


def right_of(text: str) -> str:
    (item,) = aiken.read(text.encode()).items
    assert isinstance(item.interaction, Choose)
    return next(option.text for option in item.interaction.options if option.fraction == 1)


def told(text: str) -> list[tuple[str, int | None]]:
    return [(remark.severity, remark.line) for remark in aiken.read(text.encode()).remarks]


def test_the_sample_comes_back_the_same():
    reading = aiken.read(SAMPLE.read_bytes())

    assert len(reading.items) == 2
    assert aiken.read(aiken.write(reading.items).data) == reading


@pytest.mark.parametrize("said", ["ANSWER: B", "ANSWER:B", "ANSWER: B and C", "ANSWER: b", "Answer: B"])
def test_the_first_letter_names_the_right_option(said):
    assert right_of(f"Q?\nA. x\nB.y\n{said}") == "y"


@pytest.mark.parametrize("said", ["ANSWER: D", "ANSWER:", "ANSWER: 2"])
def test_an_answer_that_is_none_of_the_options_is_refused_with_its_line(said):
    assert told(f"Q?\nA. x\nB. y\n{said}\n\nR?\nA. x\nB. y\nANSWER: A") == [("error", 4)]


def test_a_question_over_two_lines_is_joined_and_told():
    assert aiken.read(b"One\ntwo?\nA. x\nB. y\nANSWER: A").items[0].prompt == "One\ntwo?"
    assert told("One\ntwo?\nA. x\nB. y\nANSWER: A") == [("warning", 1)]


def test_a_question_without_its_answer_loses_no_other():
    reading = aiken.read(b"Q?\nA. x\nB. y\n\nR?\nA. x\nB. y\nANSWER: A")

    assert [item.prompt for item in reading.items] == ["R?"]
    assert [(remark.severity, remark.line) for remark in reading.remarks] == [("error", 1)]


def test_a_question_that_looks_like_an_option_is_read():
    assert aiken.read(b"A. Lincoln was?\nA. x\nB. y\nANSWER: A").items[0].prompt == "A. Lincoln was?"


def test_html_is_plain_text():
    item = aiken.read(b"<b>Q</b>?\nA. x\nB. y\nANSWER: A").items[0]

    assert (item.prompt, item.prompt_format) == ("<b>Q</b>?", "plain")


def test_26_options_are_read():
    options = "\n".join(f"{letter}. {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    assert right_of(f"Q?\n{options}\nANSWER: Z") == "Z"


def test_a_statement_becomes_two_options_and_that_is_told():
    writing = aiken.write([Item("It flows north.", Judge(True))])

    assert writing.data == b"It flows north.\nA. True\nB. False\nANSWER: A\n"
    assert ["choice" in remark.text for remark in writing.remarks] == [True]


@pytest.mark.parametrize(
    "interaction",
    [
        EnterText((TextAnswer("a"),)),
        Choose((Option("a", 1.0), Option("b", 1.0))),
        Choose((Option("a", 1.0), Option("b", 0.5))),
        Choose((Option("a", 0.5), Option("b", 0.5)), several=True),
    ],
)
def test_what_has_not_exactly_one_right_option_is_left_out(interaction):
    assert [remark.severity for remark in aiken.write([Item("Q?", interaction)]).remarks] == ["error"]
