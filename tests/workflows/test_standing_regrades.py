"""Regrades that stand reach the attempts that were under way, and answers that were accepted late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.storage import attempts
from quiz.storage.regrades import select_changes, select_regrades_of_quiz
from quiz.workflows.commit_regrade import commit_regrade
from quiz.workflows.decide_late_answer import decide_late_answer
from quiz.workflows.plan_regrade import Wanted
from quiz.workflows.regrades_of_attempt import regrades_of_attempt
from quiz.workflows.save_question import save_version
from quiz.workflows.save_response import AnswerLate, save_response
from quiz.workflows.submit_attempt import submit_attempt
from quiz.workflows.undo_regrade import undo_regrade
from tests.conftest import NOW
from tests.regraded import LATER, add_version_keyed_false, full_marks, make_claim_dated
from tests.small_content import wording
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take
from tests.taken_quizzes import body

MUCH_LATER = LATER + timedelta(hours=1)
WRONG = {"holds-1": False, "holds-2": True}


@pytest.fixture
def quiz(db):
    """Two questions whose right answer is true; Dina has submitted one of them right."""
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    add_questions(db, "holds-1", "holds-2")
    made = add_quiz(db, "holds-1", "holds-2", attempts_allowed=None)
    take(db, made, "dina", WRONG)
    return made


def wanted_is(db, kind):
    if kind == "other_key":
        return Wanted(kind, "holds-1", version_id=add_version_keyed_false(db))
    return Wanted(kind, "holds-1", accepted=(False,) if kind == "accept" else ())


def commit(db, quiz, wanted, number=1, **changes):
    how = {"reason": "It was unclear.", "operation_id": f"operation-{number}", "by": "bilal", "now": LATER}
    return commit_regrade(db, quiz, wanted, **(how | changes))


def slots(db, attempt):
    return [(s.fraction, s.is_counted) for s in attempts.select_attempt_slots(db, attempt)]


def score(db, attempt):
    found = attempts.select_attempt_or_none(db, attempt.id)
    return (found.earned, found.possible)


# -- attempts that were under way ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "earned", "possible"), [("full", 2, 2), ("drop", 1, 1), ("accept", 2, 2), ("other_key", 2, 2)]
)
def test_an_attempt_under_way_comes_to_what_the_others_come_to(db, quiz, kind, earned, possible):
    amal = take(db, quiz, "amal", WRONG, submits=False)
    commit(db, quiz, wanted_is(db, kind))

    submitted = submit_attempt(db, amal, now=MUCH_LATER)

    assert (submitted.earned, submitted.possible) == (earned, possible)


def test_a_recount_reaches_an_attempt_under_way(db, quiz):
    amal = take(db, quiz, "amal", WRONG, submits=False)
    make_claim_dated(db)
    commit(db, quiz, Wanted("recount", None))

    submit_attempt(db, amal, now=MUCH_LATER)

    assert [is_counted for _, is_counted in slots(db, amal)] == [False, False]


def test_several_regrades_are_applied_in_the_order_in_which_they_were_made(db, quiz):
    amal = take(db, quiz, "amal", {"holds-1": True, "holds-2": True}, submits=False)
    commit(db, quiz, wanted_is(db, "other_key"), 1)
    take(db, quiz, "dina", {"holds-1": True}, at=LATER)
    commit(db, quiz, Wanted("full", "holds-1"), 2, now=LATER + timedelta(minutes=5))

    submit_attempt(db, amal, now=MUCH_LATER)

    [first, second] = regrades_of_attempt(db, amal.class_id, amal.id, attempts.select_attempt_slots(db, amal))
    assert [(r.old.earned, r.new.earned) for r in (first, second)] == [(2, 1), (1, 2)]


def test_it_is_told_like_any_regrade(db, quiz):
    amal = take(db, quiz, "amal", WRONG, submits=False)
    made = commit(db, quiz, Wanted("full", "holds-1"))

    submit_attempt(db, amal, now=MUCH_LATER)

    [told] = regrades_of_attempt(db, amal.class_id, amal.id, attempts.select_attempt_slots(db, amal))
    assert (told.regrade.id, told.old.earned, told.new.earned) == (made.id, 1.0, 2.0)
    assert [place.slot.position for place in told.places] == [1]


def test_undoing_the_regrade_restores_the_attempt_too(db, quiz):
    amal = take(db, quiz, "amal", WRONG, submits=False)
    made = commit(db, quiz, Wanted("drop", "holds-1"))
    submit_attempt(db, amal, now=MUCH_LATER)

    undo_regrade(db, quiz, made, by="bilal", now=MUCH_LATER)

    assert slots(db, amal) == [(0.0, True), (1.0, True)]
    assert score(db, amal) == (1.0, 2.0)


def test_one_that_was_undone_before_is_not_applied(db, quiz):
    amal = take(db, quiz, "amal", WRONG, submits=False)
    undo_regrade(db, quiz, commit(db, quiz, Wanted("full", "holds-1")), by="bilal", now=LATER)

    submit_attempt(db, amal, now=MUCH_LATER)

    assert score(db, amal) == (1.0, 2.0)


def test_whoever_starts_after_the_regrade_is_marked_by_the_key_of_that_day(db, quiz):
    commit(db, quiz, Wanted("full", "holds-1"))

    amal = take(db, quiz, "amal", WRONG, at=MUCH_LATER)

    assert score(db, amal) == (1.0, 2.0)


def test_only_if_higher_holds_for_those_under_way_as_well(db, quiz):
    amal = take(db, quiz, "amal", {"holds-1": True, "holds-2": False}, submits=False)
    commit(db, quiz, Wanted("drop", "holds-1", only_if_higher=True))

    submit_attempt(db, amal, now=MUCH_LATER)

    assert score(db, amal) == (1.0, 2.0)


def test_a_key_that_does_not_fit_the_wording_that_was_asked_changes_nothing(db, quiz):
    amal = take(db, quiz, "amal", WRONG, submits=False)
    how = {"state": "ready", "by": "bilal", "now": NOW}
    save_version(db, "holds-1", wording(**body("single_choice")), **how)
    take(db, quiz, "dina", {"holds-1": "wood"}, at=LATER)
    options = [{"id": "steel", "text": "Of steel"}, {"id": "wood", "text": "Of wood", "right": True}]
    mended = save_version(db, "holds-1", wording(**body("single_choice", options=options)), **how)
    commit(db, quiz, Wanted("other_key", "holds-1", version_id=mended), now=MUCH_LATER)

    submit_attempt(db, amal, now=MUCH_LATER)

    assert score(db, amal) == (1.0, 2.0)


# -- late answers ----------------------------------------------------------------------------------------------


@pytest.fixture
def timed(db):
    """Amal's attempt of half an hour, which ended without an answer to the first question; it came late, and wrong."""
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    add_questions(db, "holds-1", "holds-2")
    quiz = add_quiz(db, "holds-1", "holds-2", time_limit_s=1800)
    amal = take(db, quiz, "amal", {"holds-2": True}, submits=False)
    take(db, quiz, "dina", WRONG)
    with pytest.raises(AnswerLate):
        save_response(
            db, amal, 1, response=False, operation_id="late", based_on=None, now=NOW + timedelta(minutes=31)
        )
    return quiz, attempts.select_attempt_or_none(db, amal.id)


