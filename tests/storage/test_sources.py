from __future__ import annotations

import pytest

from quiz.core.claims import Citation
from quiz.storage.database import Conflict, Database, RowCountError
from quiz.storage.sources import (
    delete_claim,
    select_all_claims,
    select_cited,
    select_cited_passages,
    select_claims,
    select_edited_claims,
    select_originals,
    select_source,
    select_source_or_none,
    select_sources,
    update_claim,
    update_originals,
)
from quiz.workflows.load_sources import load_source
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, claim, source


def test_a_source_comes_back_as_it_was_stored(db: Database) -> None:
    load_source(db, source())

    assert select_source(db, "bridge") == source()


def test_the_list_tells_how_much_each_source_holds(db: Database) -> None:
    load_source(db, source())

    (row,) = select_sources(db)

    assert (row.id, row.kind, row.passages, row.claims, row.attached) == ("bridge", "article", 3, 4, None)


def test_an_unknown_source_is_none_or_an_error(db: Database) -> None:
    assert select_source_or_none(db, "none") is None
    with pytest.raises(RowCountError, match="none"):
        select_source(db, "none")


def test_claims_are_found_for_citations_and_those_that_do_not_exist_are_left_out(db: Database) -> None:
    load_source(db, source())

    found = select_claims(
        db, [Citation("bridge", "a01-1", "rests_on"), Citation("bridge", "a99-1", "checks")]
    )

    assert found == {("bridge", "a01-1"): claim()}


def test_all_claims_are_found_those_outside_of_passages_too(db: Database) -> None:
    load_source(db, source())

    assert set(select_all_claims(db)) == {("bridge", i) for i in ("a01-1", "a02-1", "f01-1", "t01")}


def test_what_a_version_cites_comes_with_all_its_evidence_in_the_authors_order(db: Database) -> None:
    add_bank(db)
    citations = (Citation("bridge", "f01-1", "rests_on"), Citation("bridge", "a01-1", "rests_on"))
    version = add_question(db, citations=citations)

    cited = select_cited(db, [version, "no-such-version"])

    assert [c.citation for c in cited[version]] == list(citations)
    assert cited[version][1].claim == claim()
    assert list(cited) == [version]


def test_the_cited_passages_tell_gist_and_source(db: Database) -> None:
    add_bank(db)
    version = add_question(db)

    passages = select_cited_passages(db, [version])

    assert list(passages) == [("bridge", "a01")]
    assert passages["bridge", "a01"].gist == "The author dates it."
    assert passages["bridge", "a01"].byline == "A. Writer"
    assert passages["bridge", "a01"].original is None


def test_the_text_of_passages_is_kept_apart_from_the_source(db: Database) -> None:
    load_source(db, source())

    update_originals(db, "bridge", {"a01": "The bridge opened in 1901."}, now=NOW)

    assert select_originals(db, "bridge") == {"a01": "The bridge opened in 1901."}
    assert select_source(db, "bridge") == source()


def test_an_edited_claim_keeps_what_only_the_source_can_say(db: Database) -> None:
    load_source(db, source())
    edited = claim(verdict="disputed", reason="Two records differ.", evidence=("https://example.org/new",))

    update_claim(db, "bridge", edited, by=None, now=NOW)

    assert select_claims(db, [Citation("bridge", "a01-1", "checks")]) == {("bridge", "a01-1"): edited}
    assert select_edited_claims(db) == [("bridge", "a01-1")]


def test_a_claim_that_is_cited_can_not_be_deleted(db: Database) -> None:
    add_bank(db)
    add_question(db)

    with pytest.raises(Conflict), db.atomic():
        delete_claim(db, "bridge", "a01-1")

    assert select_source(db, "bridge") == source()
