"""From an empty folder to scores in a spreadsheet, by mouse, by keyboard alone, and without JavaScript."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import PATIENCE_S, start_site, stop_site
from tests.browser.hands import Keyboard, Pointer


@pytest.fixture
def new_site(tmp_path, chromium):
    """A site that nobody has used yet."""
    process, site = start_site(tmp_path)
    yield site
    stop_site(process)


@pytest.mark.parametrize(("hands_of", "has_script"), [(Pointer, True), (Keyboard, True), (Pointer, False)])
def test_a_quiz_is_set_taken_and_exported(new_site, browser, hands_of, has_script):
    def window():
        context = browser.new_context(java_script_enabled=has_script, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_S * 1000)
        return hands_of(context.new_page())

    bilal, amal = window(), window()
    people.become_instructor(bilal, new_site)
    class_link = people.make_class(bilal, new_site, "History 9b")
    people.make_quiz(bilal, "Autumn quiz")
    people.sign_up(amal, new_site, "Amal", "amal@example.org")
    people.join_class(amal, class_link)
    amal.page.goto(new_site.url)
    amal.press("Autumn quiz", role="link")
    amal.press("Start the quiz")
    people.answer_all(amal)
    people.submit(amal)

    expect(amal.page.locator(".badge").first).to_be_visible()
    expect(amal.page.get_by_text("receipt").first).to_be_visible()
    exported = new_site.flask("scores", "export", "Autumn quiz", "--format", "csv")
    [row] = csv.DictReader(io.StringIO(exported.stdout))
    assert (row["name"], row["state"]) == ("Amal", "submitted"), exported.stderr


def test_before_the_start_the_connection_can_be_checked(site, page, context):
    page.goto(f"{site.url}/quiz/sample-source-check/start")
    page.locator("input[name=name]").fill("Amal")
    page.locator("main form button").first.click()
    state = page.locator("#connection")
    page.get_by_role("link", name="Check the connection").click()
    expect(state).to_have_text("The connection works.")

    context.set_offline(True)
    page.get_by_role("button", name="Start the quiz").click()

    expect(state).to_have_text("You are offline. Start when you are back online.")
    context.set_offline(False)
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.get_by_text("Question 1 of")).to_be_visible()
