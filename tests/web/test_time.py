from __future__ import annotations

import re

import pytest

from quiz.core.timing import Accommodation
from quiz.storage import quizzes
from quiz.storage.attempts import select_attempt_or_none
from quiz.workflows.set_accommodation import set_accommodation
from quiz.workflows.start_attempt import start_attempt
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import add_quiz, body, the_quiz
from tests.web.conftest import HER_CLASS, HIS_CLASS, NOON


def make(db, **rules):
    add_bank(db)
    add_question(db, "year", **body("numeric", answers=[{"value": 1901, "tolerance": 0}]))
    return add_quiz(db, HIS_CLASS, ["year"], **({"time_limit_s": 1800} | rules))


@pytest.fixture
def quiz(db):
    return make(db)


@pytest.fixture
def attempt(db, quiz):
    return start_attempt(db, quiz, person_id="amal", now=NOON)


def grant(db, clock, **what):
    set_accommodation(db, "amal", Accommodation(**what), note="", by="bilal", now=clock())


def save(browser, attempt, answer="1901", revision=0):
    sent = {
        "operation": f"0123456789abcdef{answer}",
        "position": 1,
        "revision": revision,
        "fields": {"answer": [answer]},
    }
    return browser.post(f"/attempt/{attempt.id}/save", json=sent)


