from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.visibility import PRESETS
from quiz.storage import attempts, quizzes
from quiz.storage.seen_results import select_seen_results_of_person
from quiz.workflows.decide_late_answer import decide_late_answer
from quiz.workflows.keep_late_answer import keep_late_answer
from quiz.workflows.note_result_seen import note_result_seen
from quiz.workflows.tell_news import tell_news
from quiz.workflows.tell_visibility import with_shown_scores
from quiz.workflows.undo_regrade import undo_regrade
from tests.conftest import NOW
from tests.regraded import LATER, add_taken, full_marks
from tests.small_quizzes import add_class, add_people, the_quiz

SEEN = NOW + timedelta(minutes=5)
MUCH_LATER = LATER + timedelta(hours=1)


@pytest.fixture
def taken(db):
    """Amal has seen that she has one of two."""
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    taken = add_taken(db)
    look(db, taken.amal, SEEN)
    return taken


def look(db, attempt, at):
    [listed] = with_shown_scores(db, [current(db, attempt)], now=at)
    note_result_seen(db, listed, now=at)


def current(db, attempt):
    found = attempts.select_attempt_or_none(db, attempt.id)
    assert found
    return found


def news_of(db, person_id="amal", at=MUCH_LATER):
    mine = with_shown_scores(db, attempts.select_attempts_of_person(db, person_id), now=at)
    return tell_news(db, person_id, mine)


def test_what_was_seen_is_no_news(db, taken):
    assert news_of(db) == []


def test_a_regrade_is_told_with_both_scores_until_the_result_is_opened(db, taken):
    full_marks(db, taken.quiz)

    [news] = news_of(db)
    assert (news.kind, news.before.earned, news.attempt.earned, news.attempt.possible) == (
        "changed",
        1.0,
        2.0,
        2.0,
    )
    assert news.is_another_score

    look(db, taken.amal, MUCH_LATER)
    assert news_of(db) == []


def test_who_was_not_touched_by_a_regrade_hears_nothing(db, taken):
    look(db, taken.dina, SEEN)
    full_marks(db, taken.quiz)

    assert news_of(db, "dina") == []


def test_a_regrade_that_was_taken_back_is_told_too(db, taken):
    regrade = full_marks(db, taken.quiz)
    undo_regrade(db, taken.quiz, regrade, by="bilal", now=LATER)

    [news] = news_of(db)
    assert (news.kind, news.is_another_score) == ("changed", False)


def test_hidden_scores_are_no_news(db, taken):
    quizzes.update_quiz(db, taken.quiz, replace(the_quiz(db), visibility=PRESETS["exam"]))
    full_marks(db, taken.quiz)

    assert news_of(db) == []


def test_results_that_can_be_read_for_the_first_time_are_news(db, taken):
    quizzes.update_quiz(db, taken.quiz, replace(the_quiz(db), visibility=PRESETS["exam"]))
    look(db, taken.dina, SEEN)
    assert news_of(db, "dina") == []

    quizzes.update_quiz(db, taken.quiz, replace(the_quiz(db), visibility=PRESETS["homework"]))
    [news] = news_of(db, "dina")
    assert (news.kind, news.attempt.earned) == ("released", 2.0)


def test_a_late_answer_is_news_when_it_is_decided_about(db, taken):
    late_at = SEEN + timedelta(minutes=1)
    keep_late_answer(db, taken.amal, 1, True, operation_id="too-late", now=late_at)
    assert news_of(db) == []

    decide_late_answer(
        db, current(db, taken.amal), "too-late", "refused", reason="An hour.", by="bilal", now=LATER
    )
    [news] = news_of(db)
    assert (news.kind, news.decided) == ("late", 1)


def test_a_late_answer_that_was_accepted_tells_both_scores(db, taken):
    keep_late_answer(db, taken.amal, 1, True, operation_id="too-late", now=SEEN)
    decide_late_answer(db, current(db, taken.amal), "too-late", "accepted", by="bilal", now=LATER)

    [news] = news_of(db)
    assert (news.kind, news.decided, news.before.earned, news.attempt.earned) == ("changed", 1, 1.0, 2.0)


def test_opening_a_result_twice_writes_once(db, taken):
    look(db, taken.amal, MUCH_LATER)

    assert select_seen_results_of_person(db, "amal")[taken.amal.id].at == SEEN


def test_opening_hidden_results_notes_no_score(db, taken):
    quizzes.update_quiz(db, taken.quiz, replace(the_quiz(db), visibility=PRESETS["exam"]))
    look(db, taken.dina, SEEN)

    seen = select_seen_results_of_person(db, "dina")[taken.dina.id]
    assert (seen.earned, seen.possible) == (None, None)
