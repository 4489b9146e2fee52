from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.timing import Accommodation
from quiz.core.visibility import ASPECTS, PRESETS, shows
from quiz.storage import quizzes
from quiz.workflows.close_quiz import close_quiz
from quiz.workflows.set_accommodation import set_accommodation
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.tell_visibility import is_closed_for_all, shown_of, with_shown_scores
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take, the_quiz

CLOSING = NOW + timedelta(days=2)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
EVERYTHING = frozenset(ASPECTS)
ANSWERS = frozenset({"response"})


@pytest.fixture
def quiz(db):
    """An exam that closes the day after tomorrow, in a class of Amal's and Dina's."""
    return an_exam(db, closes_at=CLOSING)


def an_exam(db, **rules):
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    add_questions(db, "holds-1")
    return add_quiz(db, "holds-1", **({"visibility": PRESETS["exam"]} | rules))


def grant(db, person_id="dina", **granted):
    set_accommodation(db, person_id, Accommodation(**granted), note="", by="bilal", now=NOW)


def change(db, quiz, **rules):
    quizzes.update_quiz(db, quiz, replace(the_quiz(db), **rules))


# -- the four moments -------------------------------------------------------


def test_an_exam_shows_the_answers_alone_until_it_is_closed(db, quiz):
    attempt = take(db, quiz, "amal")

    assert shown_of(db, attempt, now=NOW).aspects == ANSWERS
    assert shown_of(db, attempt, now=CLOSING - SECOND).aspects == ANSWERS
    assert shown_of(db, attempt, now=CLOSING).aspects == EVERYTHING


def test_homework_shows_all_after_submitting_and_nothing_before(db, quiz):
    change(db, quiz, visibility=PRESETS["homework"])
    under_way, submitted = take(db, quiz, "amal", submits=False), take(db, quiz, "dina")

    assert shown_of(db, under_way, now=NOW).aspects == ANSWERS
    assert shown_of(db, submitted, now=NOW).aspects == EVERYTHING


def test_the_rules_are_those_of_now_and_not_those_of_the_start(db, quiz):
    attempt = take(db, quiz, "amal")
    change(db, quiz, visibility=PRESETS["homework"])

    assert shown_of(db, attempt, now=NOW).marks


def test_right_after_submitting_lasts_two_minutes_and_says_so(db, quiz):
    change(db, quiz, visibility=shows([("response", "after"), ("correctness", "after")]))
    attempt = take(db, quiz, "amal")
    until = attempt.submitted_at + timedelta(minutes=2)

    first, later = shown_of(db, attempt, now=until), shown_of(db, attempt, now=until + SECOND)

    assert (first.correctness, first.gone_at) == (True, until)
    assert (later.aspects, later.gone_at) == (frozenset(), None)


# -- closed: nobody can take it any more -------------------------------------------------------


def test_a_quiz_closed_by_hand_is_closed_at_once(db, quiz):
    attempt = take(db, quiz, "amal")
    close_quiz(db, quiz, by="bilal", now=NOW)

    assert shown_of(db, attempt, now=NOW).aspects == EVERYTHING


def test_without_a_closing_time_only_the_teacher_closes_it(db):
    quiz = an_exam(db)
    attempt = take(db, quiz, "amal")

    shown = shown_of(db, attempt, now=NOW + 1000 * DAY)
    assert (shown.aspects, shown.awaits, shown.more_at) == (ANSWERS, "teacher", None)
    assert shown.more == EVERYTHING - ANSWERS


def test_it_waits_for_those_whose_closing_time_is_later(db, quiz):
    attempt = take(db, quiz, "amal")
    grant(db, extra_days=3)

    assert not is_closed_for_all(db, quiz, now=CLOSING + 2 * DAY)
    assert is_closed_for_all(db, quiz, now=CLOSING + 3 * DAY)
    assert shown_of(db, attempt, now=CLOSING).aspects == ANSWERS


def test_it_waits_for_nobody_of_another_class_who_has_not_begun(db, quiz):
    grant(db, "celeste", extra_days=30)

    assert is_closed_for_all(db, quiz, now=CLOSING)


