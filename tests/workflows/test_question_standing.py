from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quiz.core.claims import Citation
from quiz.storage.database import Database
from quiz.storage.sources import update_claim
from quiz.workflows.question_standing import passage_standings_of, standings_of
from tests.conftest import NOW, TODAY
from tests.small_content import add_bank, add_question, claim, source


@pytest.fixture(autouse=True)
def towns(db: Database) -> None:
    add_bank(db)


def test_a_key_that_rests_on_what_holds_is_checked(db: Database) -> None:
    version = add_question(db)

    standing = standings_of(db, [version], today=TODAY)[version]

    assert (standing.word, standing.as_of) == ("checked", "2026-11-22")


def test_a_verdict_that_changes_shows_at_once(db: Database) -> None:
    version = add_question(db)
    update_claim(db, "bridge", claim(verdict="disputed", reason="Two records differ."), by=None, now=NOW)

    standing = standings_of(db, [version], today=TODAY)[version]

    assert standing.word == "unverified"
    assert [(r.claim, r.verdict, r.detail) for r in standing.reasons] == [
        ("a01-1", "disputed", "Two records differ.")
    ]


def test_a_claim_past_its_review_makes_the_key_unverified_the_day_after(db: Database) -> None:
    version = add_question(db)

    words = [standings_of(db, [version], today=date(2031, 11, day))[version].word for day in (22, 23)]

    assert words == ["checked", "unverified"]


def test_many_standings_come_at_once_those_without_a_source_too(db: Database) -> None:
    bare = add_question(db, "q-bare", citations=())
    checking = add_question(db, "q-check", basis="check", citations=(Citation("bridge", "a02-1", "checks"),))
    text = add_question(db, "q-text", basis="text")

    standings = standings_of(db, [bare, checking, text], today=TODAY)

    assert [standings[i].word for i in (bare, checking, text)] == ["unverified", "checked", "in_the_source"]


def test_a_passage_is_unverified_if_a_claim_of_its_is_not_supported() -> None:
    standings = passage_standings_of(source(), today=TODAY)

    assert {key: standing.is_verified for key, standing in standings.items()} == {
        "a01": True,
        "a02": False,
        "f01": True,
    }


def test_a_passage_that_misleads_as_a_whole_is_unverified() -> None:
    misleading = replace(source().passages[2], misleads="It answers another question.")

    standing = passage_standings_of(source(passages=(misleading,)), today=TODAY)["f01"]

    assert not standing.is_verified
    assert standing.reasons[0].sentence == "It answers another question."
