from __future__ import annotations

import pytest

from quiz.core.items import Item, Write
from quiz.core.question_type import UnreadableResponse, UnusableBody
from quiz.question_types.essay import LONGEST_ESSAY, question_type
from quiz.question_types.information import question_type as information
from tests.question_pages import page_of


def body(**plain):
    return question_type.body_from_plain(plain)


def read(ask, text):
    return question_type.read_response(ask, {"answer": [text]}, "amal")


def test_no_key_marks_it():
    ask, key = body()

    assert question_type.marking == "by_hand"
    assert question_type.grade(ask, key, "By ferry.") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one two", "2 words, of at least 3"),
        ("one two three", None),
        ("one two  three\nfour", None),
        ("one two three four five", "5 words, of 4 at most"),
        ("كلمة واحدة", "2 words, of at least 3"),
    ],
)
def test_too_few_and_too_many_words_are_told_and_kept(text, told):
    ask, _ = body(min_words=3, max_words=4)

    (line,) = question_type.answer_lines(ask, read(ask, text))

    assert line.given == text
    assert (str(line.remark) if line.remark else None) == told


def test_a_long_essay_is_read_whole_and_only_far_above_refused():
    ask, _ = body(max_words=10)

    assert len(read(ask, "x" * LONGEST_ESSAY)) == LONGEST_ESSAY
    with pytest.raises(UnreadableResponse, match="20001|characters"):
        read(ask, "x" * (LONGEST_ESSAY + 1))


def test_a_form_and_a_script_send_the_same_lines():
    ask, _ = body()

    assert read(ask, "one\r\ntwo\r\n") == read(ask, "one\ntwo") == "one\ntwo"


def test_what_stands_in_the_field_at_first_is_no_answer():
    ask, _ = body(template="First …\nThen …")

    assert read(ask, "First …\r\nThen …") is None
    assert read(ask, "First …\nThen a bridge.") == "First …\nThen a bridge."


def test_learners_see_the_rubric_only_where_they_are_to():
    rubric = [{"title": "Facts", "points": 2}]

    assert body(rubric=rubric).ask.rubric == ()
    assert [c.title for c in body(rubric=rubric, shows_rubric=True).ask.rubric] == ["Facts"]


def test_the_page_tells_the_limits_and_the_count_without_a_script():
    page = page_of(question_type, body(min_words=3, max_words=4).ask, "amal", {"answer": ["a b c d e"]})

    assert "3 to 4 words" in page
    assert "data-words>5<" in page
    assert "<span data-too-many>" in page and "<span data-too-few hidden>" in page


@pytest.mark.parametrize(
    "plain",
    [
        {"min_words": 0},
        {"max_words": 3001},
        {"min_words": 5, "max_words": 4},
        {"lines": "many"},
        {"lines": True},
    ],
)
def test_limits_that_make_no_sense_are_refused(plain):
    with pytest.raises(UnusableBody):
        body(**plain)


def test_free_writing_from_elsewhere_becomes_an_essay_and_files_do_not():
    taken = question_type.from_item(Item("Why?", Write(10, 20, "Because …", "Be kind.")))

    assert (taken.ask.min_words, taken.ask.max_words, taken.ask.template) == (10, 20, "Because …")
    assert taken.key.notes == "Be kind."
    assert question_type.from_item(Item("Why?", Write(files=1))) is None


def test_information_asks_nothing_and_takes_no_answer():
    ask, key = information.body_from_plain({})

    assert information.marking == "none"
    assert information.read_response(ask, {"answer": ["x"]}, "amal") is None
    assert information.grade(ask, key, "x") is None
    assert information.review_lines(ask, key, None) == ()
