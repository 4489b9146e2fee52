from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quiz.storage.database import Database
from quiz.workflows.attach_source import attach_source
from quiz.workflows.load_sources import load_source, load_sources
from tests.conftest import NOW
from tests.small_content import DOCUMENT, add_bank, add_question, claim, source

SEEDS = Path(__file__).parents[2] / "seeds"


def passages_on(page: str) -> list[str]:
    return re.findall(r'<article class="passage[^"]*" id="([^"]+)"', page)


@pytest.mark.parametrize("address", ["/sources", "/sources/bridge", "/sources/bridge/faq"])
def test_sources_are_open_to_everybody(client: FlaskClient, db: Database, address: str):
    load_source(db, source())

    assert client.get(address).status_code == 200


def test_the_list_counts_claims_by_verdict(client: FlaskClient, db: Database):
    load_source(db, source())

    page = client.get("/sources").text

    assert "supported <strong>2</strong>" in page
    assert "out of date <strong>1</strong>" in page
    assert "Careful, but old." in page
    assert "/sources/bridge/faq" in page


def test_without_a_source_the_list_shows_a_way_on(client: FlaskClient):
    assert "data-empty" in client.get("/sources").text


def test_a_source_without_questions_and_answers_has_no_page_for_them(client: FlaskClient, db: Database):
    load_source(db, source(passages=source().passages[:2]))

    assert client.get("/sources/bridge/faq").status_code == 404
    assert "/sources/bridge/faq" not in client.get("/sources").text


def test_a_source_that_is_not_there_is_not_found(client: FlaskClient):
    assert client.get("/sources/nothing").status_code == 404


def test_a_claim_is_shown_with_all_that_its_verdict_rests_on(client: FlaskClient, db: Database):
    load_source(db, source())

    page = client.get("/sources/bridge").text

    assert 'id="a02-1"' in page
    assert "A longer one opened in 1950." in page
    assert "It was, until 1950." in page
    assert "the author" in page
    assert "22 November 2031" in page
    assert (
        '<a class="evidence" href="https://example.org/records" rel="noopener noreferrer external">' in page
    )
    assert ">example.org<" in page


def test_an_address_that_a_browser_would_run_is_no_link(client: FlaskClient, db: Database):
    nasty = claim(evidence=("javascript:alert(1)",))
    load_source(
        db,
        source(
            passages=(source().passages[0].__class__("a01", "paragraph", "G.", claims=(nasty,)),),
            contradictions=(),
        ),
    )

    assert 'href="javascript' not in client.get("/sources/bridge").text


def test_passages_carry_their_marks(client: FlaskClient, db: Database):
    load_source(db, source())

    page = client.get("/sources/bridge").text

    assert passages_on(page) == ["a01", "a02", "f01"]
    assert page.count('class="badge badge-unverified"') == 1
    assert "Holds, as of May 2020" in page


def test_contradictions_and_what_is_no_passage_are_told(client: FlaskClient, db: Database):
    load_source(db, source())

    page = client.get("/sources/bridge").text

    assert "Its length" in page
    assert "The menu" in page
    assert 'id="t01"' in page


def test_the_filter_shows_claims_with_that_verdict_alone(client: FlaskClient, db: Database):
    load_source(db, source())

    page = client.get("/sources/bridge?verdict=dated").text

    assert passages_on(page) == ["a02"]
    assert "1 claim with this verdict, in 1 of 3 passages." in page


def test_an_unknown_verdict_filters_nothing(client: FlaskClient, db: Database):
    load_source(db, source())

    assert passages_on(client.get("/sources/bridge?verdict=zebra").text) == ["a01", "a02", "f01"]


def test_the_passage_itself_is_shown_once_a_copy_is_attached(client: FlaskClient, db: Database):
    load_source(db, source())
    assert "The bridge opened in 1901." not in client.get("/sources/bridge").text

    attach_source(db, "bridge", DOCUMENT, now=NOW)

    assert (
        '<blockquote class="original" lang="en" dir="auto"><p>The bridge opened in 1901.</p>'
        in client.get("/sources/bridge").text
    )


def test_instructors_see_how_many_questions_cite_a_claim(bilal: FlaskClient, db: Database):
    add_bank(db)
    add_question(db)

    page = bilal.get("/sources/bridge").text

    assert "1 question cites it" in page
    assert "/bank?citing=bridge/a01-1" in page


def test_learners_are_not_told_which_claims_are_asked(amal: FlaskClient, db: Database):
    add_bank(db)
    add_question(db)

    page = amal.get("/sources/bridge").text

    assert "cites it" not in page
    assert "/bank" not in page


def test_a_verdict_that_was_due_for_a_check_says_so(client: FlaskClient, db: Database, clock):
    load_source(db, source())

    clock.pass_time(days=2000)

    page = client.get("/sources/bridge").text
    assert "Check was due by" in page
    assert page.count('class="badge badge-unverified"') == 3


@pytest.fixture
def shipped(db: Database) -> None:
    """The sources that come with the program."""
    assert load_sources(db, SEEDS).mistakes == ()


def test_of_the_shipped_questions_and_answers_13_of_17_are_unverified(client: FlaskClient, shipped: None):
    page = client.get("/sources/syria-iran-2024/faq").text

    assert passages_on(page) == [f"f{number:02}" for number in range(1, 18)]
    assert page.count('class="badge badge-unverified"') == 13
    assert page.count('class="badge badge-checked"') == 4
    assert "13 of 17 answers are unverified" in page


def test_an_entry_that_misleads_says_why(client: FlaskClient, shipped: None):
    page = client.get("/sources/syria-iran-2024/faq").text

    entry = page[page.index('id="f13"') : page.index('id="f14"')]
    assert "It misleads as a whole:" in entry


def test_every_id_on_a_shipped_page_stands_there_once(client: FlaskClient, shipped: None):
    ids = re.findall(r'\sid="([^"]+)"', client.get("/sources/syria-iran-2024").text)

    assert sorted(ids) == sorted(set(ids))
    assert {f"a{number:02}" for number in range(1, 39)} <= set(ids)
