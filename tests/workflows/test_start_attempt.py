from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.storage import attempts, quizzes
from quiz.storage.quizzes import Draw, Slot
from quiz.workflows.retire_question import retire_question
from quiz.workflows.start_attempt import CannotStart, start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import DOES_NOT_HOLD, add_class, add_quiz, started, the_quiz


@pytest.fixture
def two_questions(db):
    add_bank(db)
    add_question(db, "holds")
    add_question(db, "doubtful", citations=DOES_NOT_HOLD)
    return ["holds", "doubtful"]


def begin(db, quiz):
    return start_attempt(db, quiz, person_id="amal", now=NOW)


def asked(db, attempt):
    return [slot.question_id for slot in attempts.select_attempt_slots(db, attempt)]


def test_an_attempt_fixes_versions_seeds_and_standing_when_it_starts(db, two_questions):
    attempt = started(db, two_questions)

    holds, doubtful = attempts.select_attempt_slots(db, attempt)
    assert (holds.position, holds.standing.is_verified, holds.is_counted) == (1, True, True)
    assert (doubtful.position, doubtful.standing.is_verified, doubtful.is_counted) == (2, False, False)
    assert holds.seed != doubtful.seed


def test_starting_twice_is_starting_once(db, two_questions):
    quiz = add_quiz(db, add_class(db), two_questions)

    assert begin(db, quiz).id == begin(db, quiz).id


def test_many_starts_at_once_make_one_attempt(db, two_questions):
    quiz = add_quiz(db, add_class(db), two_questions)

    with ThreadPoolExecutor(8) as pool:
        ids = {attempt.id for attempt in pool.map(lambda _: begin(db, quiz), range(16))}

    assert len(ids) == 1
    assert len(attempts.select_attempts_at_quiz(db, quiz.class_id, quiz.id)) == 1


def test_what_the_policy_leaves_out_is_not_asked(db, two_questions):
    assert asked(db, started(db, two_questions, policy="left_out")) == ["holds"]


def test_where_the_instructor_gives_a_reason_unverified_questions_count(db, two_questions):
    attempt = started(db, two_questions, policy="scored", policy_reason="We read it in class.")

    assert all(slot.is_counted for slot in attempts.select_attempt_slots(db, attempt))
    assert attempts.select_attempt_or_none(db, attempt.id).policy_reason == "We read it in class."


def test_a_retired_question_is_not_asked(db, two_questions):
    retire_question(db, "doubtful", now=NOW)

    assert asked(db, started(db, two_questions)) == ["holds"]


def test_a_draw_takes_as_many_as_it_says_and_nothing_twice(db, two_questions):
    quiz = add_quiz(db, add_class(db), ["holds"])
    add_question(db, "third")
    quizzes.insert_slot(db, quiz, Slot("draw", 2, 1.0, None, Draw("towns", "", 5)))

    assert sorted(asked(db, begin(db, quiz))) == ["doubtful", "holds", "third"]


def test_the_next_attempt_draws_what_was_not_asked_before(db, two_questions):
    quiz = add_quiz(db, add_class(db), [])
    quizzes.insert_slot(db, quiz, Slot("draw", 1, 1.0, None, Draw("towns", "", 1)))

    first = begin(db, quiz)
    submit_attempt(db, first, now=NOW)
    second = begin(db, quiz)

    assert {*asked(db, first), *asked(db, second)} == {"holds", "doubtful"}


def test_points_come_from_the_slot(db, two_questions):
    quiz = add_quiz(db, add_class(db), [])
    quizzes.insert_slot(db, quiz, Slot("worthy", 1, 2.5, "holds", None))

    assert [slot.points for slot in attempts.select_attempt_slots(db, begin(db, quiz))] == [2.5]


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_quiz_that_is_not_open_does_not_start(db, two_questions, state):
    with pytest.raises(CannotStart):
        started(db, two_questions, state=state)


def test_an_open_attempt_is_gone_on_with_even_if_the_quiz_was_closed(db, two_questions):
    attempt = started(db, two_questions)
    quizzes.update_quiz_state(db, the_quiz(db, "bridges"), "closed", NOW)

    assert begin(db, the_quiz(db, "bridges")).id == attempt.id


def test_no_more_attempts_than_allowed(db, two_questions):
    submit_attempt(db, started(db, two_questions, attempts_allowed=1), now=NOW)

    with pytest.raises(CannotStart, match="all the attempts"):
        begin(db, the_quiz(db, "bridges"))


def test_a_quiz_with_nothing_to_ask_does_not_start(db):
    with pytest.raises(CannotStart, match="no questions"):
        started(db, [])


def test_a_quiz_that_was_closed_meanwhile_is_not_started(db, two_questions):
    quiz = add_quiz(db, add_class(db), two_questions)
    quizzes.update_quiz_state(db, quiz, "closed", NOW)

    with pytest.raises(CannotStart):
        begin(db, quiz)  # read while it was still open

    assert attempts.select_attempts_at_quiz(db, quiz.class_id, quiz.id) == []
