"""Short text: what was typed is kept as it was typed, and graded folded."""

from __future__ import annotations

import pytest

from quiz.question_types.short_text import question_type

PAPER = question_type.body_from_plain(
    {"answers": [{"text": "Asharq Al-Awsat"}, {"text": "*awsat", "fraction": 0.5, "feedback": "In full?"}]}
)


@pytest.mark.parametrize("typed", ["  ", "", "\t\n"])
def test_white_space_is_no_answer(typed):
    assert question_type.read_response(PAPER.ask, {"answer": [typed]}, "seed") is None


def test_zero_is_an_answer():
    assert question_type.read_response(PAPER.ask, {"answer": ["0"]}, "seed") == "0"


def test_the_response_keeps_its_spelling():
    assert (
        question_type.read_response(PAPER.ask, {"answer": [" ASHARQ al–Awsat "]}, "seed") == "ASHARQ al–Awsat"
    )


@pytest.mark.parametrize(
    ("response", "earned", "feedback"),
    [("ASHARQ al–Awsat", 1, ()), ("Al Awsat", 0.5, ("In full?",)), ("An-Nahar", 0, ())],
)
def test_the_first_answer_that_matches_counts(response, earned, feedback):
    mark = question_type.grade(*PAPER, response)

    assert (mark.fraction, mark.feedback) == (earned, feedback)


def test_an_authors_row_without_a_share_is_fully_right():
    rows = [
        {"text": "Cairo", "fraction": None, "feedback": ""},
        {"text": " ", "fraction": 0.5, "feedback": ""},
    ]

    body = question_type.body_from_form({"answers": rows, "case_sensitive": False})

    assert question_type.body_to_plain(body) == {"answers": [{"text": "Cairo"}]}
