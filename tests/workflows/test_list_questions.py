from __future__ import annotations

import pytest

from quiz.storage.database import Database
from quiz.storage.quizzes import Draw
from quiz.storage.search import Total
from quiz.workflows import list_questions as module
from quiz.workflows.list_questions import Filters, list_questions, matching_question_ids
from tests.conftest import TODAY
from tests.small_content import add_bank, add_question, wording
from tests.small_quizzes import add_class, add_people, add_quiz


@pytest.fixture(autouse=True)
def seven_questions(sqlite_db: Database) -> None:
    """q0 … q6, q6 being the newest; those with an odd number cite nothing."""
    add_bank(sqlite_db)
    for number in range(7):
        add_question(sqlite_db, f"q{number}", citations=() if number % 2 else wording().citations)


def listed(db: Database, after: str = "", limit: int = 25, **filters: str) -> tuple[list[str], str | None]:
    listing = list_questions(db, Filters(**filters), by="bilal", today=TODAY, after=after, limit=limit)
    return [question.question_id for question, _ in listing.rows], listing.next_after


def test_a_page_ends_where_the_next_begins(sqlite_db: Database):
    first, after = listed(sqlite_db, limit=3)
    second, after_that = listed(sqlite_db, after=after or "", limit=3)

    assert (first, second) == (["q6", "q5", "q4"], ["q3", "q2", "q1"])
    assert listed(sqlite_db, after=after_that or "", limit=3) == (["q0"], None)


def test_a_page_that_takes_all_that_is_left_is_the_last(sqlite_db: Database):
    assert listed(sqlite_db, limit=7)[1] is None


@pytest.mark.parametrize("nonsense", ["q2", "-1", "1e3", "٣", "9" * 40, "'"])
def test_an_address_that_nobody_made_begins_at_the_first_page(sqlite_db: Database, nonsense: str):
    assert listed(sqlite_db, after=nonsense, limit=2)[0] == ["q6", "q5"]


def test_standing_is_a_filter_like_any_other(sqlite_db: Database):
    found, after = listed(sqlite_db, standing="unverified", limit=2)

    assert found == ["q5", "q3"]
    assert listed(sqlite_db, standing="unverified", after=after or "", limit=2) == (["q1"], None)


@pytest.mark.parametrize("citing", ["a01-1", "bridge/a01-1", " A01-1 "])
def test_questions_are_found_by_the_claim_they_cite(sqlite_db: Database, citing: str):
    assert listed(sqlite_db, citing=citing)[0] == ["q6", "q4", "q2", "q0"]


def test_a_claim_that_nobody_cites_finds_nothing(sqlite_db: Database):
    assert listed(sqlite_db, citing="other/a01-1") == ([], None)


def test_a_page_that_looked_far_enough_says_where_to_go_on(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "MOST_SCANNED", 4)

    found, after = listed(sqlite_db, standing="in_the_source")

    assert (found, after is not None) == ([], True)
    assert listed(sqlite_db, standing="in_the_source", after=after or "") == ([], None)


def test_a_question_is_used_if_a_quiz_holds_it(sqlite_db: Database):
    add_people(sqlite_db)
    add_class(sqlite_db)
    add_quiz(sqlite_db, "q2", Draw("towns", "", 1))

    assert listed(sqlite_db, used="yes") == (["q2"], None)
    assert listed(sqlite_db, used="no", standing="checked")[0] == ["q6", "q4", "q0"]


def test_the_total_is_told_when_it_is_asked_for(sqlite_db: Database):
    listing = list_questions(sqlite_db, Filters(), by="bilal", today=TODAY, limit=2, counted=True)

    assert listing.total == Total(7)


def test_what_is_not_kept_is_counted(sqlite_db: Database):
    def total(**filters: str) -> Total | None:
        asked = Filters(**filters)
        return list_questions(sqlite_db, asked, by="bilal", today=TODAY, limit=2, counted=True).total

    assert total(words="bridge", difficulty="easy") == Total(7)
    assert total(words="bridge", difficulty="hard") == Total(0)
    assert total(standing="unverified") is None


def test_all_that_match_are_named_up_to_a_limit(sqlite_db: Database):
    def matching(limit: int, **filters: str) -> list[str]:
        return matching_question_ids(sqlite_db, Filters(**filters), by="bilal", today=TODAY, limit=limit)

    assert matching(5) == ["q6", "q5", "q4", "q3", "q2"]
    assert matching(500, standing="unverified") == ["q5", "q3", "q1"]
