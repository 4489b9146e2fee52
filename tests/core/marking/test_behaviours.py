from __future__ import annotations

import pytest

from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Hint,
    Item,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
)
from quiz.core.marking import mark_tries

THIRD = 0.3333333
SEAS = Item("", Choose((Option("Red", 1.0), Option("Dead"))))
WORDS = Item("", EnterText((TextAnswer("near", 0.8), TextAnswer("right"))))
PAIRS = Item("", Match((("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"))))
GAPS = Item("", Fill("[[1]][[2]]", (EnterText((TextAnswer("x"),)), EnterText((TextAnswer("y"),)))))
NUMBER = Item("", EnterNumber((NumberAnswer("5"),)))


def fraction(item: Item, tries: list[object], behaviour: str, penalty: float | None = THIRD) -> float | None:
    return mark_tries(item, tries, behaviour=behaviour, penalty=penalty).fraction


def test_deferred_counts_the_last_response():
    assert fraction(SEAS, ["Red", "Dead"], "deferred") == 0.0


@pytest.mark.parametrize(
    ("item", "tries", "expected"),
    [
        (SEAS, ["Red"], 1.0),
        (SEAS, ["Dead", "Red"], 1 - THIRD),
        (SEAS, ["Dead", "Dead"], 0.0),
        (WORDS, ["near", "wrong", "right"], 0.8),
        (NUMBER, ["", "Pi", "5"], 1.0),
        (NUMBER, ["4", "4", "5"], 1 - THIRD),
    ],
)
def test_adaptive_takes_the_best_try_less_those_before_it(item, tries, expected):
    assert fraction(item, tries, "adaptive") == pytest.approx(expected)


def test_adaptive_without_penalty_takes_the_best_try():
    assert fraction(SEAS, ["Dead", "Red"], "adaptive_no_penalty") == 1.0


@pytest.mark.parametrize(
    ("item", "tries", "expected"),
    [
        (SEAS, ["Dead", "Red"], 0.6666667),
        (SEAS, ["Dead", "Dead", "Dead", "Dead"], 0.0),
        (NUMBER, ["Pi", "4", "5"], 0.6666667),
        (SEAS, ["Red", "Dead"], 1.0),
    ],
)
def test_interactive_takes_away_for_each_try_before(item, tries, expected):
    assert fraction(item, tries, "interactive") == pytest.approx(expected)


def test_a_pair_that_was_right_at_once_costs_nothing():
    first = {"a": "1", "b": "2", "c": "4", "d": "3"}
    second = {"a": "1", "b": "2", "c": "3", "d": "4"}

    assert 12 * (fraction(PAIRS, [first, second], "interactive") or 0) == pytest.approx(10)


def test_a_gap_costs_for_the_try_at_which_it_was_last_changed():
    assert fraction(GAPS, [["x", "n"], ["x", "y"]], "interactive") == pytest.approx((1 + 1 - THIRD) / 2)
    assert fraction(GAPS, [["n", "n"], ["x", "n"], ["x", "y"]], "interactive") == pytest.approx(
        (1 - THIRD + 1 - 2 * THIRD) / 2
    )


def test_hints_say_how_many_tries_there_are():
    item = Item("", SEAS.interaction, hints=(Hint("one"),))

    assert fraction(item, ["Dead", "Dead", "Red"], "interactive") == 0.0


def test_the_standard_penalty_is_a_third_and_all_for_true_or_false():
    assert fraction(SEAS, ["Dead", "Red"], "interactive", None) == pytest.approx(0.6666667)
    assert fraction(Item("", Judge(True)), [False, True], "interactive", None) == 0.0


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(1, 1.0, 0.0), (2, 2.0, -2.0), (3, 3.0, -6.0)])
def test_certainty_multiplies_what_is_right_and_takes_away_for_what_is_wrong(certainty, right, wrong):
    marks = [
        mark_tries(SEAS, [response], behaviour="cbm", certainty=certainty).fraction
        for response in ("Red", "Dead")
    ]

    assert marks == [right, wrong]


def test_no_certainty_helps_a_blank_response():
    assert mark_tries(SEAS, [""], behaviour="cbm", certainty=3).fraction == 0.0
