"""Partial credit for an order: nine ways, each by cases that can be checked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.orderings import GRADINGS, ordering_fraction

EACH_GRADING = pytest.mark.parametrize("grading", GRADINGS)
ORDERS = st.integers(2, 7).flatmap(lambda count: st.permutations([str(n) for n in range(count)]))


@EACH_GRADING
def test_the_right_order_earns_everything(grading):
    assert ordering_fraction("abcdef", "abcdef", grading) == 1


@pytest.mark.parametrize(
    ("grading", "given_order", "earned"),
    [
        ("all_or_nothing", "abcdfe", 0),
        ("absolute_position", "abcdfe", 4 / 6),
        ("absolute_position", "fabcde", 0),
        ("relative_next_exclude_last", "abcdfe", 3 / 5),
        ("relative_next_exclude_last", "fabcde", 4 / 5),
        ("relative_next_include_last", "abcdfe", 3 / 6),
        ("relative_next_include_last", "fabcde", 4 / 6),
        ("relative_one_previous_and_next", "abcdfe", 7 / 12),
        ("relative_one_previous_and_next", "fedcba", 0),
        ("relative_all_previous_and_next", "abcdfe", 14 / 15),
        ("relative_all_previous_and_next", "fabcde", 10 / 15),
        ("relative_all_previous_and_next", "fedcba", 0),
        ("longest_ordered_subset", "fabcde", 5 / 6),
        ("longest_ordered_subset", "afbecd", 4 / 6),
        ("longest_ordered_subset", "fedcba", 0),
        ("longest_contiguous_subset", "defabc", 3 / 6),
        ("longest_contiguous_subset", "abefcd", 2 / 6),
        ("longest_contiguous_subset", "fedcba", 0),
        ("relative_to_correct", "bacdef", 28 / 30),
        ("relative_to_correct", "fedcba", 12 / 30),
    ],
)
def test_a_wrong_order_earns_its_part(grading, given_order, earned):
    assert ordering_fraction("abcdef", given_order, grading) == pytest.approx(earned)


@EACH_GRADING
@given(order=ORDERS)
def test_only_the_right_order_earns_everything_and_none_earns_less_than_nothing(grading, order):
    right = sorted(order)

    fraction = ordering_fraction(right, order, grading)

    assert 0 <= fraction <= 1
    assert (fraction == 1) == (order == right)


@given(ORDERS)
def test_an_order_and_its_reverse_share_all_pairs_between_them(order):
    right = sorted(order)

    shares = [
        ordering_fraction(right, way, "relative_all_previous_and_next")
        for way in (order, list(reversed(order)))
    ]

    assert sum(shares) == pytest.approx(1)


@EACH_GRADING
def test_orders_of_different_things_can_not_be_compared(grading):
    with pytest.raises(ValueError, match="same things"):
        ordering_fraction("abc", "abd", grading)
