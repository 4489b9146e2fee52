"""A typed answer matches a pattern as a whole, with stars for any run of characters and spelling folded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.items import TextAnswer
from quiz.core.question_type import UnusableBody
from quiz.core.text_answers import matches, matching_answer, read_text_answers, right_text, write_text_answers


@pytest.mark.parametrize(
    ("pattern", "typed", "expected"),
    [
        ("F*og", "Fog", True),
        ("F*og", "  Fat dog  ", True),
        ("F*og", "Frogs", False),
        ("F*og", "Fg", False),
        ("[a-z]", "a", False),
        ("[a-z]", "[a-z]", True),
        ("a.c", "abc", False),
        ("Itálie", "ITÁLIE", True),
        ("Itálie", "Italie", True),
        ("*Zahedi", "Mohammad Reza Zahedi", True),
        ("*Zahedi", "Zahedi", True),
        ("*Zahedi", "Zahedi's driver", False),
        ("* Zahedi", "Zahedi", False),
        ("Reza *", "Rezaei Zahedi", False),
        ("*a*b*", "xaxbx", True),
        ("*a*b*", "xbxax", False),
        ("ab*ba", "aba", False),
        ("a**b", "ab", True),
        ("*", "anything", True),
        (r"2\*3", "2*3", True),
        (r"2\*3", "2x3", False),
        (r"\*", "*", True),
        (r"a\b", r"a\b", True),
        ("0", "0", True),
        ("Al-Awsat", "al–awsat", True),
        ('"Yes"', "“yes”", True),
        ("إيران", "ايران", True),
        ("سوريا", "سُورِيَا", True),
        ("القاهرة", "القاهره", True),
        ("1946", "١٩٤٦", True),
        ("Straße", "STRASSE", True),
    ],
)
def test_a_pattern_accepts_what_it_should(pattern, typed, expected):
    assert matches(pattern, typed) is expected


@pytest.mark.parametrize(("pattern", "typed"), [("CO", "Co"), ("c*", "Co"), ("Itálie", "ITÁLIE")])
def test_capitals_count_where_they_are_told_to(pattern, typed):
    assert not matches(pattern, typed, case_sensitive=True)


def test_accents_are_folded_even_where_capitals_count():
    assert matches("Itálie", "Italie", case_sensitive=True)


@given(
    st.lists(st.sampled_from(["a", "b", "*", r"\*", "ab"]), max_size=12), st.text(alphabet="ab", max_size=12)
)
def test_a_star_at_the_end_accepts_whatever_follows(parts, rest):
    pattern = "".join(parts)
    accepted = pattern.replace(r"\*", "*")

    assert matches(pattern, accepted)
    assert matches(pattern + "*", accepted + rest)


@given(st.text(max_size=30))
def test_an_answer_accepts_itself(text):
    pattern = text.replace("*", "\\*")

    assert matches(pattern, text) or "\\*" in text


def test_many_stars_are_not_slow():
    started = time.process_time()

    assert not matches("*a" * 50 + "b", "a" * 500)

    assert time.process_time() - started < 1


def test_the_first_answer_that_matches_counts():
    answers = (TextAnswer("Awsat", 0.5), TextAnswer("*Awsat", 1.0), TextAnswer("*", 0.0, "Look again."))
    found = [matching_answer(answers, t, case_sensitive=False) for t in ("awsat", "Al-Awsat", "Hayat")]

    assert found == list(answers)


def test_no_answer_matches_what_none_accepts():
    assert matching_answer((TextAnswer("a"),), "b", case_sensitive=False) is None


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (
            (TextAnswer("half", 0.5), TextAnswer("*Zahedi"), TextAnswer("Mohammad Reza Zahedi")),
            "Mohammad Reza Zahedi",
        ),
        ((TextAnswer("*Zahedi"),), "…Zahedi"),
        ((TextAnswer(r"2\*3"),), "2*3"),
    ],
)
def test_the_right_answer_is_told_as_a_person_would_write_it(answers, shown):
    assert right_text(answers) == shown


def test_answers_survive_their_way_through_a_file():
    answers = (TextAnswer("a"), TextAnswer("b", 0.25, "Nearly."), TextAnswer("c", 0.0))

    assert read_text_answers({"answers": write_text_answers(answers)}) == answers


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([], "answers needs at least 1 entries"),
        ([{"text": "a", "fraction": 0.5}], "one of the answers must earn the full mark"),
        ([{"text": "a"}, {"text": " "}], "answers 2: text is missing"),
        ([{"text": "a", "fraction": 2}], "answers 1: fraction must be a number from 0 to 1, not 2"),
        (
            [{"text": "a", "right": True}],
            "answers 1: right is not a field here; known are text, fraction, feedback",
        ),
    ],
)
def test_answers_that_make_no_question_are_refused_with_their_place(rows, complaint):
    with pytest.raises(UnusableBody) as caught:
        read_text_answers({"answers": rows})

    assert str(caught.value) == complaint
    assert caught.value.field == "answers"
