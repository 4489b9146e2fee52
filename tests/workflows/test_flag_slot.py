import pytest

from quiz.storage import attempts
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.save_response import AttemptClosed
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.taken_quizzes import started


@pytest.fixture
def attempt(db):
    return started(db)


def flag(db, attempt, is_flagged, operation="first-operation"):
    flag_slot(db, attempt, 1, is_flagged=is_flagged, operation_id=operation, now=NOW)


def is_flagged(db, attempt):
    return attempts.select_attempt_slot_or_none(db, attempt, 1).is_flagged


def test_a_flag_is_set_and_taken_away(db, attempt):
    flag(db, attempt, True)
    was_flagged = is_flagged(db, attempt)
    flag(db, attempt, False, "second-operation")

    assert (was_flagged, is_flagged(db, attempt)) == (True, False)


def test_a_repeated_flag_is_one_step(db, attempt):
    flag(db, attempt, True)
    flag(db, attempt, True)

    assert len(attempts.select_steps(db, attempt)) == 1


def test_nothing_is_flagged_after_submission(db, attempt):
    submit_attempt(db, attempt, now=NOW)

    with pytest.raises(AttemptClosed):
        flag(db, attempt, True)
