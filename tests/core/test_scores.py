from __future__ import annotations

from dataclasses import dataclass

import pytest

from quiz.core.attempts import AttemptState
from quiz.core.scores import AttemptHead, best_of, percent_of, share_of, that_counts
from tests.conftest import NOW


@dataclass(frozen=True)
class Tried:
    number: int
    state: AttemptState
    earned: float | None = None
    possible: float | None = None


def test_the_submitted_attempt_with_the_best_share_counts():
    two_of_four, three_of_ten = Tried(1, "submitted", 2, 4), Tried(2, "submitted", 3, 10)

    assert best_of([three_of_ten, two_of_four]) is two_of_four


def test_between_equal_attempts_the_earlier_one_counts():
    first, second = Tried(1, "submitted", 2, 4), Tried(2, "submitted", 1, 2)

    assert best_of([second, first]) is first


def test_a_submitted_attempt_counts_before_an_open_one_even_if_it_earned_nothing():
    nothing, still_open = Tried(2, "submitted", 0, 4), Tried(1, "open")

    assert best_of([still_open, nothing]) is nothing


def test_an_attempt_of_which_nothing_counted_comes_after_one_that_earned_nothing():
    uncounted, nothing = Tried(1, "submitted", 0, 0), Tried(2, "submitted", 0, 4)

    assert best_of([uncounted, nothing]) is nothing


def test_where_nothing_was_submitted_the_open_attempt_stands_for_the_learner():
    still_open = Tried(1, "open")

    assert best_of([still_open]) is still_open


@pytest.mark.parametrize(
    ("earned", "possible", "percent"),
    [(2, 3, 66.67), (0, 3, 0), (3, 3, 100), (0, 0, None), (None, None, None)],
)
def test_percent_has_two_decimals_and_none_where_nothing_counted(earned, possible, percent):
    assert percent_of(earned, possible) == percent


def test_share_is_none_while_there_is_no_score():
    assert share_of(None, None) is None


def head(number: int, earned: float | None, counting: str, state: AttemptState = "submitted") -> AttemptHead:
    return AttemptHead(
        id=f"attempt-{number}", class_id="c", quiz_id="q", quiz_title="Quiz", person_id="amal", name="Amal", email=None,
        number=number, state=state, started_at=NOW, submitted_at=NOW, receipt="R", earned=earned,
        possible=None if earned is None else 4, counting=counting,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(("counting", "earned"), [("best", 4), ("last", 1), ("first", 2), ("mean", 7 / 3)])
def test_the_quizs_rule_says_which_attempt_counts(counting, earned):
    made = [head(number, points, counting) for number, points in ((1, 2), (2, 4), (3, 1))]

    assert that_counts(reversed(made)).earned == pytest.approx(earned)


@pytest.mark.parametrize("counting", ["best", "last", "first", "mean"])
def test_an_attempt_that_was_not_submitted_never_counts_beside_one_that_was(counting):
    made = [head(1, None, counting, "abandoned"), head(2, 3, counting), head(3, None, counting, "open")]

    assert that_counts(made).number == 2
    assert that_counts(made).earned == 3
