from __future__ import annotations

import pytest

from quiz.storage.database import Database
from quiz.workflows import list_questions as module
from quiz.workflows.list_questions import Filters, list_questions
from tests.conftest import TODAY
from tests.small_content import add_bank, add_question, wording


@pytest.fixture(autouse=True)
def seven_questions(sqlite_db: Database) -> None:
    """q0 … q6; those with an odd number cite nothing."""
    add_bank(sqlite_db)
    for number in range(7):
        add_question(sqlite_db, f"q{number}", citations=() if number % 2 else wording().citations)


def listed(db: Database, after: str = "", limit: int = 25, **filters: str) -> tuple[list[str], str | None]:
    listing = list_questions(db, Filters(**filters), today=TODAY, after=after, limit=limit)
    return [question.question_id for question, _ in listing.rows], listing.next_after


def test_a_page_ends_where_the_next_begins(sqlite_db: Database):
    assert listed(sqlite_db, limit=3) == (["q0", "q1", "q2"], "q2")
    assert listed(sqlite_db, after="q2", limit=3) == (["q3", "q4", "q5"], "q5")
    assert listed(sqlite_db, after="q5", limit=3) == (["q6"], None)


def test_a_page_that_takes_all_that_is_left_is_the_last(sqlite_db: Database):
    assert listed(sqlite_db, limit=7)[1] is None


def test_standing_is_a_filter_like_any_other(sqlite_db: Database):
    assert listed(sqlite_db, standing="unverified", limit=2) == (["q1", "q3"], "q3")
    assert listed(sqlite_db, standing="unverified", after="q3", limit=2) == (["q5"], None)


@pytest.mark.parametrize("citing", ["a01-1", "bridge/a01-1", " A01-1 "])
def test_questions_are_found_by_the_claim_they_cite(sqlite_db: Database, citing: str):
    assert listed(sqlite_db, citing=citing)[0] == ["q0", "q2", "q4", "q6"]


def test_a_claim_that_nobody_cites_finds_nothing(sqlite_db: Database):
    assert listed(sqlite_db, citing="other/a01-1") == ([], None)


def test_a_page_that_looked_far_enough_says_where_to_go_on(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "MOST_SCANNED", 4)

    assert listed(sqlite_db, standing="in_the_source") == ([], "q3")
    assert listed(sqlite_db, standing="in_the_source", after="q3") == ([], None)
