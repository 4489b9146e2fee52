from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.core.timing import NONE, Accommodation, UnusableAccommodation
from quiz.storage.accommodations import accommodation_of, select_accommodated, select_profile_or_none
from quiz.storage.audit import select_entries_about
from quiz.workflows.change_quiz import change_quiz
from quiz.workflows.end_overdue import end_if_over, end_of
from quiz.workflows.enter_quiz import outlook_of
from quiz.workflows.save_response import AnswerLate
from quiz.workflows.set_accommodation import set_accommodation
from quiz.workflows.start_attempt import CannotStart, start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from quiz.workflows.take_break import end_break, may_take_break, take_break
from quiz.workflows.tell_time import timer_of
from tests.conftest import NOW
from tests.small_quizzes import the_quiz
from tests.timed_quizzes import after, answer, place, stored, timed_attempt, timed_quiz


def grant(db, at=NOW, note="", **what):
    set_accommodation(db, "amal", Accommodation(**what), note=note, by="bilal", now=at)


def test_it_is_kept_with_who_set_it_and_written_down_without_the_note(db):
    timed_quiz(db)

    grant(db, factor=1.5, extra_days=2, note="  agreed   in May ")

    profile = select_profile_or_none(db, "amal")
    assert profile.accommodation == Accommodation(factor=1.5, extra_days=2)
    assert (profile.note, profile.set_by_name) == ("agreed in May", "Bilal")
    assert select_accommodated(db, "bridges") == {"amal"}


def test_one_that_grants_nothing_takes_it_away(db):
    timed_quiz(db)
    grant(db, factor=2)

    grant(db)

    assert accommodation_of(db, "amal") == NONE
    assert select_profile_or_none(db, "amal") is None


def test_an_unusable_one_changes_nothing(db):
    timed_quiz(db)

    with pytest.raises(UnusableAccommodation):
        grant(db, factor=4)
    with pytest.raises(UnusableAccommodation):
        grant(db, factor=2, note="x" * 501)

    assert accommodation_of(db, "amal") == NONE


def test_it_works_at_the_next_start(db):
    quiz = timed_quiz(db)
    grant(db, factor=1.5)

    assert start_attempt(db, quiz, person_id="amal", now=NOW).deadline_at == after(45)
    assert start_attempt(db, quiz, person_id="dina", now=NOW).deadline_at == after(30)


def test_it_moves_the_deadline_of_an_attempt_under_way(db):
    attempt = timed_attempt(db)

    grant(db, at=after(20), factor=2)

    assert stored(db, attempt).deadline_at == after(60)
    answer(db, attempt, after(50))
    assert place(db, attempt).response is True


def test_taking_it_away_leaves_an_attempt_under_way_its_time(db):
    attempt = timed_attempt(db)
    grant(db, factor=2)

    grant(db, at=after(10))

    assert stored(db, attempt).deadline_at == after(60)


def test_it_does_not_reopen_what_has_ended(db):
    attempt = timed_attempt(db)

    grant(db, at=after(40), factor=3)

    assert (stored(db, attempt).state, stored(db, attempt).submitted_at) == ("submitted", after(30))


def test_who_is_untimed_loses_the_deadline_at_once(db):
    attempt = timed_attempt(db)

    grant(db, is_untimed=True)

    assert stored(db, attempt).deadline_at is None


def test_the_closing_time_moves_too(db):
    quiz = timed_quiz(db, closes_at=after(10))
    grant(db, factor=1.5, extra_days=1)

    outlook = outlook_of(db, quiz, "amal", now=NOW)

    assert outlook.time.closes == after(10) + timedelta(days=1, minutes=15)
    assert start_attempt(db, quiz, person_id="amal", now=after(60))
    with pytest.raises(CannotStart, match="closed on"):
        start_attempt(db, quiz, person_id="dina", now=after(60))


