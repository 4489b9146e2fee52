"""Regrades mark through the behaviour: certainty and tries hold for another key as they did for the first."""

from dataclasses import replace

import pytest

from quiz.core.choices import OneRight
from quiz.storage import attempts
from quiz.storage.quizzes import select_quiz_or_none
from quiz.workflows.commit_regrade import commit_regrade
from quiz.workflows.open_question import open_wording
from quiz.workflows.plan_regrade import Wanted
from quiz.workflows.save_question import save_version
from quiz.workflows.submit_attempt import submit_attempt
from quiz.workflows.undo_regrade import undo_regrade
from tests.checked import THIRD, check, checking, place, save
from tests.conftest import NOW


def regrade(db, attempt, kind, **wanted):
    quiz = select_quiz_or_none(db, attempt.quiz_id)
    return quiz, commit_regrade(
        db, quiz, Wanted(kind, "made-of-1", **wanted), reason="Told so.", operation_id=f"regrade-{kind}", by="amal",
        now=NOW,
    )  # fmt: skip


def test_an_accepted_answer_earns_by_its_certainty(db):
    attempt = checking(db, "cbm")
    save(db, attempt, "wood", certainty=2)
    submit_attempt(db, attempt, now=NOW)

    regrade(db, attempt, "accept", accepted=("wood",))

    assert (place(db, attempt).fraction, place(db, attempt).correctness) == (pytest.approx(2 / 3), 1.0)


def test_an_accepted_answer_earns_what_its_try_was_worth(db):
    attempt = checking(db)
    for response in ("wood", "stone", "iron"):
        check(db, attempt, response)
    submit_attempt(db, attempt, now=NOW)

    quiz, made = regrade(db, attempt, "accept", accepted=("stone",))

    assert place(db, attempt).fraction == pytest.approx(1 - THIRD)
    assert attempts.select_attempt_or_none(db, attempt.id).earned == pytest.approx(1 - THIRD)
    undo_regrade(db, quiz, made, by="amal", now=NOW)
    assert (place(db, attempt).fraction, place(db, attempt).correctness) == (pytest.approx(0.5 - THIRD), 0.5)


def test_accepting_an_answer_takes_nothing_away(db):
    attempt = checking(db)
    check(db, attempt, "iron")
    submit_attempt(db, attempt, now=NOW)

    regrade(db, attempt, "accept", accepted=("iron",))

    assert place(db, attempt).fraction == 1.0


def test_another_key_marks_every_try_anew(db):
    attempt = checking(db)
    check(db, attempt, "wood")
    check(db, attempt, "steel")
    submit_attempt(db, attempt, now=NOW)
    other = wood_is_right(db, attempt)

    regrade(db, attempt, "other_key", version_id=other)

    assert place(db, attempt).fraction == 1.0


def test_full_marks_are_full_whatever_the_certainty(db):
    attempt = checking(db, "cbm")
    save(db, attempt, "wood", certainty=3)
    submit_attempt(db, attempt, now=NOW)

    regrade(db, attempt, "full")

    assert (place(db, attempt).fraction, place(db, attempt).correctness) == (1.0, 1.0)


def wood_is_right(db, attempt):
    """Store a version of the question whose key is wood; return its id."""
    wording = open_wording(db, place(db, attempt).version_id)
    changed = replace(wording, key=OneRight("wood"))
    return save_version(db, "made-of-1", changed, state="ready", by=None, now=NOW)
