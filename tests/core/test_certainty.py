from dataclasses import dataclass

import pytest

from quiz.core.certainty import CERTAINTIES, break_even, certain_mark, certainty_report


@dataclass
class Judged:
    correctness: float | None
    certainty: int | None = None
    points: float = 1.0


def expected(level, likely):
    return likely * CERTAINTIES[level].right + (1 - likely) * CERTAINTIES[level].wrong


@pytest.mark.parametrize(("lower", "higher", "likely"), [(1, 2, 2 / 3), (2, 3, 0.8)])
def test_the_next_level_pays_from_here_on(lower, higher, likely):
    assert break_even(lower, higher) == pytest.approx(likely)
    assert expected(lower, likely) == pytest.approx(expected(higher, likely))
    assert expected(lower, likely - 0.01) > expected(higher, likely - 0.01)


def test_part_of_an_answer_earns_part_of_the_right_mark():
    # Moodle's cbm_test.php: adjust_fraction(0.5, HIGH) is 1.5, and what is below nothing counts as nothing.
    assert certain_mark(0.5, 3) == 1.5
    assert certain_mark(0.00000004, 3) == -6


def test_the_report_of_an_attempt_can_be_checked_by_head():
    report = certainty_report([Judged(1, 3), Judged(1, 1), Judged(0, 2), Judged(None, 3)])

    assert report.accuracy == 0.5
    assert report.average == pytest.approx((3 + 1 - 2) / 4)
    # With half of the answers right, C=1 everywhere would come to 0.5 on average.
    assert report.bonus == pytest.approx(0.1 * (0.5 - 0.5))
    assert [(tally.answers, tally.right) for tally in report.levels] == [(1, 1.0), (1, 0.0), (1, 1.0)]


def test_confidence_that_was_misplaced_costs_a_bonus():
    assert certainty_report([Judged(1, 1), Judged(0, 3)]).bonus < 0


def test_points_weigh():
    assert certainty_report([Judged(1, 1, points=3), Judged(0, 1)]).accuracy == 0.75


def test_nothing_to_report_of_nothing():
    assert certainty_report([]) is None
