"""Date: as precise as is asked for, no more and no less."""

from __future__ import annotations

import pytest

from quiz.core.question_type import UnusableBody
from quiz.question_types.date import question_type
from tests.question_pages import Elements, page_of

STRIKE = question_type.body_from_plain({"answer": "2024-04-01"})


@pytest.mark.parametrize(
    ("answer", "precision"), [("2024-04-01", "day"), ("2024-04", "month"), ("2024", "year")]
)
def test_the_precision_follows_from_the_answer(answer, precision):
    assert question_type.body_from_plain({"answer": answer}).ask.precision == precision


@pytest.mark.parametrize(
    "written",
    [
        {"answer": "2024-04", "precision": "day"},
        {"answer": "April"},
        {"answer": "2024-02-30"},
        {"answer": ""},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(written):
    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain(written)

    assert caught.value.field == "answer"


@pytest.mark.parametrize(
    "submitted",
    [
        {"answer-day": ["1"], "answer-month": ["4"], "answer-year": ["2024"]},
        {"answer-day": ["01"], "answer-month": ["April"], "answer-year": ["2024"]},
        {"answer-day": ["١"], "answer-month": ["نيسان"], "answer-year": ["٢٠٢٤"]},
    ],
)
def test_a_date_is_stored_in_one_way_however_it_was_typed(submitted):
    assert question_type.read_response(STRIKE.ask, submitted, "seed") == "2024-04-01"


def test_a_date_is_told_in_words():
    [line] = question_type.review_lines(*STRIKE, "2023-12-25")

    assert (line.given, line.right, line.fraction) == ("25 December 2023", "1 April 2024", 0)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("2024-04-01", ["answer-day", "answer-month", "answer-year"]),
        ("2024-04", ["answer-month", "answer-year"]),
        ("2024", ["answer-year"]),
    ],
)
def test_the_page_asks_for_as_much_as_is_wanted(answer, names):
    ask, _ = question_type.body_from_plain({"answer": answer})

    assert [control["name"] for control in Elements(page_of(question_type, ask, "seed")).controls()] == names
