"""Answers that must survive: no network, a reload, another tab, Back after submitting, an ended session."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quiz.storage.connect import open_database
from tests.browser import people
from tests.browser.hands import Pointer
from tests.browser.taking import Taking

SAVED = re.compile(r"Saved \d")


@pytest.fixture
def attempt(site, context):
    """A fresh attempt of a guest at two questions that never change, at the first of them."""
    db = open_database(f"sqlite:///{site.folder}/footnote.db")
    yield Taking(site, context.new_page(), db, only=("true_false", "single_choice"))
    db.close()


def first_option(page):
    return page.locator(".answer input").first


def state_of(page):
    return page.locator("#save-state")


def test_an_answer_is_saved_as_soon_as_it_is_given(attempt):
    first_option(attempt.page).check()

    expect(state_of(attempt.page)).to_have_text(SAVED)
    attempt.page.reload()
    expect(first_option(attempt.page)).to_be_checked()


def test_an_answer_given_offline_is_sent_when_the_network_is_back(attempt, context):
    context.set_offline(True)
    first_option(attempt.page).check()
    expect(state_of(attempt.page)).to_have_text(re.compile("Offline"))

    context.set_offline(False)

    expect(state_of(attempt.page)).to_have_text(SAVED)
    attempt.page.reload()
    expect(first_option(attempt.page)).to_be_checked()


def test_an_answer_that_never_arrived_survives_the_closed_page(attempt, context):
    address = attempt.page.url
    attempt.page.route("**/save", lambda route: route.abort())
    first_option(attempt.page).check()
    expect(state_of(attempt.page)).to_have_text(re.compile("Offline"))
    attempt.page.close(run_before_unload=False)

    again = context.new_page()
    again.goto(address)

    expect(first_option(again)).to_be_checked()
    expect(state_of(again)).to_have_text(SAVED)


def test_two_tabs_do_not_overwrite_each_other_in_silence(attempt, context):
    other = context.new_page()
    other.goto(attempt.page.url)
    first_option(attempt.page).check()
    expect(state_of(attempt.page)).to_have_text(SAVED)

    other.locator(".answer input").nth(1).check()

    expect(other.locator("#save-trouble")).to_contain_text("changed in another tab")
    attempt.page.goto(re.sub("/question/.*", "/review", attempt.page.url))
    expect(attempt.page.locator("tbody tr").first.locator(".is-answer")).to_have_text("True")


def test_back_after_submitting_shows_the_result(attempt):
    hands = Pointer(attempt.page)
    people.answer_all(hands)
    people.submit(hands)

    attempt.page.go_back()

    expect(attempt.page.get_by_role("heading", name="Your result")).to_be_visible()


def test_an_answer_is_kept_when_the_session_has_ended(attempt, context):
    context.clear_cookies()

    first_option(attempt.page).check()

    expect(attempt.page.locator("#save-trouble")).to_be_visible()
    assert "answer" in attempt.page.evaluate("JSON.stringify(localStorage)")
