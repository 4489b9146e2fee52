from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Item,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.formats.moodle_cloze import format as moodle_cloze

SAMPLE = Path(__file__).parents[1] / "samples/moodle_cloze/rivers.cloze"


def gaps_of(text: str) -> tuple[object, ...]:
    (item,) = moodle_cloze.read(text.encode()).items
    assert isinstance(item.interaction, Fill)
    return item.interaction.gaps


def test_a_file_is_one_question_with_its_gaps():
    (item,) = moodle_cloze.read(SAMPLE.read_bytes()).items

    assert isinstance(item.interaction, Fill)
    assert item.interaction.template.startswith("Cairo lies on the [[1]], Baghdad on the [[2]].\n")
    assert item.interaction.weights == (1.0, 2.0, 1.0)
    assert item.points == 4.0


def test_the_sample_comes_back_the_same():
    reading = moodle_cloze.read(SAMPLE.read_bytes())

    assert moodle_cloze.read(moodle_cloze.write(reading.items).data) == reading


@pytest.mark.parametrize("name", ["SA", "SHORTANSWER", "MW"])
def test_short_answers_have_three_names(name):
    assert gaps_of(f"{{1:{name}:=a#yes~%50%b}}") == (
        EnterText((TextAnswer("a", 1.0, "yes"), TextAnswer("b", 0.5))),
    )


@pytest.mark.parametrize(("name", "shuffle"), [("MC", False), ("MCV", False), ("MCH", False), ("MCS", True)])
def test_choices_are_shuffled_by_their_name(name, shuffle):
    assert gaps_of(f"{{:{name}:a~=b}}") == (Choose((Option("a"), Option("b", 1.0)), shuffle=shuffle),)


def test_case_counts_where_the_name_says_so():
    assert gaps_of("{1:SAC:=a}") == (EnterText((TextAnswer("a"),), case_sensitive=True),)


def test_a_wrong_option_of_several_undoes_a_right_one():
    (gap,) = gaps_of("{1:MR:=a~=b~c}")

    assert isinstance(gap, Choose)
    assert gap.several
    assert [option.fraction for option in gap.options] == [0.5, 0.5, -0.5]


def test_numbers_have_a_tolerance_and_may_have_a_decimal_comma():
    assert gaps_of("{1:NM:=3,14:0,01~*#no}") == (
        EnterNumber((NumberAnswer("3.14", "0.01"), NumberAnswer("*", "0", 0.0, "no"))),
    )


def test_escapes_work_for_braces_and_hashes_only():
    assert gaps_of(r"{1:SA:=a\}b\#c\~d}") == (EnterText((TextAnswer(r"a}b#c\~d"),)),)


@pytest.mark.parametrize("text", ["{SA:=x}", "{1:sa:=x}", "{1:SA:}", "plain"])
def test_what_is_no_gap_stays_text_and_a_file_without_gaps_is_told(text):
    reading = moodle_cloze.read(text.encode())

    assert reading.items == []
    assert reading.remarks[-1].severity == "error"


def test_what_looks_like_a_gap_beside_a_real_one_is_told():
    reading = moodle_cloze.read(b"{1:SA:=x} and {1:sa:=y}")

    assert [(remark.severity, "{1:sa:=y" in remark.text) for remark in reading.remarks] == [("warning", True)]


@pytest.mark.parametrize(
    "gap", ["{1:NM:=1..5}", "{1:NM:=x}", "{1:SA:a}", "{1:MC:=a}", "{0:SA:=a}", "{1:SA:=a~%200%b}"]
)
def test_a_gap_that_nobody_can_fill_is_refused(gap):
    assert [remark.severity for remark in moodle_cloze.read(gap.encode()).remarks] == ["error"]


def test_only_texts_with_gaps_can_be_written():
    assert [remark.severity for remark in moodle_cloze.write([Item("Q", Write())]).remarks] == ["error"]
