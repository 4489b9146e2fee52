from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.core.items import Choose, EnterDate, EnterNumber, EnterText, NumberAnswer, Option, TextAnswer
from tests.linting import BRIDGE, RIVERS, asked, choice, findings, places


def doubted(verdict: str = "disputed", **changes: object) -> object:
    return replace(BRIDGE, claim=replace(BRIDGE.claim, verdict=verdict, **changes))  # type: ignore[arg-type]


def test_a_question_without_a_citation_is_found() -> None:
    assert places(choice(*RIVERS, cited=()), "no_citation") == ["key"]
    assert places(choice(*RIVERS), "no_citation") == []


def test_a_fact_that_rests_on_a_doubtful_claim_is_found_by_its_verdict() -> None:
    (finding,) = findings(choice(*RIVERS, cited=(doubted(),)), "unverified_key")

    assert (finding.values["claim"], finding.values["verdict"]) == ("a01-1", "disputed")


def test_what_a_source_says_may_be_doubtful_and_is_noted() -> None:
    question = choice(
        *RIVERS, stem="According to the article, which river is it?", cited=(doubted(),), basis="text"
    )

    assert places(question, "unverified_key") == []
    assert [finding.severity for finding in findings(question, "unverified_text_key")] == ["note"]


def test_a_question_about_a_source_names_it() -> None:
    assert places(choice(*RIVERS, basis="text"), "source_not_named") == ["stem"]
    assert (
        places(choice(*RIVERS, stem="Which river does the article name?", basis="text"), "source_not_named")
        == []
    )


@pytest.mark.parametrize(
    ("interaction", "found"),
    [
        (EnterText((TextAnswer("Humber"),)), True),
        (EnterText((TextAnswer("Humber"), TextAnswer("River Ouse"))), False),
        (EnterNumber((NumberAnswer("1901"),)), False),
        (EnterNumber((NumberAnswer("1902"),)), True),
        (EnterDate("1901-05-01"), False),
        (EnterDate("1902-05", "month"), True),
        (
            Choose((Option("The Ouse", 1.0), Option("The Humber", 1.0), Option("The Tees")), several=True),
            True,
        ),
    ],
)
def test_a_key_that_no_cited_claim_mentions_is_found(interaction: object, found: bool) -> None:
    assert bool(places(asked(interaction), "key_not_in_claims")) is found  # type: ignore[arg-type]


def test_small_numbers_may_stand_in_words() -> None:
    three = replace(BRIDGE, claim=replace(BRIDGE.claim, statement="The bridge has three arches."))

    assert places(asked(EnterNumber((NumberAnswer("3"),)), cited=(three,)), "key_not_in_claims") == []


def test_options_that_nothing_speaks_of_are_noted_together() -> None:
    (finding,) = findings(
        choice(
            "The Ouse", "The Tees", "The Wear", feedback="It crosses the Ouse; the Tees is further north."
        ),
        "unsupported_options",
    )

    assert (finding.severity, finding.where, finding.values["texts"]) == ("note", "options", "The Wear")
