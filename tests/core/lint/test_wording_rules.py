from __future__ import annotations

import pytest

from quiz.core.items import Choose, Fill, Option
from tests.linting import RIVERS, asked, choice, places, statement


@pytest.mark.parametrize(
    "text",
    [
        "It never froze",
        "All of its stones were replaced",
        "Nobody has crossed it",
        "It was completely rebuilt",
    ],
)
def test_absolute_terms_are_found_in_options_and_statements(text: str) -> None:
    assert places(choice("It froze in 1901", text), "absolute_terms") == ["options[2]"]
    assert places(statement(f"{text}."), "absolute_terms") == ["stem"]


@pytest.mark.parametrize(
    "text", ["It cost 30 pounds in all", "Above all it is old", "It was rebuilt all the same"]
)
def test_idioms_with_such_words_are_not(text: str) -> None:
    assert places(choice("It froze in 1901", text), "absolute_terms") == []


def test_the_question_itself_may_say_all() -> None:
    assert places(choice(*RIVERS, stem="Which river do all trains cross?"), "absolute_terms") == []


def test_vague_terms_are_found_and_comparisons_are_not() -> None:
    assert places(choice("It often froze", "It froze in 1901"), "vague_terms") == ["options[1]"]
    assert places(choice("It froze more often", "It froze in 1901"), "vague_terms") == []


def test_a_word_that_only_the_key_repeats_is_found() -> None:
    stem = "What did the engineers of the Stone Bridge build it from?"

    assert places(choice("Stones", "Brick", "Timber", stem=stem), "word_repeated_in_key") == ["options[1]"]
    assert places(choice("Stones", "Brick", "Stone and timber", stem=stem), "word_repeated_in_key") == []


def test_no_option_stands_out_where_each_repeats_another_word() -> None:
    stem = "Which of engineers, mayors and bakers opened it?"

    assert (
        places(choice("The engineers", "The mayors", "The bakers", stem=stem), "word_repeated_in_key") == []
    )


def test_the_option_that_all_distractors_were_made_from_is_found() -> None:
    made_from = (
        "Grey stone, three arches, toll house",
        "Grey stone, three arches, chapel",
        "Red brick, three arches, toll house",
        "Grey stone, six spans, toll house",
    )

    assert places(choice(*made_from), "convergence") == ["options[1]"]
    assert places(choice(*made_from, right=1), "convergence") == []


def test_what_every_option_says_is_no_convergence() -> None:
    years = tuple(f"Engineers built it of grey stone in {year}" for year in (1901, 1911, 1921, 1931))

    assert places(choice(*years), "convergence") == []


@pytest.mark.parametrize(
    ("lead", "found"),
    [("The bridge carries an", True), ("The bridge carries a", True), ("The bridge carries the", False)],
)
def test_an_article_before_options_must_fit_all_of_them(lead: str, found: bool) -> None:
    assert bool(places(choice("aqueduct", "road", "tramway", stem=lead), "grammatical_cue")) is found


def test_an_article_before_a_gap_must_fit_all_its_options() -> None:
    gap = Choose((Option("hourly train", 1.0), Option("tram"), Option("uniform tram")))

    assert places(asked(Fill("It carries an [[1]].", (gap,))), "grammatical_cue") == ["gaps[1].options"]


@pytest.mark.parametrize(
    "options",
    [
        ("The Ouse.", "The Tees", "The Wear"),
        ("ouse", "Tees", "Wear"),
        ("the Ouse", "Tees", "Wear"),
        ("arches", "span", "beam"),
    ],
)
def test_a_key_that_alone_has_another_form_is_found(options: tuple[str, ...]) -> None:
    assert places(choice(*options), "grammatical_cue") == ["options[1]"]


@pytest.mark.parametrize(
    "options",
    [
        RIVERS,
        ("the United States", "Egypt", "the Emirates"),
        ("Arches", "Spans", "Beams"),
        ("1901", "It fell", "Tees"),
    ],
)
def test_keys_that_look_like_another_option_are_not(options: tuple[str, ...]) -> None:
    assert places(choice(*options), "grammatical_cue") == []
