"""Checking answers and saying how sure one is: by keyboard, without script, offline, and as axe sees it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quiz.core.visibility import PRESETS
from quiz.storage.connect import open_database
from tests.browser.taking import Taking

SAVED = re.compile(r"Saved \d")


@pytest.fixture
def db(site):
    opened = open_database(f"sqlite:///{site.folder}/footnote.db")
    yield opened
    opened.close()


@pytest.fixture
def trying(site, context, db):
    """A guest at two questions with three tries each."""
    return Taking(
        site, context.new_page(), db, only=("short_text", "single_choice"), behaviour="interactive", tries=3,
        penalty=0.25, visibility=PRESETS["practice"],
    )  # fmt: skip


@pytest.fixture
def vouching(site, context, db):
    """A guest at two questions who says how sure they are."""
    return Taking(
        site, context.new_page(), db, only=("true_false", "single_choice"), behaviour="cbm_immediate",
        visibility=PRESETS["practice"],
    )  # fmt: skip


def test_a_check_works_by_keyboard_and_is_told_where_the_focus_goes(trying):
    page = trying.page
    page.locator(".answer input").focus()
    page.keyboard.type("a ferry")
    page.keyboard.press("Enter")

    told = page.locator("#told")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Not right")
    expect(told).to_contain_text("2 tries left")
    assert trying.slot(1).tries == 1


def test_a_check_works_without_script(site, browser, db):
    context = browser.new_context(java_script_enabled=False)
    taking = Taking(
        site,
        context.new_page(),
        db,
        only=("true_false",),
        behaviour="immediate",
        visibility=PRESETS["practice"],
    )
    taking.page.locator(".answer input").first.check()
    taking.page.get_by_role("button", name="Check").click()

    expect(taking.page.locator("#told")).to_contain_text("This question is finished")
    expect(taking.page.locator(".answer input").first).to_be_disabled()
    context.close()


def test_how_sure_one_is_survives_a_reload_and_being_offline(vouching, context):
    page = vouching.page
    context.set_offline(True)
    page.locator(".answer input").first.check()
    page.locator("#certainty-3").check()
    expect(vouching.state).to_have_text(re.compile("Offline"))
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(vouching.state).to_have_text(SAVED)

    page.reload()

    expect(page.locator("#certainty-3")).to_be_checked()
    assert vouching.slot(1).certainty == 3


def test_certainty_that_never_arrived_is_still_there_after_a_reload(vouching):
    page = vouching.page
    vouching.cut()
    page.locator(".answer input").first.check()
    page.locator("#certainty-2").check()
    expect(vouching.state).to_have_text(re.compile("Offline"))

    page.reload()

    expect(page.locator("#certainty-2")).to_be_checked()


def test_a_missing_certainty_leads_to_its_question(vouching):
    page = vouching.page
    page.locator(".answer input").first.check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("link", name=re.compile("Say how sure you are")).click()

    expect(page.locator("#certainty-1")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_told_fits_and_has_no_axe_findings(trying, width):
    page = trying.page
    page.set_viewport_size({"width": width, "height": 800})
    page.locator(".answer input").fill("a ferry")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#told")).to_contain_text("Not right")

    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
