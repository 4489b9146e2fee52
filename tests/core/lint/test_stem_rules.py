from __future__ import annotations

import pytest

from quiz.core.items import Arrange, Choose, EnterText, Fill, Option, TextAnswer
from quiz.core.lint.rules.stems import lix
from quiz.core.lint.texts import PlacedText
from tests.linting import RIVERS, asked, choice, findings, places, statement

OUSE = EnterText((TextAnswer("Ouse"),))


@pytest.mark.parametrize(
    "stem",
    [
        "Which river does it cross?",
        "Name the river that it crosses.",
        "Put these in order, the earliest first.",
        "Four rivers: match each with its bridge.",
        "It was opened in 1901. Which river does it cross? Select all that apply.",
        "In one word, name the river.",
        "Which river did it “cross?”",
    ],
)
def test_a_question_or_an_instruction_is_one(stem: str) -> None:
    assert places(asked(OUSE, stem), "stem_without_question") == []


@pytest.mark.parametrize(
    "stem", ["The bridge", "The river that the bridge crosses is", "Bridges and rivers."]
)
def test_a_stem_that_asks_nothing_is_found(stem: str) -> None:
    assert places(asked(OUSE, stem), "stem_without_question") == ["stem"]
    assert places(statement(stem), "stem_without_question") == []


def test_no_stem_at_all_is_an_error() -> None:
    (finding,) = findings(asked(OUSE, "  "), "no_stem")

    assert finding.severity == "error"


@pytest.mark.parametrize(
    "stem",
    [
        "The bridge crosses the ____.",
        "The … crosses the Ouse.",
        "It crosses the [blank] in town.",
        "It crosses the (...).",
    ],
)
def test_a_blank_is_found_outside_of_texts_with_gaps(stem: str) -> None:
    gap = Choose((Option("Ouse", 1.0), Option("Tees")))

    assert places(choice(*RIVERS, stem=stem), "blank_in_stem") == ["stem"]
    assert places(asked(Fill("It crosses the [[1]].", (gap,)), stem), "blank_in_stem") == []


def test_a_bare_negative_comes_with_its_emphasis() -> None:
    (finding,) = findings(choice(*RIVERS, stem="Which river does it not cross?"), "negative_wording")

    assert finding.fix is not None
    assert finding.fix.text == "Which river does it **not** cross?"


@pytest.mark.parametrize(
    "stem",
    [
        "Which one isn't a river?",
        "All are rivers except which?",
        "Which is the least deep?",
        "Which never floods?",
    ],
)
def test_other_negatives_are_found_too(stem: str) -> None:
    assert places(choice(*RIVERS, stem=stem), "negative_wording") == ["stem"]


@pytest.mark.parametrize(
    "stem",
    [
        "Which river does it **not** cross?",
        "Which river does it NOT cross?",
        "It did not fall. Which river does it cross?",
        "Which river is at least 9 m deep?",
    ],
)
def test_emphasised_negatives_and_those_beside_the_question_are_not(stem: str) -> None:
    assert places(choice(*RIVERS, stem=stem), "negative_wording") == []


def test_a_negative_statement_is_found() -> None:
    assert places(statement("The bridge does not cross the Ouse.", False), "negative_wording") == ["stem"]


def test_long_stems_and_long_sentences_are_found() -> None:
    long_sentence = "Which river " + "and which other river " * 10 + "does it cross?"

    assert places(choice(*RIVERS, stem=long_sentence), "long_stem") == ["stem"]
    assert places(
        choice(*RIVERS, stem="It is a bridge. " * 21 + "Which river does it cross?"), "long_stem"
    ) == ["stem"]


def test_the_readability_index_is_as_its_author_counts_it() -> None:
    """Of 36 words in 4 sentences 10 have more than six letters: 9 + 27.8."""
    text = "Another between of it by us in on at. Then letters printed quickly as is or so be. "

    assert lix(PlacedText("stem", text * 2)) == pytest.approx(36 / 4 + 100 * 10 / 36)


def test_a_stem_that_is_hard_to_read_is_found_and_a_short_one_is_not_measured() -> None:
    words = "notwithstanding administrative considerations regarding infrastructural responsibilities "

    assert places(choice(*RIVERS, stem=f"Which {words * 6}apply?"), "hard_to_read") == ["stem"]
    assert places(choice(*RIVERS, stem=f"Which {words}apply?"), "hard_to_read") == []


def test_names_are_not_hard_words() -> None:
    names = (
        "Which river did Ebenezer Featherstonehaugh of Northallerton cross on the way to Knaresborough and "
        "Middlesbrough to meet Bartholomew Carruthers for a talk on the Staffordshire canal?"
    )

    assert places(choice(*RIVERS, stem=names), "hard_to_read") == []


def test_steps_to_arrange_need_no_question_mark() -> None:
    assert places(asked(Arrange(("A", "B")), "Put them in order."), "stem_without_question") == []
