"""Time in a real browser: breaks that stop the clock, and what a learner meets when the time is up."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from quiz.core.timing import Accommodation
from quiz.storage.connect import open_database
from quiz.storage.people import Person, insert_person
from quiz.workflows.set_accommodation import set_accommodation
from tests.browser.taking import SINGLE_CHOICE, TRUE_FALSE, Taking

LIMIT_S = 1200
LONG_AGO_S = 60


@pytest.fixture
def timed(site, page):
    """Return a function that starts a quiz of twenty minutes on a page whose clock the test turns."""
    db = open_database(f"sqlite:///{site.folder}/footnote.db")

    def start(**rules):
        page.clock.install()
        page.on("dialog", lambda dialog: dialog.accept())
        return Taking(site, page, db, only=("true_false", "single_choice"), time_limit_s=LIMIT_S, **rules)

    yield start
    db.close()


def let_take_breaks(taking):
    """Grant breaks to the guest, as an instructor would."""
    now = datetime.now(UTC)
    teacher = Person(f"teacher-{taking.id}", "instructor", "Bilal", None)
    insert_person(taking.db, teacher, password_hash=None, now=now)
    may = Accommodation(may_pause=True)
    set_accommodation(taking.db, taking.attempt.person_id, may, note="", by=teacher.id, now=now)


def time_is_up(taking):
    """Let the end pass, for the server and for the page."""
    taking.end_before(LONG_AGO_S)
    taking.page.clock.fast_forward(LIMIT_S * 1000 + 1000)


# -- breaks ----------------------------------------------------------------------------------------------------


def test_in_a_break_the_question_is_hidden_and_the_clock_stands(timed):
    taking = timed()
    let_take_breaks(taking)
    taking.page.reload()
    taking.page.get_by_role("button", name="Take a break").click()
    expect(taking.page.get_by_role("heading", name="You are on a break")).to_be_visible()
    left = taking.page.get_by_text(re.compile("You have (20|19) minutes left when you go on")).inner_text()
    taking.on_break_for(2 * LIMIT_S)

    taking.open(TRUE_FALSE)

    expect(taking.page.get_by_role("heading", name="You are on a break")).to_be_visible()
    expect(taking.page.get_by_text("A question of the type")).to_have_count(0)
    expect(taking.page.get_by_text(left)).to_be_visible()


def test_after_a_break_the_quiz_goes_on_with_the_time_that_was_left(timed):
    taking = timed()
    let_take_breaks(taking)
    taking.page.reload()
    taking.page.get_by_role("button", name="Take a break").click()
    expect(taking.page.get_by_role("heading", name="You are on a break")).to_be_visible()
    taking.on_break_for(2 * LIMIT_S)
    taking.page.get_by_role("button", name="Go on with the quiz").click()

    expect(taking.page.locator(".timer-text")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    assert taking.attempt.paused_at is None
    assert taking.attempt.paused_s >= 2 * LIMIT_S


def test_whoever_may_not_take_breaks_is_offered_none(timed):
    taking = timed()

    expect(taking.page.locator(".timer-text")).to_be_visible()
    expect(taking.page.get_by_role("button", name="Take a break")).to_have_count(0)


# -- the end ---------------------------------------------------------------------------------------------------


def test_an_answer_given_offline_that_returns_after_the_end_is_late_and_the_page_says_so(timed, context):
    taking = timed()
    context.set_offline(True)
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_have_text("Offline: kept on this device (1)")
    taking.end_before(LONG_AGO_S)
    context.set_offline(False)
    taking.page.evaluate("dispatchEvent(new Event('online'))")

    expect(taking.trouble).to_be_visible()
    expect(taking.trouble).to_contain_text("kept apart, and your teacher decides about it")
    [late] = taking.late()
    assert (late.position, late.response, late.decision) == (TRUE_FALSE, True, None)
    assert taking.slot(TRUE_FALSE).response is None
    assert taking.unsent() == 0


def test_the_result_names_the_answers_that_came_late(timed, context):
    taking = timed()
    context.set_offline(True)
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Offline")
    taking.end_before(LONG_AGO_S)
    context.set_offline(False)
    taking.page.evaluate("dispatchEvent(new Event('online'))")
    taking.trouble.get_by_role("link").click()

    expect(taking.page.get_by_role("heading", name="Your result")).to_be_visible()
    expect(taking.page.locator("#late")).to_contain_text("1 answer arrived after the end")
    expect(taking.page.locator("#late")).to_contain_text("your teacher has not decided yet")


def test_with_grace_the_end_leads_to_the_review_where_the_learner_submits(timed):
    taking = timed(overrun="grace", grace_s=600)
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    time_is_up(taking)

    taking.page.wait_for_url("**/review")
    expect(taking.page.get_by_role("alert").first).to_contain_text("answers cannot be changed any more")
    assert taking.attempt.state == "open"
    taking.page.get_by_role("button", name="Submit answers").click()
    expect(taking.page.get_by_role("heading", name="Your result")).to_be_visible()
    assert taking.attempt.earned == 1.0


def test_with_grace_an_answer_after_the_end_is_not_counted(timed):
    taking = timed(overrun="grace", grace_s=600)
    taking.open(SINGLE_CHOICE)
    taking.end_before(LONG_AGO_S)
    taking.page.get_by_role("radio", name="Of steel").check()

    expect(taking.trouble).to_contain_text("kept apart, and your teacher decides about it")
    assert taking.slot(SINGLE_CHOICE).response is None
    assert taking.attempt.state == "open"


def test_where_it_does_not_count_the_end_leads_to_a_page_that_says_so(timed):
    taking = timed(overrun="abandon")
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    time_is_up(taking)
    expect(taking.page.locator("#timer-status")).to_have_text(re.compile("Time is up"))
    taking.page.clock.fast_forward(15_000)

    expect(taking.page.get_by_role("heading", name="Not submitted in time")).to_be_visible()
    assert taking.attempt.state == "abandoned"
    assert taking.slot(TRUE_FALSE).response is True


# -- two devices -----------------------------------------------------------------------------------------------


def test_an_attempt_is_taken_up_on_another_device_where_it_was_left(timed, browser, context):
    taking = timed()
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    other = browser.new_context(storage_state={"cookies": context.cookies(), "origins": []}, locale="en-GB")

    page = other.new_page()
    page.goto(taking.address)

    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    expect(page.locator(".timer-text")).to_have_text(re.compile(r"^1?\d:\d\d$|^20:00$"))
    page.goto(f"{taking.address}/question/1")
    expect(page.get_by_role("radio", name="True")).to_be_checked()
    other.close()


def test_two_devices_do_not_overwrite_each_other_in_silence(timed, browser, context):
    taking = timed()
    other = browser.new_context(storage_state={"cookies": context.cookies(), "origins": []}, locale="en-GB")
    page = other.new_page()
    page.goto(f"{taking.address}/question/1")
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    page.get_by_role("radio", name="False").check()

    expect(page.locator("#save-trouble")).to_be_visible()
    expect(page.locator("#save-trouble")).to_contain_text("changed in another tab or on another device")
    assert taking.slot(TRUE_FALSE).response is True
    other.close()


def test_a_device_that_was_offline_for_long_does_not_overwrite_what_came_since(timed, browser, context):
    taking = timed()
    other = browser.new_context(storage_state={"cookies": context.cookies(), "origins": []}, locale="en-GB")
    page = other.new_page()
    page.goto(f"{taking.address}/question/1")
    other.set_offline(True)
    page.get_by_role("radio", name="False").check()
    expect(page.locator("#save-state")).to_contain_text("Offline")
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    other.set_offline(False)

    expect(page.locator("#save-trouble")).to_be_visible()
    expect(page.locator("#save-trouble")).to_contain_text("changed in another tab or on another device")
    assert taking.slot(TRUE_FALSE).response is True
    other.close()
