"""Ordering: a place for every step, and the authors' order kept to the key."""

from __future__ import annotations

import pytest

from quiz.core.items import Arrange, Item
from quiz.core.presentation import token_for
from quiz.core.question_type import UnreadableResponse
from quiz.question_types.ordering import GRADING_LABELS, question_type

STEPS = [
    {"id": "first", "text": "Egypt and Syria united"},
    {"id": "second", "text": "The union ended"},
    {"id": "third", "text": "The Baath party took power"},
]
BODY = question_type.body_from_plain({"steps": STEPS})


def _places(**place_of: str) -> dict[str, list[str]]:
    return {f"answer-{token_for('seed', step_id)}": [place] for step_id, place in place_of.items()}


def test_places_become_an_order():
    submitted = _places(first="2", second="3", third="1")

    assert question_type.read_response(BODY.ask, submitted, "seed") == ["third", "first", "second"]


@pytest.mark.parametrize(
    ("places", "complaint"),
    [
        ({"first": "1", "second": "1", "third": "2"}, "Place 1 is taken twice; give every step its own"),
        ({"first": "1"}, "Give every step a place; 2 of them have none yet"),
        ({"first": "1", "second": "2", "third": "4"}, "Give every step a place from 1 to 3"),
        ({"first": "1", "second": "2", "third": "last"}, "Give every step a place from 1 to 3"),
    ],
)
def test_places_that_make_no_order_are_told_what_is_missing(places, complaint):
    with pytest.raises(UnreadableResponse) as caught:
        question_type.read_response(BODY.ask, _places(**places), "seed")

    assert str(caught.value) == complaint


def test_by_default_each_pair_in_the_right_order_counts():
    assert question_type.grade(*BODY, ["second", "first", "third"]).fraction == pytest.approx(2 / 3)


def test_the_ask_is_the_same_in_whatever_order_the_steps_are_right():
    other = question_type.body_from_plain({"steps": STEPS[::-1]})

    assert question_type.ask_to_json(other.ask) == question_type.ask_to_json(BODY.ask)


def test_the_page_meets_each_order_about_equally_often():
    orders = [tuple(step.text for step in question_type.present(BODY.ask, str(n))) for n in range(600)]

    assert len(set(orders)) == 6
    assert all(60 < orders.count(order) < 140 for order in set(orders))


def test_every_way_of_marking_has_a_name_for_authors():
    item = Item("In order?", Arrange(("a", "b"), "relative_next_exclude_last"))

    assert question_type.to_item("In order?", question_type.from_item(item)) == item
    assert all(GRADING_LABELS.values())


def test_a_review_tells_what_belongs_to_each_place():
    lines = question_type.review_lines(*BODY, ["second", "first", "third"])

    assert [(line.asked, line.given, line.right, line.fraction) for line in lines] == [
        ("1", "The union ended", "Egypt and Syria united", 0),
        ("2", "Egypt and Syria united", "The union ended", 0),
        ("3", "The Baath party took power", "The Baath party took power", 1),
    ]
