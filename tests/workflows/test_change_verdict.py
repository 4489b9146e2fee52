from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.core.verdicts import UnusableVerdict
from quiz.storage.audit import select_entries_about
from quiz.storage.sources import select_edited_claims
from quiz.workflows.change_verdict import change_verdict, claim_or_none, touched_by
from quiz.workflows.question_standing import standings_of
from tests.conftest import TODAY
from tests.regraded import LATER, OUT_OF_DATE, add_taken, make_claim_dated
from tests.small_quizzes import add_class, add_people


@pytest.fixture
def taken(db):
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    return add_taken(db)


@pytest.fixture
def claim(db, taken):
    return claim_or_none(db, "bridge", "a01-1")


def test_a_changed_verdict_is_stored_marked_as_edited_and_noted(db, taken):
    make_claim_dated(db)

    assert claim_or_none(db, "bridge", "a01-1").verdict == "dated"
    assert select_edited_claims(db) == [("bridge", "a01-1")]
    (entry,) = select_entries_about(db, "claim bridge/a01-1")
    assert (entry.details["before"]["verdict"], entry.details["after"]["verdict"]) == ("supported", "dated")


def test_every_question_that_leans_on_it_becomes_unverified_at_once(db, taken, claim):
    make_claim_dated(db)

    versions = [
        q.question.version_id for q in touched_by(db, "bridge", claim, by="bilal", today=TODAY).questions
    ]
    assert [s.is_verified for s in standings_of(db, versions, today=TODAY).values()] == [False, False]


def test_a_verdict_that_can_not_be_kept_changes_nothing(db, taken, claim):
    with pytest.raises(UnusableVerdict):
        change_verdict(db, "bridge", claim, replace(OUT_OF_DATE, reason=""), by="bilal", now=LATER)

    assert select_edited_claims(db) == []


def test_the_same_verdict_again_is_no_change(db, taken, claim):
    make_claim_dated(db)
    again = change_verdict(
        db, "bridge", claim_or_none(db, "bridge", "a01-1"), OUT_OF_DATE, by="bilal", now=LATER
    )

    assert not again
    assert len(select_entries_about(db, "claim bridge/a01-1")) == 1


def test_what_leans_on_it_is_told_with_how_many_results_would_change(db, taken, claim):
    make_claim_dated(db)

    touched = touched_by(db, "bridge", claim, by="bilal", today=TODAY)

    assert [q.question.question_id for q in touched.questions] == ["holds-1", "holds-2"]
    assert [(m.quiz.id, m.touched.attempts, m.changed) for m in touched.quizzes] == [("quiz", 2, 2)]


def test_quizzes_of_others_are_only_counted(db, taken, claim):
    touched = touched_by(db, "bridge", claim, by="celeste", today=TODAY)

    assert (touched.quizzes, touched.others) == ((), 1)
