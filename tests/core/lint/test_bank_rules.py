from __future__ import annotations

from itertools import count

import pytest

from quiz.core.items import EnterDate, EnterText, TextAnswer
from quiz.core.lint import LintedBank, LintedQuestion, NearPair, lint_bank
from quiz.core.lint.rules.pairs import texts_to_compare
from quiz.core.lint.statistics import at_least, binomial_two_sided, chi_square_tail
from tests.linting import RIVERS, asked, choice, statement

_numbers = count(1)


def told(rule: str, *questions: LintedQuestion, near: tuple[NearPair, ...] = ()) -> list[str]:
    report = lint_bank(LintedBank(questions, near=near))
    return [finding.what for finding in report.findings if finding.rule == rule]


def keyed_at(*places: int) -> list[LintedQuestion]:
    return [choice(*RIVERS, right=place, id=f"q{n}") for n, place in enumerate(places)]


def test_keys_that_gather_at_one_place_are_told_with_their_number() -> None:
    (what,) = told("key_position_bias", *keyed_at(*[0] * 14, 1, 1, 2, 2, 3, 3))

    assert what == "of 20 keys among 4 options, 14, 2, 2, 2 stand at places 1 to 4 (chi-square, p = 0.000)"


def test_keys_that_are_spread_or_too_few_to_tell_are_not() -> None:
    assert told("key_position_bias", *keyed_at(*[0, 1, 2, 3] * 5)) == []
    assert told("key_position_bias", *keyed_at(*[0] * 8)) == []


def test_statements_that_are_nearly_all_true_are_told() -> None:
    lopsided = [statement("It is old.", n < 9, id=f"q{n}") for n in range(10)]

    assert told("true_false_balance", *lopsided) == [
        "9 of 10 statements are true (exact binomial test, p = 0.021)"
    ]
    assert told("true_false_balance", *lopsided[3:]) == []


def test_a_habit_of_long_keys_is_told() -> None:
    long_keys = [choice("The Ouse in the north", "The Tees", "The Wear", id=f"q{n}") for n in range(12)]

    assert len(told("key_is_longest_by_habit", *long_keys)) == 1
    assert told("key_is_longest_by_habit", *long_keys[:3]) == []


def test_a_stem_that_holds_another_questions_key_is_told() -> None:
    asks = asked(
        EnterText((TextAnswer("Amos Hochstein"),)),
        "Which envoy mediated the accord on the sea border?",
        id="envoy",
    )
    tells = asked(
        EnterDate("2022-10-27"),
        "On which date was the sea border accord, which Amos Hochstein mediated as envoy, completed?",
        id="date",
    )

    assert told("cues_another", asks, tells) == ["the stem holds the key of envoy: “Amos Hochstein”"]


def test_a_date_is_recognised_as_texts_write_it() -> None:
    asks = asked(EnterDate("1979-11-04"), "On which date was the embassy in Tehran seized?", id="date")
    tells = statement("The embassy in Tehran was seized on 4 November 1979 by students.", id="students")

    assert told("cues_another", asks, tells) == ["the stem holds the key of date: “4 November 1979”"]


def test_the_same_words_in_another_matter_are_no_cue() -> None:
    asks = asked(
        EnterText((TextAnswer("Switzerland"),)), "Which country represents US interests in Iran?", id="power"
    )
    tells = statement("Switzerland joined the United Nations in 2002.", id="joined")

    assert told("cues_another", asks, tells) == []


def test_a_key_that_its_own_stem_names_can_be_no_secret() -> None:
    asks = choice("The Ouse", "The Tees", stem="Does it cross the Ouse or the Tees?", id="own")

    assert told("cues_another", asks, statement("It does cross the Ouse and the Tees.", id="other")) == []


def test_near_duplicates_are_told_at_the_later_question() -> None:
    first, second = choice(*RIVERS, id="first"), choice(*RIVERS, id="second")

    assert told("near_duplicate", first, second, near=(NearPair(0, 1, 0.96),)) == [
        "nearly the same as first (96% alike)"
    ]


def test_formulas_of_a_bank_make_no_two_questions_alike() -> None:
    formula = "How did this stand when checked?"
    questions = [
        statement(f"The {name} bridge was opened. {formula}", id=name)
        for name in ("old", "new", "high", "low")
    ]

    assert texts_to_compare(questions) == [
        f"the {name} bridge was opened =" for name in ("old", "new", "high", "low")
    ]


@pytest.mark.parametrize(
    ("square", "freedom", "chance"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (9.488, 4, 0.05),
        (11.070, 5, 0.05),
        (16.812, 6, 0.01),
        (0.0, 3, 1.0),
    ],
)
def test_chi_square_tails_are_those_of_the_tables(square: float, freedom: int, chance: float) -> None:
    assert chi_square_tail(square, freedom) == pytest.approx(chance, abs=2e-5)


def test_binomial_tails_are_exact() -> None:
    assert binomial_two_sided(5, 5) == pytest.approx(2 / 32)
    assert binomial_two_sided(1, 2) == 1.0
    assert at_least(2, 3, 1 / 3) == pytest.approx(7 / 27)
    assert at_least(0, 0, 0.5) == 1.0
