"""The timer in a real browser, on a clock that the test turns: what it shows, says, and does at the end."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quiz.core.quiz_rules import QuizRules
from quiz.storage.connect import open_database
from quiz.storage.quizzes import select_open_public_quizzes
from quiz.workflows.change_quiz import change_quiz
from tests.browser.hands import Pointer
from tests.browser.people import start_as_guest
from tests.browser.test_accessibility import EVERYTHING, PROBLEMS_OF_SIZE

TWENTY_MINUTES_S = 1200


@pytest.fixture
def timed(site, context):
    """A page that has just started a sample quiz of twenty minutes."""
    database = open_database(f"sqlite:///{site.folder}/footnote.db")
    quiz = select_open_public_quizzes(database)[0]
    usual = QuizRules(quiz.title, quiz.description, guests_allowed=True)

    def limit(seconds):
        rules = QuizRules(quiz.title, quiz.description, guests_allowed=True, time_limit_s=seconds)
        change_quiz(database, quiz, rules, now=datetime.now(UTC))

    limit(TWENTY_MINUTES_S)
    page = context.new_page()
    page.clock.install()
    start_as_guest(Pointer(page), f"{site.url}/join/{quiz.join_code}", "Amal")
    yield page
    change_quiz(database, quiz, usual, now=datetime.now(UTC))
    database.close()


def test_it_counts_down_speaks_at_thresholds_only_and_can_be_hidden(timed):
    text, status = timed.locator(".timer-text"), timed.locator("#timer-status")
    expect(text).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
    expect(status).to_have_text("")

    timed.clock.fast_forward("10:01")
    expect(status).to_have_text("Minutes left: 10")
    timed.get_by_role("button", name="Hide the time").click()
    expect(text).to_have_text("Timer hidden")
    timed.clock.fast_forward("05:00")
    expect(status).to_have_text("Minutes left: 5")
    timed.clock.fast_forward("04:05")

    expect(status).to_have_text("Minutes left: 1")
    expect(text).to_have_text(re.compile(r"^0:\d\d$"))


def test_that_it_is_hidden_is_remembered_on_the_next_page(timed):
    with timed.expect_response("**/preferences"):
        timed.get_by_role("button", name="Hide the time").click()
    timed.reload()

    expect(timed.locator(".timer-text")).to_have_text("Timer hidden")
    with timed.expect_response("**/preferences"):
        timed.get_by_role("button", name="Show the time").click()
    timed.reload()
    expect(timed.locator(".timer-text")).to_have_text(re.compile(r"^\d+:\d\d$"))


def test_at_the_end_it_sends_the_answer_and_submits(timed):
    timed.locator("form#answer-form input:visible, form#answer-form select:visible").first.click()

    timed.clock.fast_forward("20:01")
    timed.wait_for_url(re.compile("/result$"))

    expect(timed.get_by_role("heading", name="Your result")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_a_timed_page(timed, width):
    timed.set_viewport_size({"width": width, "height": 900})

    violations = Axe().run(timed, options={"runOnly": EVERYTHING}).response["violations"]

    assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations] == []
    assert timed.evaluate(PROBLEMS_OF_SIZE) == []
