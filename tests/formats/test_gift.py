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
    Inform,
    Item,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.formats.gift import format as gift

SAMPLE = Path(__file__).parents[1] / "samples/gift/rivers.gift"


def read_one(text: str) -> Item:
    reading = gift.read(text.encode())
    assert len(reading.items) == 1, reading.remarks
    return reading.items[0]


def remarks_of(text: str) -> list[tuple[str, int | None]]:
    return [(remark.severity, remark.line) for remark in gift.read(text.encode()).remarks]


def answers_of(text: str) -> list[tuple[str, float]]:
    interaction = read_one(text).interaction
    assert isinstance(interaction, Choose)
    return [(option.text, option.fraction) for option in interaction.options]


def test_the_sample_is_read_whole_and_comes_back_the_same():
    reading = gift.read(SAMPLE.read_bytes())
    writing = gift.write(reading.items)

    assert [type(item.interaction) for item in reading.items] == [
        Choose, Choose, Judge, EnterText, EnterNumber, Match, Arrange, Write, Inform,
    ]  # fmt: skip
    assert reading.remarks == writing.remarks == []
    assert gift.read(writing.data) == reading


def test_ids_tags_and_categories_are_read():
    item = read_one("$CATEGORY: geo/rivers\n\n// [id:a\\]b] [tag:one] [tag:two words]\nQ {T}")

    assert (item.id, item.tags, item.category) == ("a]b", ("one", "two words"), "geo/rivers")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"50\% \\ \: \# \= \{ \} \~ \n.", "50\\% \\ : # = { } ~ \n."),
        (r"C:\\maps", "C:\\maps"),
        (r"\\neq", "\\neq"),
        ("&&058;", "&&058;"),
    ],
)
def test_only_seven_signs_are_escaped(written, meant):
    assert read_one(written).prompt == meant


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_read(ending):
    assert len(gift.read(ending.join(["\ufeffA {T}", "", "B {F}"]).encode()).items) == 2


def test_what_is_not_utf8_is_refused_with_its_line():
    with pytest.raises(NotThisFormat, match="line 2"):
        gift.read(b"A {T}\nB\xe9 {T}")


def test_a_format_before_a_text_is_read_in_small_letters_only():
    assert read_one("[html]<b>Q</b>{T}").prompt_format == "html"
    assert read_one("[HTML]Q{T}").prompt == "[HTML]Q"


def test_text_after_the_answers_makes_a_blank():
    assert read_one("The {=cat} sat.").prompt == "The _____ sat."
    assert read_one("The cat {=sat}").prompt == "The cat"


@pytest.mark.parametrize(("written", "truth"), [("T", True), ("TRUE", True), ("F", False), ("FALSE", False)])
def test_four_words_are_true_or_false(written, truth):
    assert read_one(f"Q {{{written}#wrong#right####all}}").interaction == Judge(truth, "right", "wrong")


def test_other_words_for_true_are_short_answers_and_told():
    assert read_one("Q {true}").interaction == EnterText((TextAnswer("true"),))
    assert remarks_of("Q {true}") == [("warning", 1)]


def test_weights_are_read_from_moodles_list():
    assert answers_of("Q {=a ~%25%b ~%-33.33333%c ~d}") == [
        ("a", 1),
        ("b", 0.25),
        ("c", -0.3333333),
        ("d", 0),
    ]


def test_a_rounded_third_is_read_as_a_third_and_told():
    assert answers_of("Q {~%33%a ~%33.33333%b ~%33.33333%c}")[0] == ("a", 0.3333333)
    assert remarks_of("Q {~%33%a ~%33.33333%b ~%33.33333%c}") == [("warning", 1)]


def test_a_weight_over_100_loses_the_question_but_no_other():
    reading = gift.read(b"Q {~%150%a ~b}\n\nR {T}")

    assert len(reading.items) == 1
    assert [(remark.severity, remark.line) for remark in reading.remarks] == [("error", 1)]


def test_a_weight_after_an_equals_sign_is_text_in_a_choice():
    assert answers_of("Q {=%50%a ~b}") == [("%50%a", 1), ("b", 0)]
    assert remarks_of("Q {=%50%a ~b}") == [("warning", 1)]


def test_an_equals_sign_within_an_option_begins_another_and_is_told():
    assert answers_of("Q {~x=2}") == [("x", 0), ("2", 1)]
    assert remarks_of("Q {~x=2}") == [("warning", 1)]


def test_without_a_full_mark_several_can_be_chosen():
    assert read_one("Q {~%50%a ~%50%b}").interaction == Choose(
        (Option("a", 0.5), Option("b", 0.5)), several=True
    )