def said(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


# -- before the start ------------------------------------------------------------------------------------------


def test_the_start_page_tells_the_time_and_what_happens_at_its_end(amal, quiz):
    page = said(amal.get(f"/quiz/{quiz.id}/start"))

    assert "30 minutes." in page
    assert "the answers are submitted as they stand" in page


def test_extra_time_is_explained_as_base_and_extra(amal, db, quiz, clock):
    grant(db, clock, factor=1.5, may_pause=True)

    page = said(amal.get(f"/quiz/{quiz.id}/start"))

    assert "45 minutes: 30 + 15 extra." in page
    assert "1.5 times the usual time" in page
    assert "Breaks that stop the clock" in page


def test_a_start_that_the_closing_cuts_is_told_so(amal, db, clock):
    quiz = make(db, time_limit_s=45 * 60, closes_at=NOON.replace(hour=15))
    clock.pass_time(hours=2, minutes=22)

    page = said(amal.get(f"/quiz/{quiz.id}/start"))

    assert (
        "Starting now you will have 38 minutes because the quiz closes on 23 November 2026, 15:00 UTC."
        in page
    )


def test_a_quiz_that_has_closed_by_the_clock_says_when_and_leaves_the_front_page(amal, db, clock):
    quiz = make(db, closes_at=NOON.replace(hour=13))
    clock.pass_time(hours=1)

    assert "closed on 23 November 2026, 13:00 UTC" in said(amal.get(f"/quiz/{quiz.id}/start"))
    assert amal.post(f"/quiz/{quiz.id}/start").status_code == 409
    assert f"/quiz/{quiz.id}/start" not in amal.get("/").text


# -- the start page's choices ----------------------------------------------------------------------------------


def test_a_learner_may_hide_the_time_before_the_start_and_it_is_remembered(amal, quiz):
    started = amal.post(f"/quiz/{quiz.id}/start", data={"timer": ["shown", "hidden"]})

    page = amal.get(started.location).text
    assert 'data-is-hidden="yes"' in page
    assert "<details><summary>Show the time</summary>" in page


def test_a_box_that_is_not_ticked_shows_the_time_again(amal, db, quiz):
    other = add_quiz(db, HIS_CLASS, ["year"], quiz_id="other", time_limit_s=1800)
    amal.post(f"/quiz/{quiz.id}/start", data={"timer": ["shown", "hidden"]})
    assert re.search(r'name="timer" value="hidden" checked', amal.get(f"/quiz/{other.id}/start").text)

    started = amal.post(f"/quiz/{other.id}/start", data={"timer": "shown"})

    assert 'data-is-hidden="no"' in amal.get(started.location).text


def test_a_quiz_without_time_limit_offers_no_choice_about_the_time(amal, db):
    untimed = make(db, time_limit_s=None)

    assert 'name="timer"' not in amal.get(f"/quiz/{untimed.id}/start").text


def test_the_connection_can_be_checked_without_a_script(amal, quiz):
    start = amal.get(f"/quiz/{quiz.id}/start").text
    link = re.search(r'id="connection-check" href="([^"#]+)', start)[1]

    assert "The connection works: this page came at 12:00 UTC." in amal.get(link).text
    assert "The connection works: this page" not in start


# -- the timer -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["question/1", "review"])
def test_pages_of_an_attempt_tell_the_time_left_with_and_without_a_script(amal, attempt, clock, page):
    clock.pass_time(minutes=10)

    shown = amal.get(f"/attempt/{attempt.id}/{page}")

    assert 'data-left="1200"' in shown.text
    assert "At 12:10 UTC: 20 min. Ends at 12:30 UTC." in said(shown)


def test_a_save_brings_the_time_left_and_an_accommodation_changes_it(amal, db, attempt, clock):
    clock.pass_time(minutes=10)
    assert save(amal, attempt).json["left"] == 1200

    grant(db, clock, factor=2)

    assert save(amal, attempt, "1902", revision=1).json["left"] == 3000


def test_without_an_end_there_is_no_timer(amal, db):
    attempt = start_attempt(db, make(db, time_limit_s=None), person_id="amal", now=NOON)

    assert 'id="timer"' not in amal.get(f"/attempt/{attempt.id}/question/1").text


# -- the end ---------------------------------------------------------------------------------------------------


def test_reading_an_overdue_attempt_submits_it(amal, db, attempt, clock):
    clock.pass_time(minutes=31)

    assert amal.get(f"/attempt/{attempt.id}/question/1").location.endswith("/result")
    assert select_attempt_or_none(db, attempt.id).state == "submitted"


def test_a_late_answer_is_told_to_be_kept_and_shown_on_the_result(amal, attempt, clock):
    clock.pass_time(minutes=31)

    reply = save(amal, attempt)

    assert reply.status_code == 409
    assert "kept apart" in reply.json["late"]
    assert "your teacher has not decided yet" in said(amal.get(f"/attempt/{attempt.id}/result"))


def test_without_a_script_a_late_answer_is_told_on_a_page(amal, attempt, clock):
    clock.pass_time(minutes=31)

    page = amal.post(
        f"/attempt/{attempt.id}/question/1", data={"answer": "1901", "operation": "0123456789abcdef"}
    )

    assert page.status_code == 409
    assert "kept apart" in said(page)


def test_an_attempt_that_does_not_count_says_so(amal, db, clock):
    attempt = start_attempt(db, make(db, overrun="abandon"), person_id="amal", now=NOON)
    clock.pass_time(minutes=31)

    page = amal.get(f"/attempt/{attempt.id}", follow_redirects=True)

    assert "does not count" in said(page)
    assert "not submitted in time" in said(amal.get(f"/quiz/{attempt.quiz_id}/start"))
    assert amal.get("/").status_code == 200


def test_in_the_time_of_grace_the_review_page_says_until_when(amal, db, clock):
    attempt = start_attempt(db, make(db, overrun="grace", grace_s=300), person_id="amal", now=NOON)
    clock.pass_time(minutes=31)

    assert "Submit until 12:35 UTC" in said(amal.get(f"/attempt/{attempt.id}", follow_redirects=True))
    assert amal.post(f"/attempt/{attempt.id}/submit").location.endswith("/result")
    assert select_attempt_or_none(db, attempt.id).state == "submitted"


# -- breaks ----------------------------------------------------------------------------------------------------


def test_a_break_hides_the_questions_until_it_is_ended(amal, db, attempt, clock):
    grant(db, clock, may_pause=True)
    clock.pass_time(minutes=10)
    assert "Take a break" in amal.get(f"/attempt/{attempt.id}/question/1").text

    page = amal.post(f"/attempt/{attempt.id}/break", follow_redirects=True)
    clock.pass_time(hours=3)

    assert "You have 20 minutes left" in said(page)
    assert amal.get(f"/attempt/{attempt.id}/question/1").location.endswith("/break")
    amal.post(f"/attempt/{attempt.id}/break/end")
    assert 'data-left="1200"' in amal.get(f"/attempt/{attempt.id}/question/1").text


def test_nobody_takes_a_break_in_somebody_elses_attempt(dina, attempt):
    assert dina.post(f"/attempt/{attempt.id}/break").status_code == 404
    assert dina.post(f"/attempt/{attempt.id}/break/end").status_code == 404


# -- rules -----------------------------------------------------------------------------------------------------


def test_the_rules_are_typed_in_minutes_hours_and_utc_and_come_back(bilal, db, quiz):
    typed = {
        "title": "Timed", "policy": "unscored", "opens_at": "2026-11-24T08:00", "closes_at": "2026-11-30T18:30",
        "time_limit_min": "45", "overrun": "grace", "grace_min": "5", "wait_hours": "0.5", "counting": "mean",
    }  # fmt: skip

    sent = bilal.post(f"/quizzes/{quiz.id}/rules", data=typed)

    assert sent.status_code == 303
    kept = the_quiz(db, quiz.id)
    assert (kept.time_limit_s, kept.overrun, kept.grace_s, kept.wait_between_s, kept.counting) == (
        2700, "grace", 300, 1800, "mean",
    )  # fmt: skip
    assert kept.closes_at.isoformat() == "2026-11-30T18:30:00+00:00"
    form = bilal.get(f"/quizzes/{quiz.id}/rules").text
    for value in ('value="2026-11-30T18:30"', 'value="45"', 'value="0.5"', 'value="5"'):
        assert value in form
    builder = said(bilal.get(f"/quizzes/{quiz.id}"))
    assert "Closes 30 November 2026, 18:30 UTC" in builder
    assert "There are 5 minutes more to submit them" in builder
    assert "The mean of all submitted attempts counts." in builder


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"opens_at": "2026-11-24T08:00", "closes_at": "2026-11-24T08:00"}, "must close after it opens"),
        ({"time_limit_min": "0"}, "Enter a number from 1"),
        ({"overrun": "grace"}, "Enter a number from 1"),
        ({"wait_hours": "-1"}, "Enter a number from 0"),
        ({"wait_hours": "nan"}, "Enter a number from 0"),
    ],
)
def test_rules_that_contradict_themselves_are_refused_at_their_field(bilal, quiz, typed, problem):
    page = bilal.post(f"/quizzes/{quiz.id}/rules", data={"title": "Timed", "policy": "unscored"} | typed)

    assert page.status_code == 422
    assert problem in said(page)