def test_it_adds_attempts(db):
    quiz = timed_quiz(db, attempts_allowed=1)
    grant(db, extra_attempts=1)

    for number in (1, 2):
        assert outlook_of(db, quiz, "amal", now=NOW).attempts_left == 3 - number
        submit_attempt(db, start_attempt(db, quiz, person_id="amal", now=NOW), now=NOW)
    with pytest.raises(CannotStart, match="all the attempts"):
        start_attempt(db, quiz, person_id="amal", now=NOW)


def test_new_rules_give_attempts_under_way_more_time_and_never_less(db):
    attempt = timed_attempt(db)

    change_quiz(db, the_quiz(db), QuizRules("Quiz", time_limit_s=3600), now=after(5))
    longer = stored(db, attempt).deadline_at
    change_quiz(db, the_quiz(db), QuizRules("Quiz", time_limit_s=600), now=after(6))

    assert (longer, stored(db, attempt).deadline_at) == (after(60), after(60))


def test_a_quiz_opens_at_its_time_and_waits_between_attempts(db):
    quiz = timed_quiz(db, opens_at=after(10), wait_between_s=3600)

    with pytest.raises(CannotStart, match="opens on"):
        start_attempt(db, quiz, person_id="amal", now=after(9))
    submit_attempt(db, start_attempt(db, quiz, person_id="amal", now=after(10)), now=after(20))
    with pytest.raises(CannotStart, match="again on") as refused:
        start_attempt(db, quiz, person_id="amal", now=after(79))

    assert refused.value.values["moment"] == after(80)
    assert start_attempt(db, quiz, person_id="amal", now=after(80)).number == 2


# -- breaks ----------------------------------------------------------------------------------------------------


def on_a_break(db, at=10):
    attempt = timed_attempt(db)
    grant(db, may_pause=True)
    return take_break(db, stored(db, attempt), now=after(at))


def test_a_break_stops_the_clock(db):
    attempt = on_a_break(db)

    assert timer_of(db, attempt, now=after(100)).minutes == 20
    resumed = end_break(db, attempt, now=after(100))
    assert (resumed.deadline_at, resumed.paused_s, resumed.paused_at) == (after(120), 90 * 60, None)


def test_an_attempt_in_a_break_is_not_overdue(db):
    attempt = on_a_break(db)

    assert end_if_over(db, attempt, now=after(500)).state == "open"


def test_without_the_accommodation_there_are_no_breaks(db):
    attempt = timed_attempt(db)

    assert not may_take_break(db, attempt, now=NOW)
    assert take_break(db, attempt, now=after(10)).paused_at is None


def test_pressing_twice_makes_one_break(db):
    attempt = on_a_break(db)

    assert take_break(db, attempt, now=after(15)).paused_at == after(10)


def test_who_answers_in_a_break_has_ended_it(db):
    attempt = on_a_break(db)

    answer(db, attempt, after(20))

    assert stored(db, attempt).paused_at is None
    assert stored(db, attempt).deadline_at == after(40)


def test_what_was_on_its_way_when_the_break_began_does_not_end_it(db):
    attempt = on_a_break(db)

    answer(db, attempt, after(10, 5))

    assert stored(db, attempt).paused_at == after(10)


def test_no_break_lasts_beyond_the_closing_time(db):
    quiz = timed_quiz(db, closes_at=after(60))
    grant(db, may_pause=True)
    attempt = take_break(db, start_attempt(db, quiz, person_id="amal", now=NOW), now=after(10))

    assert end_of(db, attempt, now=after(90)) == after(60)
    with pytest.raises(AnswerLate):
        answer(db, attempt, after(90))


def test_the_audit_knows_who_granted_it(db):
    timed_quiz(db)

    grant(db, factor=1.5, note="private")

    entry = select_entries_about(db, "person amal")[0]
    assert (entry.action, entry.actor_id, entry.details["factor"]) == ("set_accommodation", "bilal", 1.5)
    assert "private" not in str(asdict(entry))
