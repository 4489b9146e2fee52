import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.storage import attempts
from quiz.workflows.save_response import save_response
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import DOES_NOT_HOLD, started


@pytest.fixture
def attempt(db):
    """One right, one wrong, one blank, and a right one that does not count."""
    add_bank(db)
    for question_id in ("right", "wrong", "blank"):
        add_question(db, question_id)
    add_question(db, "doubtful", citations=DOES_NOT_HOLD)
    attempt = started(db, ["right", "wrong", "blank", "doubtful"])
    for position, response in ((1, True), (2, False), (4, True)):
        save_response(
            db, attempt, position, response=response, operation_id=f"answer-{position}", based_on=0, now=NOW
        )
    return attempt


def test_each_answer_is_marked_and_what_counts_is_added_up(db, attempt):
    submitted = submit_attempt(db, attempt, now=NOW)

    assert (submitted.state, submitted.earned, submitted.possible) == ("submitted", 1.0, 3.0)
    assert [slot.fraction for slot in attempts.select_attempt_slots(db, submitted)] == [1.0, 0.0, None, 1.0]


def test_there_is_a_receipt_that_can_be_read_out(db, attempt):
    assert re.fullmatch("[A-Z2-9]{4}-[A-Z2-9]{4}", submit_attempt(db, attempt, now=NOW).receipt)


def test_submitting_again_gives_the_same_receipt(db, attempt):
    assert submit_attempt(db, attempt, now=NOW) == submit_attempt(db, attempt, now=NOW)


def test_of_many_submissions_at_once_one_marks_and_all_tell_the_same(db, attempt):
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: submit_attempt(db, attempt, now=NOW), range(16)))

    assert len({result.receipt for result in results}) == 1
    assert [step.kind for step in attempts.select_steps(db, attempt)].count("submit") == 1
