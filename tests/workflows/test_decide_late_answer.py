from __future__ import annotations

import pytest

from quiz.storage.late_answers import count_undecided, select_late_answers
from quiz.workflows.decide_late_answer import CannotDecide, decide_late_answer
from quiz.workflows.report_late_answers import report_late_answers
from quiz.workflows.save_response import AnswerLate
from tests.timed_quizzes import after, answer, place, stored, timed_attempt


def with_late_answer(db, **rules):
    attempt = timed_attempt(db, **rules)
    with pytest.raises(AnswerLate):
        answer(db, attempt, after(31), operation="late")
    return stored(db, attempt)


def decide(db, attempt, decision, reason=""):
    decide_late_answer(db, attempt, "late", decision, reason=reason, by="bilal", now=after(60))


def test_an_accepted_answer_is_applied_and_the_attempt_marked_again(db):
    attempt = with_late_answer(db)
    assert attempt.earned == 0

    decide(db, attempt, "accepted")

    assert stored(db, attempt).earned == 1.0
    assert (place(db, attempt).response, place(db, attempt).fraction) == (True, 1.0)
    kept = select_late_answers(db, attempt.class_id, attempt.id)[0]
    assert (kept.decision, kept.decided_by_name, kept.decided_at) == ("accepted", "Bilal", after(60))


def test_a_refused_one_changes_no_mark_and_keeps_its_reason(db):
    attempt = with_late_answer(db)

    decide(db, attempt, "refused", "An hour is too long.")

    assert stored(db, attempt).earned == 0
    kept = select_late_answers(db, attempt.class_id, attempt.id)[0]
    assert (kept.decision, kept.reason) == ("refused", "An hour is too long.")


def test_refusing_needs_a_reason(db):
    attempt = with_late_answer(db)

    with pytest.raises(CannotDecide, match="why"):
        decide(db, attempt, "refused", "  ")

    assert count_undecided(db, attempt.class_id, attempt.quiz_id) == {attempt.id: 1}


def test_the_first_decision_stands(db):
    attempt = with_late_answer(db)
    decide(db, attempt, "refused", "Too late.")

    decide(db, attempt, "accepted")

    assert stored(db, attempt).earned == 0
    assert count_undecided(db, attempt.class_id, attempt.quiz_id) == {}


def test_nothing_is_decided_while_the_attempt_is_open_or_does_not_count(db):
    with pytest.raises(CannotDecide, match="still open"):
        decide(db, with_late_answer(db, overrun="grace", grace_s=3600), "accepted")


def test_an_answer_of_an_attempt_that_does_not_count_waits_until_it_does(db):
    with pytest.raises(CannotDecide, match="Count it first"):
        decide(db, with_late_answer(db, overrun="abandon"), "accepted")


def test_the_tray_tells_the_answer_in_words(db):
    attempt = with_late_answer(db)

    (told,) = report_late_answers(db, attempt)

    assert [line.given for line in told.lines] == ["True"]
