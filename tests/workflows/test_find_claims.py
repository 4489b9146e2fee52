from __future__ import annotations

import pytest

from quiz.storage.database import Database
from quiz.workflows.find_claims import find_claims
from quiz.workflows.load_sources import load_source
from tests.small_content import source


@pytest.fixture(autouse=True)
def bridge(sqlite_db: Database) -> None:
    """Claims a01-1, a02-1 and f01-1, and t01 outside of every passage."""
    load_source(sqlite_db, source())


def ids(db: Database, typed: str, **how: object) -> list[str]:
    return [found.claim.id for found in find_claims(db, typed, **how)[0]]  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["a02-1", " A02-1 ", "a02", "longer 1950", "LONG"])
def test_a_claim_is_found_by_its_number_its_passage_and_its_words(sqlite_db: Database, typed: str):
    assert ids(sqlite_db, typed) == ["a02-1"]


@pytest.mark.parametrize("typed", ["", "  ", "…", "zebra", "opened zebra"])
def test_nothing_is_found_where_a_word_is_missing(sqlite_db: Database, typed: str):
    assert ids(sqlite_db, typed) == []


def test_what_stands_outside_of_every_passage_is_never_offered(sqlite_db: Database):
    assert ids(sqlite_db, "t01") == []
    assert "t01" not in ids(sqlite_db, "bridge")


def test_what_is_chosen_already_is_left_out(sqlite_db: Database):
    assert ids(sqlite_db, "bridge", without={("bridge", "a01-1")}) == ["a02-1", "f01-1"]


def test_it_says_how_many_fit_beyond_those_it_returns(sqlite_db: Database):
    found, in_all = find_claims(sqlite_db, "bridge", limit=2)

    assert (len(found), in_all) == (2, 3)
