from __future__ import annotations

import pytest

from quiz.core.items import CheckClaim, Choose, Fill, Option
from tests.linting import RIVERS, asked, choice, findings, places


@pytest.mark.parametrize(
    "option",
    [
        "All of the above",
        "None of the above.",
        "none of these",
        "All of them",
        "Neither of the above",
        "None of the other options",
        "All",
    ],
)
def test_options_about_the_other_options_are_found(option: str) -> None:
    assert places(choice(*RIVERS, option), "all_or_none_of_the_above") == ["options[5]"]


@pytest.mark.parametrize(
    "option",
    [
        "Both banks of the river",
        "All Saints",
        "They help each other",
        "None took part",
        "The above-ground line",
    ],
)
def test_ordinary_uses_of_such_words_are_not(option: str) -> None:
    assert places(choice(*RIVERS, option), "all_or_none_of_the_above") == []


@pytest.mark.parametrize(
    "option", ["A and B", "Both A and C", "1 and 3 only", "II and III", "A, B and D", "(a) and (c)"]
)
def test_combined_options_are_found(option: str) -> None:
    assert places(choice("One", "Two", option), "combined_options") == ["options[3]"]


@pytest.mark.parametrize("option", ["Vitamin A and iron", "I and my brother", "1, 2", "Austria and Bavaria"])
def test_options_that_only_look_combined_are_not(option: str) -> None:
    assert places(choice("One", "Two", option), "combined_options") == []


def test_above_is_an_error_where_options_are_shuffled() -> None:
    assert places(choice(*RIVERS, "All of the above"), "place_named_in_shuffled_options") == ["options[5]"]
    assert places(choice(*RIVERS, "All of the above", shuffle=False), "place_named_in_shuffled_options") == []


@pytest.mark.parametrize("twin", ["the  ouse", "The Ouse.", "**The Ouse**", "Thé Ouse"])
def test_options_that_differ_in_nothing_that_counts_are_equal(twin: str) -> None:
    assert places(choice("The Ouse", "The Tees", twin), "duplicate_options") == ["options[3]"]


def test_a_choice_without_a_right_option_is_an_error() -> None:
    nothing_right = Choose((Option("The Ouse"), Option("The Tees", 0.5)))
    cannot_be_known = CheckClaim(
        "cannot_be_known", (("It was the Tees.", False), ("It was the Wear.", False))
    )

    assert places(asked(Choose(nothing_right.options[:1])), "no_right_option") == ["options"]
    assert places(asked(cannot_be_known), "no_right_option") == []


def test_a_key_that_is_markedly_the_longest_is_found() -> None:
    exact = "The Ouse, which rises in the hills to the west of the town"

    assert places(choice("The Tees", exact, "The Wear", right=1), "longest_option_is_key") == ["options[2]"]
    assert places(choice("The Tees", exact, "The Wear", right=0), "longest_option_is_key") == []
    assert places(choice(exact, exact[:-9], "The Wear"), "longest_option_is_key") == []


def test_numbers_out_of_order_come_with_their_order() -> None:
    (finding,) = findings(choice("1946", "1936", "1961", shuffle=False), "unordered_options")

    assert finding.fix is not None
    assert (finding.fix.where, finding.fix.text) == ("options", "1936\n1946\n1961")


@pytest.mark.parametrize(
    "options",
    [
        ("30 km", "4 km", "100 km"),
        ("1,200", "900", "3,000"),
        ("7 April 1980", "4 November 1979", "20 January 1981"),
        ("March 2025", "January 2025", "July 2025"),
        ("From 1958 to 1961", "From 1946 to 1949", "From 1958 to 1960"),
        ("-5", "-10", "0"),
    ],
)
def test_dates_and_amounts_have_an_order_too(options: tuple[str, ...]) -> None:
    assert places(choice(*options, shuffle=False), "unordered_options") == ["options"]


@pytest.mark.parametrize(
    "options",
    [
        ("1936", "1946", "1961"),
        ("1961", "1946", "1936"),
        ("1946", "The Ouse", "1936"),
        ("2 feet", "1 mile", "9 inches"),
    ],
)
def test_what_is_in_order_or_has_none_is_not_found(options: tuple[str, ...]) -> None:
    assert places(choice(*options, shuffle=False), "unordered_options") == []


def test_numbers_in_order_must_not_be_shuffled_either() -> None:
    assert places(choice("1936", "1946", "1961"), "unordered_options") == ["options"]


def test_the_options_of_a_gap_are_named_by_the_gap() -> None:
    gap = Choose((Option("Ouse", 1.0), Option("ouse"), Option("Tees")))

    assert places(asked(Fill("It crosses the [[1]].", (gap,))), "duplicate_options") == ["gaps[1].options[2]"]
