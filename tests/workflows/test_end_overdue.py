from __future__ import annotations

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.storage.late_answers import select_late_answers
from quiz.workflows.change_quiz import change_quiz
from quiz.workflows.close_quiz import close_quiz
from quiz.workflows.count_abandoned import count_abandoned
from quiz.workflows.end_overdue import end_if_over, end_overdue_attempts
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.save_response import AnswerLate, AttemptClosed
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.small_quizzes import the_quiz
from tests.timed_quizzes import after, answer, place, stored, timed_attempt, timed_quiz


def late(db, attempt):
    return select_late_answers(db, attempt.class_id, attempt.id)


def test_the_deadline_is_fixed_when_the_attempt_starts(db):
    assert stored(db, timed_attempt(db)).deadline_at == after(30)


def test_an_answer_within_ten_seconds_after_the_deadline_still_counts(db):
    attempt = timed_attempt(db)

    answer(db, attempt, after(30, 10))

    assert place(db, attempt).response is True
    assert late(db, attempt) == []


def test_a_later_answer_is_kept_apart_and_its_attempt_submitted_as_of_the_deadline(db):
    attempt = timed_attempt(db)
    answer(db, attempt, after(5))

    with pytest.raises(AnswerLate):
        answer(db, attempt, after(31), position=2)

    ended = stored(db, attempt)
    assert (ended.state, ended.submitted_at, ended.earned) == ("submitted", after(30), 1.0)
    assert [(kept.position, kept.response, kept.at) for kept in late(db, attempt)] == [(2, True, after(31))]
    assert place(db, attempt, 2).response is None


def test_a_late_answer_sent_again_is_kept_once_and_another_beside_it(db):
    attempt = timed_attempt(db)

    for response in (True, True, False, False):
        with pytest.raises(AnswerLate):
            answer(db, attempt, after(31), response=response, operation="the-same")

    assert sorted(kept.response for kept in late(db, attempt)) == [False, True]


def test_an_answer_that_was_saved_in_time_is_acknowledged_again_after_the_end(db):
    attempt = timed_attempt(db)
    answer(db, attempt, after(5), operation="first")

    assert answer(db, attempt, after(40), operation="first").is_repeat
    assert late(db, attempt) == []


def test_after_a_submission_by_hand_an_answer_is_refused_not_kept(db):
    attempt = timed_attempt(db)
    submit_attempt(db, attempt, now=after(5))

    with pytest.raises(AttemptClosed):
        answer(db, attempt, after(6))

    assert late(db, attempt) == []


def test_what_arrives_after_the_instructor_closed_the_quiz_is_kept(db):
    attempt = timed_attempt(db)
    close_quiz(db, the_quiz(db), by="bilal", now=after(5))

    with pytest.raises(AnswerLate):
        answer(db, attempt, after(6))

    assert len(late(db, attempt)) == 1


def test_a_late_flag_changes_nothing(db):
    attempt = timed_attempt(db)

    with pytest.raises(AttemptClosed):
        flag_slot(db, attempt, 1, is_flagged=True, operation_id="flag", now=after(31))

    assert not place(db, attempt).is_flagged


def test_in_the_time_of_grace_answers_are_late_but_the_attempt_can_be_submitted(db):
    attempt = timed_attempt(db, overrun="grace", grace_s=300)
    answer(db, attempt, after(5))
    with pytest.raises(AnswerLate):
        answer(db, attempt, after(31), position=2)
    assert stored(db, attempt).state == "open"

    assert submit_attempt(db, attempt, now=after(34)).earned == 1.0


@pytest.mark.parametrize(
    ("rules", "ends"), [({"overrun": "abandon"}, 30), ({"overrun": "grace", "grace_s": 300}, 35)]
)
def test_what_is_not_submitted_in_time_does_not_count_but_is_kept(db, rules, ends):
    attempt = timed_attempt(db, **rules)
    answer(db, attempt, after(5))

    ended = end_if_over(db, attempt, now=after(60))

    assert (ended.state, ended.earned, ended.submitted_at) == ("abandoned", None, after(ends))
    assert ended.receipt
    assert place(db, attempt).response is True
    assert submit_attempt(db, attempt, now=after(61)).state == "abandoned"


def test_an_instructor_may_count_an_abandoned_attempt_all_the_same(db):
    attempt = timed_attempt(db, overrun="abandon")
    answer(db, attempt, after(5))
    ended = end_if_over(db, attempt, now=after(60))

    counted, again = (count_abandoned(db, ended, by="bilal", now=after(70)) for _ in range(2))

    assert (counted.state, counted.earned, counted.submitted_at) == ("submitted", 1.0, after(30))
    assert counted.receipt == ended.receipt
    assert again == counted


def test_the_rule_for_the_end_stays_as_it_was_at_the_start(db):
    attempt = timed_attempt(db, overrun="submit")

    change_quiz(db, the_quiz(db), QuizRules("Quiz", time_limit_s=1800, overrun="abandon"), now=after(5))

    assert end_if_over(db, stored(db, attempt), now=after(31)).state == "submitted"


def test_staff_end_all_that_is_overdue_and_nothing_else(db):
    attempt = timed_attempt(db)
    end_overdue_attempts(db, attempt.class_id, quiz_id=attempt.quiz_id, now=after(30))
    assert stored(db, attempt).state == "open"

    end_overdue_attempts(db, attempt.class_id, quiz_id=attempt.quiz_id, now=after(31))

    assert stored(db, attempt).state == "submitted"


def test_a_clock_that_jumps_does_not_move_the_deadline(db):
    attempt = timed_attempt(db)
    answer(db, attempt, after(-120))
    answer(db, attempt, after(29), position=2)

    assert stored(db, attempt).deadline_at == after(30)


def test_a_new_start_after_the_end_makes_a_new_attempt(db):
    attempt = timed_attempt(db)

    again = start_attempt(db, the_quiz(db), person_id="amal", now=after(45))

    assert again.number == 2
    assert stored(db, attempt).state == "submitted"


def test_the_closing_time_ends_attempts_without_a_limit(db):
    attempt = timed_attempt(db, time_limit_s=None, closes_at=after(20))

    assert end_if_over(db, attempt, now=after(21)).submitted_at == after(20)


def test_without_limit_and_closing_nothing_ends_by_itself(db):
    attempt = start_attempt(db, timed_quiz(db, time_limit_s=None), person_id="amal", now=NOW)

    assert end_if_over(db, attempt, now=after(1_000_000)).state == "open"
