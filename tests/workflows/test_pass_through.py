"""Timed sections and one-way navigation: what may be answered when, whatever a browser sends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.core.timing import Accommodation
from quiz.storage import attempts
from quiz.storage.attempt_parts import select_parts
from quiz.storage.late_answers import select_late_answers
from quiz.workflows.change_section import change_section
from quiz.workflows.decide_late_answer import CannotDecide, decide_late_answer
from quiz.workflows.end_overdue import end_if_over, end_overdue_attempts
from quiz.workflows.flag_slot import flag_slot
from quiz.workflows.pass_through import PlaceClosed, finish_part, leave_place, open_part, way_of
from quiz.workflows.save_response import AnswerLate
from quiz.workflows.set_accommodation import set_accommodation
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from quiz.workflows.take_break import end_break, may_take_break, take_break
from quiz.workflows.tell_time import timer_of
from tests.conftest import NOW
from tests.sectioned_quizzes import begun, sectioned_quiz
from tests.small_quizzes import the_quiz
from tests.timed_quizzes import after, answer, place, stored


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


def way(db, attempt, at=NOW):
    current = stored(db, attempt)
    return way_of(db, current, attempts.select_attempt_slots(db, current), now=at)


def leave(db, attempt, position, at=NOW, operation=""):
    return leave_place(
        db, stored(db, attempt), position, operation_id=operation or f"reach-{position}", now=at
    )


def refused(db, attempt, at, position):
    with pytest.raises(PlaceClosed) as told:
        answer(db, stored(db, attempt), at, position=position)
    return str(told.value)


def late(db, attempt):
    return [(kept.position, kept.response) for kept in select_late_answers(db, attempt.class_id, attempt.id)]


def steps(db, attempt, kind):
    return [step for step in attempts.select_steps(db, attempt) if step.kind == kind]


# -- one after the other -------------------------------------------------------------------------------------


@pytest.fixture
def one_way(db):
    """An attempt at four questions without a way back."""
    return begun(db, limits={}, outside=4, navigation="sequential")


def test_only_the_first_question_is_open_at_first(db, one_way):
    assert (list(way(db, one_way).open), list(way(db, one_way).met)) == ([1], [1])

    assert answer(db, one_way, after(1), position=1).revision == 1
    assert "comes later" in refused(db, one_way, after(1), 2)
    assert place(db, one_way, 2).response is None


def test_a_question_that_was_left_cannot_be_answered_again_and_nothing_is_lost(db, one_way):
    answer(db, one_way, after(1), position=1, response=True)
    leave(db, one_way, 1, after(2))

    with pytest.raises(PlaceClosed, match="You cannot return to question 1"):
        answer(db, stored(db, one_way), after(3), position=1, response=False)

    assert place(db, one_way, 1).response is True
    assert answer(db, stored(db, one_way), after(4), position=2).revision == 1


def test_the_same_answer_again_to_a_question_that_was_left_is_no_problem(db, one_way):
    answer(db, one_way, after(1), position=1, response=True)
    leave(db, one_way, 1, after(2))

    # Under another operation: a page that was slow sends what the form had sent already.
    assert answer(
        db, stored(db, one_way), after(3), position=1, response=True, operation="slow-page"
    ).is_repeat
    assert place(db, one_way, 1).revision == 1


def test_leaving_twice_is_leaving_once_and_is_written_down(db, one_way):
    for _ in range(2):
        leave(db, one_way, 1, after(1), operation="leave")
        leave(db, one_way, 1, after(1))

    assert stored(db, one_way).reached == 2
    assert [(s.position, s.content, s.operation_id) for s in steps(db, one_way, "reach")] == [
        (1, {"reached": 2}, "leave")
    ]


def test_only_the_open_question_can_be_left(db, one_way):
    leave(db, one_way, 3)

    assert stored(db, one_way).reached == 0


def test_after_the_last_question_nothing_is_open_and_all_were_met(db, one_way):
    for position in range(1, 5):
        leave(db, one_way, position)

    assert (list(way(db, one_way).open), list(way(db, one_way).met)) == ([], [1, 2, 3, 4])
    assert "You cannot return to question 4" in refused(db, one_way, after(1), 4)


def test_a_question_that_was_left_is_not_flagged_either(db, one_way):
    leave(db, one_way, 1)

    with pytest.raises(PlaceClosed):
        flag_slot(db, stored(db, one_way), 1, is_flagged=True, operation_id="flag", now=NOW)

    assert not place(db, one_way, 1).is_flagged


def test_a_submitted_attempt_is_left_no_further(db, one_way):
    submit_attempt(db, one_way, now=after(1))

    leave(db, one_way, 1, after(2))

    assert stored(db, one_way).reached == 0


# -- parts with a time limit ---------------------------------------------------------------------------------


@pytest.fixture
def in_parts(db):
    """An attempt: questions 1 and 2 outside, 3 and 4 with ten minutes, 5 and 6 with twenty."""
    return begun(db)


def test_the_part_without_a_title_is_open_and_the_next_is_not(db, in_parts):
    assert list(way(db, in_parts).open) == [1, 2]
    assert answer(db, in_parts, after(1), position=2).revision == 1
    assert "part 2, which you have not opened yet" in refused(db, in_parts, after(1), 3)


def test_a_part_is_opened_only_after_the_one_before_was_finished(db, in_parts):
    open_part(db, in_parts, 2, now=after(1))
    assert list(way(db, in_parts, after(1)).open) == [1, 2]

    finish_part(db, in_parts, 1, now=after(2))
    assert way(db, in_parts, after(2)).waits_for_part
    open_part(db, in_parts, 3, now=after(2))
    assert list(way(db, in_parts, after(2)).open) == []

    open_part(db, in_parts, 2, now=after(3))
    assert list(way(db, in_parts, after(3)).open) == [3, 4]


def opened(db, attempt, at=NOW):
    """Open the map at that moment."""
    finish_part(db, attempt, 1, now=at)
    open_part(db, attempt, 2, now=at)


def test_the_clock_of_a_part_starts_when_it_is_opened_once(db, in_parts):
    finish_part(db, in_parts, 1, now=after(5))
    open_part(db, in_parts, 2, now=after(30))
    open_part(db, in_parts, 2, now=after(35))

    assert select_parts(db, in_parts)[1].deadline_at == after(40)
    assert len(steps(db, in_parts, "section")) == 2


def test_a_finished_part_is_closed_and_what_was_answered_stays(db, in_parts):
    answer(db, in_parts, after(1), position=1, response=True)
    opened(db, in_parts, after(2))

    with pytest.raises(PlaceClosed, match="You finished part 1"):
        answer(db, stored(db, in_parts), after(3), position=1, response=False)

    assert place(db, in_parts, 1).response is True
    assert late(db, in_parts) == []


def test_an_answer_after_the_end_of_its_part_is_kept_apart_and_the_attempt_goes_on(db, in_parts):
    opened(db, in_parts)
    answer(db, in_parts, after(9), position=3, response=False)

    for _ in range(2):
        with pytest.raises(AnswerLate):
            answer(db, stored(db, in_parts), after(10, 11), position=3, response=True)

    assert stored(db, in_parts).state == "open"
    assert place(db, in_parts, 3).response is False
    assert late(db, in_parts) == [(3, True)]
    open_part(db, in_parts, 3, now=after(11))
    assert answer(db, stored(db, in_parts), after(12), position=5).revision == 1


def test_what_was_sent_in_time_is_taken_even_if_the_next_part_was_opened(db, in_parts):
    opened(db, in_parts)
    open_part(db, in_parts, 3, now=after(10, 1))

    assert answer(db, stored(db, in_parts), after(10, 9), position=3).revision == 1


def test_a_late_answer_of_a_part_is_decided_when_the_attempt_has_ended(db, in_parts):
    opened(db, in_parts)
    with pytest.raises(AnswerLate):
        answer(db, stored(db, in_parts), after(11), position=3, operation="too-late")
    with pytest.raises(CannotDecide, match="still open"):
        decide_late_answer(db, stored(db, in_parts), "too-late", "accepted", by="bilal", now=after(12))

    submitted = submit_attempt(db, in_parts, now=after(13))
    decide_late_answer(db, submitted, "too-late", "accepted", by="bilal", now=after(14))

    assert stored(db, in_parts).earned == 1.0


def test_the_attempt_ends_with_its_last_part_though_nobody_comes_back(db, in_parts):
    opened(db, in_parts)
    open_part(db, in_parts, 3, now=after(10))
    answer(db, stored(db, in_parts), after(12), position=5)

    end_overdue_attempts(db, in_parts.class_id, now=after(31))

    ended = stored(db, in_parts)
    assert (ended.state, ended.submitted_at, ended.earned) == ("submitted", after(30), 1.0)


def test_the_end_of_the_attempt_holds_for_its_parts(db):
    attempt = begun(db, time_limit_s=900)
    opened(db, attempt, after(10))

    timer = timer_of(db, stored(db, attempt), now=after(11))
    assert timer and (timer.ends_at, timer.part) == (after(15), None)
    with pytest.raises(AnswerLate):
        answer(db, stored(db, attempt), after(16), position=3)
    assert stored(db, attempt).state == "submitted"


def test_the_timer_tells_the_end_that_is_nearer(db):
    attempt = begun(db, time_limit_s=3600)
    before = timer_of(db, attempt, now=after(1))
    opened(db, attempt, after(2))
    within = timer_of(db, stored(db, attempt), now=after(3))

    assert before and (before.ends_at, before.part) == (after(60), None)
    assert within and within.part and (within.ends_at, within.part.title) == (after(12), "The map")


def test_parts_are_not_left_by_the_clock_of_the_browser(db, in_parts):
    opened(db, in_parts)

    open_part(db, in_parts, 3, now=after(9))

    assert list(way(db, in_parts, after(9)).open) == [3, 4]


def test_the_last_part_ends_with_its_attempt_and_not_before(db, in_parts):
    opened(db, in_parts)
    open_part(db, in_parts, 3, now=after(10))

    finish_part(db, in_parts, 3, now=after(11))

    assert list(way(db, in_parts, after(11)).open) == [5, 6]


def test_a_part_of_a_submitted_attempt_is_not_opened(db, in_parts):
    finish_part(db, in_parts, 1, now=NOW)
    submit_attempt(db, in_parts, now=after(1))

    open_part(db, in_parts, 2, now=after(2))

    assert select_parts(db, in_parts)[1].started_at is None


# -- both ----------------------------------------------------------------------------------------------------


@pytest.fixture
def both(db):
    return begun(db, navigation="sequential")


def test_leaving_the_last_question_of_a_part_finishes_it(db, both):
    leave(db, both, 1)
    leave(db, both, 2, after(1))

    assert way(db, both, after(1)).waits_for_part
    assert "You finished part 1" in refused(db, both, after(1), 2)
    open_part(db, both, 2, now=after(2))
    assert list(way(db, both, after(2)).open) == [3]
    assert "comes later" in refused(db, both, after(3), 4)


def test_a_part_whose_time_is_up_lets_the_next_begin_at_its_first_question(db, both):
    leave(db, both, 1)
    leave(db, both, 2)
    open_part(db, both, 2, now=NOW)
    assert list(way(db, both, after(11)).open) == []

    open_part(db, both, 3, now=after(11))

    assert (list(way(db, both, after(11)).open), list(way(db, both, after(11)).met)) == ([5], [1, 2, 3, 4, 5])
    with pytest.raises(AnswerLate):
        answer(db, stored(db, both), after(12), position=3)


def test_a_question_left_before_its_part_was_over_takes_no_late_answer(db, both):
    leave(db, both, 1)
    leave(db, both, 2)
    open_part(db, both, 2, now=NOW)
    leave(db, both, 3)

    assert "You cannot return to question 3" in refused(db, both, after(11), 3)
    with pytest.raises(AnswerLate):
        answer(db, stored(db, both), after(11), position=4)


# -- breaks and accommodations -------------------------------------------------------------------------------


def grant(db, at, **what):
    set_accommodation(db, "amal", Accommodation(**what), note="", by="bilal", now=at)


def test_a_break_stops_the_clock_of_a_part(db, in_parts):
    opened(db, in_parts)
    grant(db, NOW, may_pause=True)

    paused = take_break(db, stored(db, in_parts), now=after(4))
    assert list(way(db, in_parts, after(60)).open) == [3, 4]
    assert timer_of(db, paused, now=after(60)).minutes == 6
    end_break(db, paused, now=after(64))

    assert select_parts(db, in_parts)[1].deadline_at == after(70)
    assert answer(db, stored(db, in_parts), after(69), position=3).revision == 1


def test_a_break_moves_the_end_of_an_attempt_in_its_last_part_too(db, in_parts):
    grant(db, NOW, may_pause=True)
    opened(db, in_parts)
    open_part(db, in_parts, 3, now=after(10))

    end_break(db, take_break(db, stored(db, in_parts), now=after(15)), now=after(45))

    assert stored(db, in_parts).deadline_at == select_parts(db, in_parts)[2].deadline_at == after(60)


def test_between_parts_no_clock_runs_that_a_break_could_stop(db, in_parts):
    grant(db, NOW, may_pause=True)

    assert not may_take_break(db, stored(db, in_parts), now=NOW)
    opened(db, in_parts)
    assert may_take_break(db, stored(db, in_parts), now=after(1))


def test_an_accommodation_lengthens_the_part_that_runs_and_those_to_come(db, in_parts):
    opened(db, in_parts)

    grant(db, after(5), factor=2)

    _, runs, comes = select_parts(db, in_parts)
    assert (runs.deadline_at, runs.extra) == (after(20), timedelta(minutes=10))
    assert (comes.limit, comes.extra) == (timedelta(minutes=20), timedelta(minutes=20))
    grant(db, after(6))
    assert select_parts(db, in_parts)[1].deadline_at == after(20)


def test_an_accommodation_does_not_open_a_part_that_is_over(db, in_parts):
    opened(db, in_parts)

    grant(db, after(15), factor=3)

    assert select_parts(db, in_parts)[1].deadline_at == after(10)
    assert way(db, in_parts, after(15)).part.number == 3


def test_who_gets_no_limit_any_more_keeps_the_order_and_loses_the_clock(db, in_parts):
    opened(db, in_parts)
    open_part(db, in_parts, 3, now=after(10))
    assert stored(db, in_parts).deadline_at == after(30)

    grant(db, after(15), is_untimed=True)

    assert stored(db, in_parts).deadline_at is None
    assert end_if_over(db, stored(db, in_parts), now=after(500)).state == "open"
    assert answer(db, stored(db, in_parts), after(500), position=6).revision == 1
    with pytest.raises(PlaceClosed):
        answer(db, stored(db, in_parts), after(500), position=1)


def test_a_longer_section_gives_running_attempts_more_time_and_a_shorter_one_takes_none(db, in_parts):
    opened(db, in_parts)
    change = {"title": "The map", "is_shuffled": False}

    change_section(db, the_quiz(db), "map", time_limit_s=1800, **change, now=after(5))
    assert select_parts(db, in_parts)[1].deadline_at == after(30)

    change_section(db, the_quiz(db), "map", time_limit_s=60, **change, now=after(6))
    assert select_parts(db, in_parts)[1].deadline_at == after(30)


def test_extra_time_in_parts_moves_the_closing_time(db):
    quiz = sectioned_quiz(db, closes_at=after(60))
    grant(db, NOW, factor=2)

    # Ten and twenty minutes more.
    assert start_attempt(db, quiz, person_id="amal", now=NOW).deadline_at == after(90)
    assert start_attempt(db, quiz, person_id="dina", now=NOW).deadline_at == after(60)
