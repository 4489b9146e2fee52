"""Matching: parts earn parts, and right sides that read the same are the same."""

from __future__ import annotations

import pytest

from quiz.core.question_type import UnusableBody
from quiz.question_types.matching import question_type

PAIRS = [
    {"id": "raisi", "left": "Ebrahim Raisi", "right": "19 May 2024"},
    {"id": "abdo", "left": "Hossein Amir-Abdollahian", "right": "19 May 2024"},
    {"id": "zahedi", "left": "Mohammad Reza Zahedi", "right": "1 April 2024"},
    {"id": "mousavi", "left": "Razi Mousavi", "right": "25 December 2023"},
]
DEATHS = question_type.body_from_plain({"pairs": PAIRS, "distractors": ["3 January 2020"]})


def test_one_of_four_earns_a_quarter():
    assert question_type.grade(*DEATHS, {"zahedi": "1 April 2024"}).fraction == 0.25


def test_the_same_right_side_is_offered_once_and_fits_both():
    shown = [right.text for right in question_type.present(DEATHS.ask, "seed").rights]

    assert sorted(shown) == ["1 April 2024", "19 May 2024", "25 December 2023", "3 January 2020"]
    assert question_type.grade(*DEATHS, {"raisi": "19 May 2024", "abdo": "19 May 2024"}).fraction == 0.5


def test_sides_left_open_are_missing_from_the_response():
    submitted = question_type.submitted_from(DEATHS.ask, {"zahedi": "1 April 2024"}, "seed")

    assert question_type.read_response(DEATHS.ask, submitted, "seed") == {"zahedi": "1 April 2024"}


def test_the_ask_says_nothing_of_the_order_in_which_the_pairs_were_written():
    swapped = [PAIRS[0] | {"right": PAIRS[3]["right"]}, *PAIRS[1:3], PAIRS[3] | {"right": PAIRS[0]["right"]}]

    other = question_type.body_from_plain({"pairs": swapped, "distractors": ["3 January 2020"]})

    assert question_type.ask_to_json(other.ask) == question_type.ask_to_json(DEATHS.ask)


def test_both_sides_are_shuffled():
    pages = [question_type.present(DEATHS.ask, str(seed)) for seed in range(30)]

    assert len({tuple(left.text for left in page.lefts) for page in pages}) > 5
    assert len({tuple(right.text for right in page.rights) for page in pages}) > 5


def test_unshuffled_left_sides_keep_the_authors_order_and_right_ones_that_of_the_alphabet():
    ask, _ = question_type.body_from_plain({"pairs": PAIRS, "shuffle": False})

    shown = question_type.present(ask, "seed")

    assert [left.text for left in shown.lefts] == [pair["left"] for pair in PAIRS]
    assert [right.text for right in shown.rights] == ["1 April 2024", "19 May 2024", "25 December 2023"]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ({"pairs": PAIRS[:1]}, "pairs needs at least 2 entries"),
        ({"pairs": PAIRS[:2]}, "there must be at least two different right sides to choose from"),
        ({"pairs": PAIRS, "distractors": ["1 April 2024"]}, "distractors has “1 April 2024” twice"),
        ({"pairs": PAIRS, "distractors": [""]}, "distractors must be a list of texts"),
        ({"pairs": [PAIRS[0], PAIRS[2] | {"right": ""}]}, "pairs 2: right is missing"),
    ],
)
def test_pairs_that_make_no_question_are_refused(written, complaint):
    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain(written)

    assert str(caught.value) == complaint


def test_a_right_side_alone_in_the_authors_form_is_pointed_out():
    form = question_type.form_from_body(DEATHS)
    form["pairs"].append({"id": "", "left": "", "right": "Nobody's"})

    with pytest.raises(UnusableBody, match="both its sides"):
        question_type.body_from_form(form)
