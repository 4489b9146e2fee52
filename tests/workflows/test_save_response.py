from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from quiz.core.question_type import UnreadableResponse
from quiz.storage import attempts
from quiz.workflows.open_attempt import place_of
from quiz.workflows.save_response import AttemptClosed, ChangedElsewhere, read_submitted, save_response
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.taken_quizzes import started


@pytest.fixture
def attempt(db):
    return started(db)


def save(db, attempt, response, *, operation="first-operation", based_on=0, position=1, now=NOW):
    return save_response(
        db, attempt, position, response=response, operation_id=operation, based_on=based_on, now=now
    )


def stored(db, attempt, position=1):
    return attempts.select_attempt_slot_or_none(db, attempt, position)


def kinds(db, attempt):
    return [step.kind for step in attempts.select_steps(db, attempt)]


def test_what_is_acknowledged_is_stored(db, attempt):
    saved = save(db, attempt, True)

    assert (stored(db, attempt).response, stored(db, attempt).revision) == (True, saved.revision)


def test_every_change_stays_on_record(db, attempt):
    save(db, attempt, True)
    save(db, attempt, False, operation="second-operation", based_on=1)

    assert [step.content["response"] for step in attempts.select_steps(db, attempt)] == [True, False]


def test_a_repeated_operation_is_done_once(db, attempt):
    first = save(db, attempt, True)
    again = save(db, attempt, True, now=NOW + timedelta(minutes=1))

    assert (again.is_repeat, again.revision, again.at) == (True, first.revision, first.at)
    assert kinds(db, attempt) == ["save"]


def test_many_at_once_with_one_operation_are_one(db, attempt):
    with ThreadPoolExecutor(8) as pool:
        revisions = {saved.revision for saved in pool.map(lambda _: save(db, attempt, True), range(16))}

    assert revisions == {1}
    assert kinds(db, attempt) == ["save"]


def test_another_answer_under_a_used_operation_is_not_lost(db, attempt):
    save(db, attempt, True)

    saved = save(db, attempt, False, based_on=1)

    assert (saved.is_repeat, stored(db, attempt).response) == (False, False)


def test_an_older_page_does_not_overwrite_a_newer_answer(db, attempt):
    save(db, attempt, True)

    with pytest.raises(ChangedElsewhere) as refused:
        save(db, attempt, False, operation="from-another-tab")

    assert refused.value.stored.response is True
    assert stored(db, attempt).response is True
    assert kinds(db, attempt) == ["save"]


def test_the_same_answer_from_an_older_page_is_no_conflict(db, attempt):
    save(db, attempt, True)

    assert save(db, attempt, True, operation="from-another-tab").revision == 2


def test_an_older_page_may_fill_what_is_blank(db, attempt):
    save(db, attempt, None)

    assert save(db, attempt, True, operation="from-another-tab").response is True


def test_a_page_that_knows_no_revision_overwrites(db, attempt):
    save(db, attempt, True)

    assert save(db, attempt, False, operation="second-operation", based_on=None).response is False


def test_an_answer_can_be_cleared(db, attempt):
    save(db, attempt, True)
    save(db, attempt, None, operation="second-operation", based_on=1)

    assert stored(db, attempt).response is None


def test_nothing_is_added_after_submission(db, attempt):
    submit_attempt(db, attempt, now=NOW)

    with pytest.raises(AttemptClosed):
        save(db, attempt, True)

    assert stored(db, attempt).response is None


def test_a_repeat_that_arrives_after_submission_is_still_acknowledged(db, attempt):
    save(db, attempt, True)
    submit_attempt(db, attempt, now=NOW)

    assert save(db, attempt, True).is_repeat


def test_time_is_counted_from_step_to_step_and_a_long_absence_is_not(db, attempt):
    save(db, attempt, True, now=NOW + timedelta(seconds=40))
    save(db, attempt, False, operation="next-question", position=2, now=NOW + timedelta(seconds=100))
    save(db, attempt, True, operation="after-the-night", position=2, based_on=1, now=NOW + timedelta(hours=9))

    assert stored(db, attempt, 1).seconds_spent == 40
    assert stored(db, attempt, 2).seconds_spent == 60 + 30 * 60


def test_what_cant_be_read_is_refused_before_anything_is_written(db, attempt):
    place = place_of(db, attempt, 1)

    with pytest.raises(UnreadableResponse):
        read_submitted(place.question, place.slot, {"answer": ["perhaps"]})