# -- accommodations --------------------------------------------------------------------------------------------


def test_an_instructor_of_the_learner_sets_more_time(bilal, db, attempt):
    page = bilal.get(f"/classes/{HIS_CLASS}")
    address = f"/classes/{HIS_CLASS}/learners/amal/accommodation"
    assert address in page.text

    sent = bilal.post(
        address, data={"factor": "1.5", "extra_days": "0", "extra_attempts": "0", "note": "Agreed."}
    )

    assert sent.status_code == 303
    assert select_attempt_or_none(db, attempt.id).deadline_at == NOON.replace(minute=45)
    assert "Set by Bilal" in said(bilal.get(address))
    assert 'value="Agreed."' in bilal.get(address).text


def test_what_cannot_be_granted_is_refused_at_its_field(bilal):
    page = bilal.post(f"/classes/{HIS_CLASS}/learners/amal/accommodation", data={"factor": "5"})

    assert page.status_code == 422
    assert "Enter a number from 1 to 3" in said(page)


def test_nobody_else_may_see_or_set_it(amal, celeste):
    address = f"/classes/{HIS_CLASS}/learners/amal/accommodation"

    assert celeste.get(address).status_code == 404
    assert (
        celeste.post(f"/classes/{HER_CLASS}/learners/amal/accommodation", data={"factor": "2"}).status_code
        == 404
    )
    assert amal.get(address).status_code == 403


# -- the late tray ---------------------------------------------------------------------------------------------


def late_attempt(amal, attempt, clock):
    clock.pass_time(minutes=31)
    save(amal, attempt)
    return f"/quizzes/{attempt.quiz_id}/results/{attempt.id}"


def test_the_instructor_accepts_a_late_answer_and_it_is_marked(amal, bilal, db, attempt, clock):
    report = late_attempt(amal, attempt, clock)
    assert "1 late answer to decide" in said(bilal.get(f"/quizzes/{attempt.quiz_id}/results"))
    decide = re.search(rf'{report}/late/[^"]+', bilal.get(report).text)[0]

    page = bilal.post(decide, data={"decision": "accepted"}, follow_redirects=True)

    assert "Accepted by Bilal" in said(page)
    assert select_attempt_or_none(db, attempt.id).earned == 1.0
    assert "accepted, and marked like the others" in said(amal.get(f"/attempt/{attempt.id}/result"))


def test_a_refusal_needs_a_reason_and_the_learner_reads_it(amal, bilal, attempt, clock):
    report = late_attempt(amal, attempt, clock)
    decide = re.search(rf'{report}/late/[^"]+', bilal.get(report).text)[0]
    assert "Enter why" in said(bilal.post(decide, data={"decision": "refused"}, follow_redirects=True))

    bilal.post(decide, data={"decision": "refused", "reason": "No <excuse>."})

    assert "No &lt;excuse&gt;." in amal.get(f"/attempt/{attempt.id}/result").text


def test_only_the_classs_instructors_decide(amal, celeste, bilal, attempt, clock):
    report = late_attempt(amal, attempt, clock)
    decide = re.search(rf'{report}/late/[^"]+', bilal.get(report).text)[0]

    assert celeste.post(decide, data={"decision": "accepted"}).status_code == 404
    assert amal.post(decide, data={"decision": "accepted"}).status_code == 403
    assert celeste.post(f"{report}/count").status_code == 404


def test_staff_who_look_at_the_results_find_overdue_attempts_ended(bilal, db, clock):
    attempt = start_attempt(db, make(db, overrun="abandon"), person_id="amal", now=NOON)
    clock.pass_time(minutes=31)

    page = said(bilal.get(f"/quizzes/{attempt.quiz_id}/results"))

    assert "Not submitted in time 1" in page
    report = f"/quizzes/{attempt.quiz_id}/results/{attempt.id}"
    assert "Count it all the same" in bilal.get(report).text
    bilal.post(f"{report}/count")
    assert select_attempt_or_none(db, attempt.id).state == "submitted"
    assert quizzes.select_quiz_or_none(db, attempt.quiz_id).state == "open"
