from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.attempts import Score
from quiz.storage import attempts
from quiz.storage.database import Conflict
from tests.conftest import NOW
from tests.taken_quizzes import started


@pytest.fixture
def attempt(db):
    return started(db)


def test_an_attempt_comes_back_with_the_names_that_pages_show(db, attempt):
    stored = attempts.select_attempt_or_none(db, attempt.id)

    assert (stored.quiz_title, stored.person_name, stored.state, stored.started_at) == (
        "Bridges",
        "Amal",
        "open",
        NOW,
    )
    assert (stored.submitted_at, stored.receipt, stored.earned) == (None, None, None)


def test_a_slot_comes_back_as_it_was_put(db, attempt):
    slot = attempts.select_attempt_slot_or_none(db, attempt, 2)

    assert slot == attempts.select_attempt_slots(db, attempt)[1]
    assert (slot.response, slot.revision, slot.is_flagged, slot.fraction) == (None, 0, False, None)


def test_a_number_is_given_once(db, attempt):
    with pytest.raises(Conflict):
        attempts.insert_attempt(db, replace(attempt, id="another"), [])


def test_an_operation_is_stored_once(db, attempt):
    def step(sequence):
        attempts.insert_step(
            db, attempt, sequence, operation_id="one-and-only", position=1, kind="flag", content={}, now=NOW
        )

    step(1)

    with pytest.raises(Conflict):
        step(2)


def test_steps_are_numbered_until_the_attempt_closes(db, attempt):
    first, second = (attempts.take_step_number_or_none(db, attempt) for _ in range(2))
    is_closed = attempts.update_attempt_submitted(
        db, attempt, receipt="ABCD-EFGH", score=Score(1, 2, 0), now=NOW
    )

    assert (first, second, is_closed) == (1, 2, True)
    assert attempts.take_step_number_or_none(db, attempt) is None


def test_an_attempt_closes_once(db, attempt):
    attempts.update_attempt_submitted(db, attempt, receipt="ABCD-EFGH", score=Score(1, 2, 0), now=NOW)

    assert not attempts.update_attempt_submitted(
        db, attempt, receipt="STUV-WXYZ", score=Score(2, 2, 0), now=NOW
    )
    assert attempts.select_attempt_or_none(db, attempt.id).receipt == "ABCD-EFGH"


@pytest.mark.parametrize("response", [True, "", "an answer", ["a", "b"], {"a": "b"}, "ø ك \u0000"])
def test_a_response_comes_back_equal(db, attempt, response):
    attempts.update_response(db, attempt, 1, response, seconds=3, now=NOW)

    slot = attempts.select_attempt_slot_or_none(db, attempt, 1)
    assert (slot.response, slot.revision, slot.saved_at, slot.seconds_spent) == (response, 1, NOW, 3)


def test_seconds_add_up(db, attempt):
    for _ in range(3):
        attempts.update_response(db, attempt, 1, None, seconds=20, now=NOW)

    assert attempts.select_attempt_slot_or_none(db, attempt, 1).seconds_spent == 60


def test_marks_are_written_per_place(db, attempt):
    attempts.update_fractions(db, attempt, {1: 0.5, 2: None})

    assert [slot.fraction for slot in attempts.select_attempt_slots(db, attempt)] == [0.5, None]


def test_the_newest_step_tells_when_something_happened_last(db, attempt):
    before = attempts.select_newest_step_time(db, attempt)
    later = NOW + timedelta(minutes=2)
    attempts.insert_step(
        db, attempt, 1, operation_id="operation", position=1, kind="flag", content={}, now=later
    )

    assert (before, attempts.select_newest_step_time(db, attempt)) == (NOW, later)


def test_how_often_a_question_was_asked_is_counted_by_bank_and_person(db, attempt):
    assert attempts.count_times_asked(db, "amal", "towns") == {"opened": 1, "painted": 1}
    assert attempts.count_times_asked(db, "dina", "towns") == {}
