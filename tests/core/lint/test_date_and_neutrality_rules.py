from __future__ import annotations

import pytest

from tests.linting import RIVERS, choice, findings, places, statement


@pytest.mark.parametrize(
    "stem",
    [
        "Who currently owns it?",
        "What did the recent report say?",
        "Which river flooded last year?",
        "What happened last October?",
        "Which bridge is the current record holder?",
        "It was opened in 1901. Who owns it now?",
    ],
)
def test_a_time_word_needs_a_date_in_its_sentence(stem: str) -> None:
    assert places(choice(*RIVERS, stem=stem), "time_word_without_date") == ["stem"]


@pytest.mark.parametrize(
    "stem",
    [
        "As of June 2026, who currently owns it?",
        "Which river is known for its current-driven mill?",
        "Who knows it?",
    ],
)
def test_a_year_dates_it(stem: str) -> None:
    assert places(choice(*RIVERS, stem=stem), "time_word_without_date") == []


def test_the_date_of_the_question_holds_for_its_options_and_not_for_a_statement_without_one() -> None:
    options = ("It is now closed", "It is open")

    assert places(choice(*options, stem="How did it stand in 2026?"), "time_word_without_date") == []
    assert places(choice(*options, stem="How does it stand?"), "time_word_without_date") == ["options[1]"]


def test_feedback_goes_out_of_date_too() -> None:
    assert places(choice(*RIVERS, feedback="The Ouse now carries less water."), "time_word_without_date") == [
        "feedback"
    ]


@pytest.mark.parametrize(
    "stem",
    [
        "Who is the president of Syria?",
        "Which man is now prime minister?",
        "Who holds the office of mayor?",
        "Who is the current king?",
    ],
)
def test_an_office_in_the_present_tense_needs_a_date(stem: str) -> None:
    assert places(choice(*RIVERS, stem=stem), "office_holder_without_date") == ["stem"]


@pytest.mark.parametrize(
    "stem",
    [
        "Who was president of Syria in 1970?",
        "Who is president, as of June 2026?",
        "Who is buried beside the president?",
        "Which river is the longest?",
    ],
)
def test_the_past_and_a_date_are_fine(stem: str) -> None:
    assert places(choice(*RIVERS, stem=stem), "office_holder_without_date") == []


def test_a_loaded_word_comes_with_a_neutral_one_in_the_same_case() -> None:
    (finding,) = findings(statement("Regime troops crossed the bridge in 1901."), "loaded_words")

    assert finding.values["neutral"] == "government"
    assert finding.fix is not None
    assert finding.fix.text == "Government troops crossed the bridge in 1901."


def test_a_loaded_word_without_an_exact_neutral_one_has_no_fix() -> None:
    (finding,) = findings(statement("The so-called bridge was opened in 1901."), "loaded_words")

    assert finding.fix is None


@pytest.mark.parametrize(
    "stem",
    [
        "The sanctions regime ended in 1901.",
        "The electrical resistance was measured.",
        "He neutralizes acid in 1901.",
    ],
)
def test_terms_of_their_own_are_not_loaded(stem: str) -> None:
    assert places(statement(stem), "loaded_words") == []


def test_loaded_words_are_found_in_options_and_feedback() -> None:
    assert places(choice("Terrorists", "Engineers", feedback="The regime fell."), "loaded_words") == [
        "options[1]",
        "feedback",
    ]