def test_it_waits_for_a_guest_who_has_begun(db, quiz):
    change(db, quiz, guests_allowed=True)
    grant(db, "celeste", extra_days=3)
    take(db, the_quiz(db), "celeste", submits=False)

    assert not is_closed_for_all(db, the_quiz(db), now=CLOSING + 2 * DAY)
    assert is_closed_for_all(db, the_quiz(db), now=CLOSING + 3 * DAY + timedelta(minutes=1))


def test_it_waits_for_an_attempt_that_began_before_there_was_a_closing_time(db):
    quiz = an_exam(db)
    start_attempt(db, quiz, person_id="dina", now=NOW)
    change(db, quiz, closes_at=CLOSING)

    assert not is_closed_for_all(db, the_quiz(db), now=CLOSING + DAY)


def test_it_waits_for_the_time_of_grace(db, quiz):
    change(db, quiz, overrun="grace", grace_s=600)
    start_attempt(db, the_quiz(db), person_id="dina", now=NOW)

    assert not is_closed_for_all(db, the_quiz(db), now=CLOSING + timedelta(minutes=10))
    assert is_closed_for_all(db, the_quiz(db), now=CLOSING + timedelta(minutes=11))


def test_an_overdue_attempt_that_nobody_looked_at_holds_nothing_up(db, quiz):
    start_attempt(db, quiz, person_id="dina", now=NOW)

    assert is_closed_for_all(db, quiz, now=CLOSING + timedelta(minutes=1))


def test_a_quiz_that_is_opened_again_hides_its_results_again(db, quiz):
    attempt = take(db, quiz, "amal")
    close_quiz(db, quiz, by="bilal", now=NOW)
    quizzes.update_quiz_state(db, the_quiz(db), "open", NOW)

    assert shown_of(db, attempt, now=NOW).aspects == ANSWERS


# -- when there is more -------------------------------------------------------


def test_a_learner_is_told_when_results_come(db, quiz):
    shown = shown_of(db, take(db, quiz, "amal"), now=NOW)

    assert (shown.awaits, shown.more_at) == ("closing", CLOSING)


def test_nobody_is_told_of_what_others_were_granted(db, quiz):
    attempt = take(db, quiz, "amal")
    grant(db, extra_days=3)

    before, after = shown_of(db, attempt, now=NOW), shown_of(db, attempt, now=CLOSING)

    assert before.more_at == CLOSING
    assert (after.awaits, after.more_at) == ("others", None)


def test_ones_own_later_closing_time_is_told(db, quiz):
    attempt = take(db, quiz, "amal")
    grant(db, "amal", extra_days=3)

    assert shown_of(db, attempt, now=NOW).more_at == CLOSING + 3 * DAY


def test_before_submission_more_comes_with_it(db, quiz):
    change(db, quiz, visibility=PRESETS["homework"])
    attempt = take(db, quiz, "amal", submits=False)

    shown = shown_of(db, attempt, now=NOW)
    assert (shown.awaits, shown.more) == ("submission", EVERYTHING - ANSWERS)


def test_after_closing_nothing_more_is_promised(db, quiz):
    change(db, quiz, visibility=shows([("response", "after_closing")]))
    shown = shown_of(db, take(db, quiz, "amal"), now=CLOSING)

    assert (shown.awaits, shown.more) == ("nothing", frozenset())


# -- lists -------------------------------------------------------


def test_a_list_has_the_scores_that_may_be_shown_and_no_others(db, quiz):
    hidden = take(db, quiz, "amal", {"holds-1": True})
    other = add_quiz(db, "holds-1", quiz_id="homework")
    shown = take(db, other, "amal", {"holds-1": True})

    listed = with_shown_scores(db, [shown, hidden], now=NOW)

    assert [(a.earned, a.possible) for a in listed] == [(1.0, 1.0), (None, None)]
    assert [a.earned for a in with_shown_scores(db, [shown, hidden], now=CLOSING)] == [1.0, 1.0]


def test_a_list_of_nothing_is_nothing(db):
    assert with_shown_scores(db, [], now=NOW) == []
