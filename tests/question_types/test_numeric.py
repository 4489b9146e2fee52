"""Numeric: numbers are kept as plain decimal text, and told with unit and tolerance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quiz.core.items import EnterNumber, Item, NumberAnswer
from quiz.core.question_type import UnreadableResponse, UnusableBody
from quiz.question_types.numeric import question_type

DISTANCE = question_type.body_from_plain({"answers": [{"value": 1234, "tolerance": 0.5}], "unit": "km"})


@pytest.mark.parametrize("typed", ["1234", "1 234", "1,234.0", "1.234e3", "km 1234", "1234 km", "١٢٣٤"])
def test_a_number_is_stored_in_one_way_however_it_was_typed(typed):
    assert question_type.read_response(DISTANCE.ask, {"answer": [typed]}, "seed") == "1234"


def test_a_comma_that_may_be_either_is_asked_about_and_costs_nothing():
    with pytest.raises(UnreadableResponse, match=r"write 1234 or 1\.234"):
        question_type.read_response(DISTANCE.ask, {"answer": ["1,234"]}, "seed")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"value": 1946}, "1946"),
        ({"value": 100, "tolerance": 0.5}, "100 ± 0.5"),
        ({"value": 7, "tolerance": 0.1, "tolerance_type": "relative"}, "7 ± 10 %"),
        ({"value": 7, "tolerance": 1, "tolerance_type": "geometric"}, "7 ×÷ 2"),
    ],
)
def test_the_right_answer_is_told_with_its_tolerance(answer, shown):
    body = question_type.body_from_plain({"answers": [answer], "unit": "km"})

    assert question_type.review_lines(*body, None)[0].right == f"{shown} km"


def test_the_first_number_that_it_lies_within_counts():
    answers = [{"value": 10, "tolerance": 1, "fraction": 0.5}, {"value": 10, "tolerance": 5}]
    body = question_type.body_from_plain({"answers": answers})

    assert [question_type.grade(*body, number).fraction for number in ("10", "12", "16")] == [0.5, 1, 0]


def test_an_asterisk_takes_what_is_left_and_is_never_the_right_answer():
    answers = [{"value": 10}, {"value": "*", "fraction": 0, "feedback": "Count again."}]
    body = question_type.body_from_plain({"answers": answers})

    assert question_type.grade(*body, "10").feedback == ()
    assert question_type.grade(*body, "11").feedback == ("Count again.",)
    with pytest.raises(UnusableBody):
        question_type.body_from_plain({"answers": [{"value": "*"}]})


def test_units_with_a_factor_are_not_dropped_in_silence():
    item = Item("How long?", EnterNumber((NumberAnswer("2"),), units=(("m", 1.0), ("cm", 100.0))))

    assert question_type.from_item(item) is None


def test_a_number_from_a_file_keeps_its_digits():
    body = question_type.body_from_plain({"answers": [{"value": Decimal("0.10"), "tolerance": "0.010"}]})

    assert question_type.body_to_plain(body) == {"answers": [{"value": "0.10", "tolerance": "0.010"}]}


def test_a_plain_number_goes_to_a_file_as_a_number():
    body = question_type.body_from_plain({"answers": [{"value": "1946", "tolerance": "0.5"}]})

    assert question_type.body_to_plain(body) == {"answers": [{"value": 1946, "tolerance": 0.5}]}


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ({"value": "many"}, "“many” is not a number; write it like 1234.5"),
        ({}, "answers 1: value is missing"),
        ({"value": 1, "tolerance": -1}, "answers 1: tolerance can't be below zero"),
        ({"value": 1, "fraction": 0.5}, "one of the answers must earn the full mark"),
    ],
)
def test_numbers_that_make_no_question_are_refused(answer, complaint):
    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain({"answers": [answer]})

    assert str(caught.value) == complaint
    assert caught.value.field == "answers"