@pytest.mark.parametrize(
    ("written", "value", "tolerance"),
    [("3:2", "3", "2"), ("1..5", "3", "2"), ("0", "0", "0"), ("-1.5:.5", "-1.5", "0.5"), ("1e3", "1e3", "0")],
)
def test_numbers_are_read_with_their_tolerance(written, value, tolerance):
    assert read_one(f"Q {{#{written}}}").interaction == EnterNumber((NumberAnswer(value, tolerance),))
    assert remarks_of(f"Q {{#{written}}}") == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("5..1", EnterNumber((NumberAnswer("3", "2"),))),
        ("3,14:0.01", EnterNumber((NumberAnswer("3.14", "0.01"),))),
        ("9.8 m/s", EnterNumber((NumberAnswer("9.8", "0"),), unit="m/s")),
    ],
)
def test_a_number_that_moodle_gets_wrong_is_mended_and_told(written, expected):
    assert read_one(f"Q {{#{written}}}").interaction == expected
    assert remarks_of(f"Q {{#{written}}}") == [("warning", 1)]


@pytest.mark.parametrize("written", ["abc", "", "1,234", "1e999"])
def test_what_is_no_number_is_refused_with_its_line(written):
    assert remarks_of(f"\n\nQ {{#{written}}}") == [("error", 3)]


def test_feedback_to_all_other_numbers_is_kept():
    interaction = read_one("Q {#=3#yes ~#no}").interaction

    assert interaction == EnterNumber((NumberAnswer("3", "0", 1.0, "yes"), NumberAnswer("*", "0", 0.0, "no")))


def test_pairs_have_distractors_and_lose_what_has_no_right_side():
    text = "Q {=a\\=1 -> b =c -> d = -> e =f -> }"

    assert read_one(text).interaction == Match((("a=1", "b"), ("c", "d")), ("e",))
    assert remarks_of(text) == [("warning", 1)]


@pytest.mark.parametrize("text", ["Q {=a -> b}", "Q {~a}", "Q {=a}\n=b}", "Q {=a\n\n=b}", "Q }{"])
def test_what_moodle_refuses_is_refused_here(text):
    reading = gift.read(text.encode())

    assert all(isinstance(item.interaction, EnterText) for item in reading.items)
    assert "error" in [remark.severity for remark in reading.remarks] or reading.items


def test_a_blank_line_between_the_braces_is_told_with_both_halves():
    assert remarks_of("Q {\n=a\n\n=b\n}") == [("error", 1), ("error", 4)]


def test_a_question_glued_to_a_category_is_saved():
    item = read_one("$CATEGORY: geo\nQ {T}")

    assert (item.category, item.prompt) == ("geo", "Q")
    assert remarks_of("$CATEGORY: geo\nQ {T}") == [("warning", 1)]


def test_braces_of_latex_are_read_as_text_where_the_answers_are_plain():
    item = read_one(r"What is $\frac{1}{2}$? {=0.5}")

    assert item.prompt == r"What is $\frac{1}{2}$?"
    assert item.interaction == EnterText((TextAnswer("0.5"),))


def test_cloze_gaps_in_gift_are_read_as_gaps_and_told():
    text = "Berlin is in {1:SHORTANSWER:=Germany}."

    assert read_one(text).interaction == Fill("Berlin is in [[1]].", (EnterText((TextAnswer("Germany"),)),))
    assert remarks_of(text) == [("warning", 1)]


def test_an_ordering_question_needs_its_keywords_only():
    interaction = read_one("Q {>3 ALL H ABS HIDE\none = 1\ntwo {2}\nthree\n}").interaction

    assert interaction == Arrange(("one = 1", "two {2}", "three"), "absolute_position")


@pytest.mark.parametrize(
    ("interaction", "lost"),
    [
        (EnterNumber((NumberAnswer("10", "0.1", tolerance_type="relative"),)), "relative tolerance"),
        (EnterNumber((NumberAnswer("10"),), unit="m"), "the units"),
        (EnterText((TextAnswer("a"),), case_sensitive=True), "the case of letters"),
        (Choose((Option("a", 1.0), Option("b")), shuffle=False), "the fixed order"),
        (Choose((Option("a", 1.0), Option("b", is_pinned=True))), "the place of single options"),
    ],
)
def test_what_gift_can_not_say_is_told(interaction, lost):
    writing = gift.write([Item("Q", interaction, title="River")])

    assert [(remark.where, lost in remark.text) for remark in writing.remarks] == [("River", True)]


def test_a_left_side_with_an_arrow_is_left_out_with_an_error():
    writing = gift.write([Item("Q", Match((("a->b", "c"), ("d", "e"))))])

    assert [remark.severity for remark in writing.remarks] == ["error"]
    assert writing.data == b""
