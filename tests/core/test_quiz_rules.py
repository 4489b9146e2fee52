from __future__ import annotations

import pytest

from quiz.core.quiz_rules import (
    QuizRules,
    UnusableRules,
    UnusableSlot,
    usable_count,
    usable_points,
    usable_rules,
)
from quiz.core.titles import UnusableTitle, usable_title


def test_white_space_in_titles_is_collapsed():
    assert usable_title("  The \t old\nbridge ") == "The old bridge"


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "x" * 121])
def test_a_title_that_says_nothing_or_too_much_is_refused(typed):
    with pytest.raises(UnusableTitle):
        usable_title(typed)


def test_scoring_unverified_questions_needs_a_reason():
    with pytest.raises(UnusableRules) as refused:
        usable_rules(QuizRules("Quiz", policy="scored", policy_reason="  "))

    assert refused.value.field == "policy_reason"


def test_a_reason_is_dropped_where_nothing_unverified_is_scored():
    assert usable_rules(QuizRules("Quiz", policy="unscored", policy_reason="Because.")).policy_reason == ""


@pytest.mark.parametrize("number", [0, -1, 101])
def test_attempts_are_counted_from_1_to_100(number):
    with pytest.raises(UnusableRules) as refused:
        usable_rules(QuizRules("Quiz", attempts_allowed=number))

    assert refused.value.field == "attempts_allowed"


def test_no_number_of_attempts_means_any():
    assert usable_rules(QuizRules("Quiz")).attempts_allowed is None


def test_an_unknown_policy_is_refused():
    with pytest.raises(UnusableRules):
        usable_rules(QuizRules("Quiz", policy="doubled"))  # type: ignore[arg-type]


@pytest.mark.parametrize("points", [0, -1, 1001, float("nan"), float("inf")])
def test_points_are_more_than_nothing_and_finite(points):
    with pytest.raises(UnusableSlot):
        usable_points(points)


@pytest.mark.parametrize("count", [0, -3, 201])
def test_a_draw_takes_at_least_one_question(count):
    with pytest.raises(UnusableSlot):
        usable_count(count)