def accept(db, amal):
    decide_late_answer(db, amal, "late", "accepted", by="bilal", now=MUCH_LATER)


@pytest.mark.parametrize(
    ("kind", "earned", "possible"), [("full", 2, 2), ("drop", 1, 1), ("accept", 2, 2), ("other_key", 2, 2)]
)
def test_an_answer_that_is_accepted_late_gets_the_regrades_that_stand(db, timed, kind, earned, possible):
    quiz, amal = timed
    commit(db, quiz, wanted_is(db, kind))

    accept(db, amal)

    assert score(db, amal) == (earned, possible)


@pytest.mark.parametrize("kind", ["full", "drop", "accept", "other_key"])
def test_the_regrade_can_be_undone_after_the_answer_was_accepted(db, timed, kind):
    quiz, amal = timed
    made = commit(db, quiz, wanted_is(db, kind))
    accept(db, amal)

    undo_regrade(db, quiz, made, by="bilal", now=MUCH_LATER)

    assert slots(db, amal) == [(0.0, True), (1.0, True)]
    assert score(db, amal) == (1.0, 2.0)


def test_a_regrade_that_was_undone_stays_so(db, timed):
    quiz, amal = timed
    undo_regrade(db, quiz, full_marks(db, quiz), by="bilal", now=LATER)

    accept(db, amal)

    assert score(db, amal) == (1.0, 2.0)


def test_what_it_made_of_the_place_is_told_once(db, timed):
    quiz, amal = timed
    made = full_marks(db, quiz)

    accept(db, amal)

    mine = [c for c in select_changes(db, made) if c.attempt_id == amal.id]
    assert [(c.slot.position, c.slot.old_fraction, c.slot.new_fraction) for c in mine] == [(1, 0.0, 1.0)]
    assert len(select_regrades_of_quiz(db, quiz)) == 1


def test_other_places_keep_what_regrades_made_of_them(db, timed):
    quiz, amal = timed
    made = commit(db, quiz, Wanted("drop", "holds-2"))

    accept(db, amal)

    assert slots(db, amal) == [(0.0, True), (1.0, False)]
    assert [c.slot.position for c in select_changes(db, made) if c.attempt_id == amal.id] == [2]
