"""Multiple choice: right minus wrong, all or nothing, or a share for each option."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.items import Choose, Item, Option
from quiz.core.question_type import UnusableBody
from quiz.question_types.multiple_choice import question_type


def _body(right: int, wrong: int, **more):
    options = [{"id": f"r{n}", "text": f"right {n}", "right": True} for n in range(right)]
    options += [{"id": f"w{n}", "text": f"wrong {n}"} for n in range(wrong)]
    return question_type.body_from_plain({"options": options, **more})


@given(st.integers(1, 6), st.integers(1, 6))
def test_choosing_everything_earns_nothing(right, wrong):
    ask, key = _body(right, wrong)

    assert question_type.grade(ask, key, list(ask.options)).is_wrong


@given(st.integers(1, 6), st.integers(1, 6))
def test_choosing_what_is_right_earns_everything(right, wrong):
    ask, key = _body(right, wrong)

    assert question_type.grade(ask, key, list(key.right)).is_right


@given(st.integers(1, 4), st.integers(1, 4))
def test_one_more_right_option_never_costs_and_one_more_wrong_one_never_helps(right, wrong):
    ask, key = _body(right, wrong)
    fraction_of = {
        chosen: question_type.grade(ask, key, list(chosen)).fraction
        for count in range(1, right + wrong + 1)
        for chosen in combinations(ask.options, count)
    }

    for chosen, fraction in fraction_of.items():
        for option in set(ask.options) - set(chosen):
            more = fraction_of[tuple(i for i in ask.options if i in (*chosen, option))]
            assert more >= fraction - 1e-9 if option in key.right else more <= fraction + 1e-9


@pytest.mark.parametrize(
    ("chosen", "earned"), [(["r0", "r1"], 1), (["r0"], 0), (["r0", "r1", "w0"], 0), (["w0"], 0)]
)
def test_all_or_nothing_knows_no_half(chosen, earned):
    ask, key = _body(2, 2, grading="all_or_nothing")

    assert question_type.grade(ask, key, chosen).fraction == earned


@pytest.mark.parametrize(
    ("fractions", "chosen", "earned"),
    [
        ([0.5, 0.5, -1.0], [0, 1], 1),
        ([0.5, 0.5, -1.0], [0, 2], 0),
        ([0.3333333, 0.3333333, 0.3333333, -1.0], [0, 1, 2], 1),
        ([0.75, 0.25, 0.0], [0, 2], 0.75),
        ([1.0, 0.5, -0.25], [0, 1], 1),
        ([1.0, 0.5, -0.25], [1, 2], 0.25),
    ],
)
def test_imported_shares_are_added_and_kept_between_nothing_and_all(fractions, chosen, earned):
    options = tuple(Option(f"option {n}", fraction) for n, fraction in enumerate(fractions))
    ask, key = question_type.from_item(Item("Which?", Choose(options, several=True)))
    ids = list(ask.options)

    mark = question_type.grade(ask, key, [ids[n] for n in chosen])

    assert mark.fraction == pytest.approx(earned)


def test_shares_that_were_rounded_elsewhere_are_taken_for_the_usual_ones():
    options = tuple(Option(text, 0.33333) for text in "abc") + tuple(Option(text, -0.5) for text in "de")
    body = question_type.from_item(Item("Which?", Choose(options, several=True)))

    assert all("fraction" not in row for row in question_type.body_to_plain(body)["options"])
    assert question_type.grade(*body, list(body.key.right)).fraction == 1


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ([{}, {}], "mark at least one option as right"),
        ([{"fraction": 0.5}, {}], "the right options' shares add up to 0.5, not to 1"),
        (
            [{"fraction": 1.0}, {"right": True}],
            "mark options as right or give them shares of the mark, not both",
        ),
    ],
)
def test_a_key_that_nobody_could_meet_is_refused(body, complaint):
    rows = [{"id": f"o{n}", "text": f"option {n}"} | row for n, row in enumerate(body)]

    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain({"options": rows})

    assert str(caught.value) == complaint


def test_feedback_is_that_of_the_options_chosen():
    rows = [{"id": i, "text": i, "right": i == "a", "feedback": f"You chose {i}."} for i in "abc"]
    ask, key = question_type.body_from_plain({"options": rows})

    assert question_type.grade(ask, key, ["a", "c"]).feedback == ("You chose a.", "You chose c.")
