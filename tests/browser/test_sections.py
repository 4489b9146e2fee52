"""A part with a clock and a way without return, in a real browser: what the page does, and what Back does not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from quiz.core.quiz_rules import QuizRules
from quiz.storage import classes, quizzes
from quiz.storage.connect import open_database
from quiz.storage.questions import select_drawable
from quiz.storage.quiz_sections import Section, insert_section
from quiz.storage.quizzes import Slot
from tests.browser import people
from tests.browser.hands import Pointer
from tests.browser.people import start_as_guest
from tests.browser.test_accessibility import EVERYTHING, PROBLEMS_OF_SIZE

SHORT_S = 4
SAVED = re.compile(r"Saved \d")

_numbers = count(1)


@pytest.fixture
def quiz(site):
    """Return a function that makes a quiz for guests in a class of its own, and returns its join code."""
    database = open_database(f"sqlite:///{site.folder}/footnote.db")
    questions = [i for i in select_drawable(database, bank_id="source-check") if i][:4]

    def make(*sections: Section, **rules) -> str:
        number, now = next(_numbers), datetime.now(UTC)
        class_id, code = f"parts-{number}", f"PARTS{number:03d}"
        classes.insert_class(
            database, id=class_id, title="Parts", join_code=f"CLASS{number:03d}", created_by=None, now=now
        )
        kept = QuizRules("In parts", guests_allowed=True, **rules)
        quizzes.insert_quiz(
            database, kept, id=class_id, class_id=class_id, join_code=code, created_by=None, now=now
        )
        made = quizzes.select_quiz_or_none(database, class_id)
        for section in sections:
            insert_section(database, made, section)
        places = [""] * 4 if not sections else ["", "", *(s.id for s in sections)]
        for at, (question_id, section_id) in enumerate(zip(questions, places, strict=False), start=1):
            slot = Slot(f"{class_id}-{at}", at, 1.0, question_id, None, section_id)
            quizzes.insert_slot(database, made, slot)
        quizzes.update_quiz_state(database, made, "open", now)
        return code

    yield make
    database.close()


def start(site, context, code, name="Amal"):
    """Return the page of somebody who has just started the quiz."""
    page = context.new_page()
    start_as_guest(Pointer(page), f"{site.url}/join/{code}", name)
    return page


def nothing_wrong_on(page):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(page, options={"runOnly": EVERYTHING}).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations] == []
        assert page.evaluate(PROBLEMS_OF_SIZE) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def first_option(page):
    return page.locator(".answer input").first


def to_the_first_timed_part(page):
    page.goto(re.sub("/question/.*", "/part/1", page.url))
    nothing_wrong_on(page)
    page.get_by_role("button", name="Finish this part").click()
    expect(page.get_by_text("You can't come back.")).to_be_visible()


def test_a_timed_part_is_announced_runs_out_and_leads_to_the_next(site, context, quiz):
    code = quiz(Section("short", 1, "The short part", SHORT_S), Section("long", 2, "The long part", 600))
    page = start(site, context, code)
    to_the_first_timed_part(page)
    nothing_wrong_on(page)

    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_role("heading", name="Time left in this part")).to_be_visible()
    first_option(page).check()
    expect(page.locator("#save-state")).to_have_text(SAVED)

    # The page goes on by itself when the time is up.
    page.wait_for_url(re.compile("/part/3$"), timeout=15_000)
    expect(page.get_by_text("The time of the part before is up.")).to_be_visible()
    expect(page.get_by_role("heading", name="The long part")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="The long part")).to_be_visible()
    page.get_by_role("button", name="Start the clock").click()
    page.goto(re.sub("/question/.*", "/review", page.url))
    expect(page.locator("tbody tr").nth(2)).to_contain_text("It holds")


def test_back_leads_to_no_question_that_was_left(site, context, quiz):
    page = start(site, context, quiz(navigation="sequential"))
    expect(page.get_by_text("You cannot return to this question.")).to_be_visible()
    first_option(page).check()
    expect(page.locator("#save-state")).to_have_text(SAVED)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(re.compile("/question/2$"))

    page.go_back()

    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    assert page.url.endswith("/question/2")
    page.go_forward()
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()


def test_a_blank_question_is_left_after_one_more_look(site, context, quiz):
    page = start(site, context, quiz(navigation="sequential"))

    page.get_by_role("button", name="Save and continue").click()
    expect(
        page.get_by_role("alert").filter(has_text="You have not answered. Leave it blank?")
    ).to_be_focused()
    nothing_wrong_on(page)
    page.get_by_role("button", name="Leave it blank").click()

    page.wait_for_url(re.compile("/question/2$"))


def test_an_old_tab_changes_nothing_and_is_told_so(site, context, quiz):
    page = start(site, context, quiz(navigation="sequential"))
    old = context.new_page()
    old.goto(page.url)
    first_option(page).check()
    expect(page.locator("#save-state")).to_have_text(SAVED)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(re.compile("/question/2$"))

    old.locator(".answer input").nth(1).check()

    expect(old.locator("#save-trouble")).to_contain_text("You cannot return to question 1")
    old.locator("#save-trouble a").click()
    old.wait_for_url(re.compile("/question/2$"))
    page.goto(re.sub("/question/.*", "/review", page.url))
    expect(page.locator("tbody tr").first).to_contain_text("It holds")


def test_without_a_script_parts_and_the_one_way_work_the_same(site, browser, quiz):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    code = quiz(Section("map", 1, "The map", 600), navigation="sequential")
    page = start(site, context, code)

    for _ in range(2):
        first_option(page).check()
        page.get_by_role("button", name=re.compile("^Save and")).click()
    expect(page.get_by_role("heading", name="The map")).to_be_visible()
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_text("Question 3 of 3")).to_be_visible()
    first_option(page).check()
    page.get_by_role("button", name="Save and review answers").click()
    page.get_by_role("button", name="Submit answers").click()

    expect(page.get_by_role("heading", name="Your result")).to_be_visible()
    context.close()


def test_an_instructor_adds_a_section_and_checks_the_quiz(site, browser):
    with people.someone(browser, site, "instructor") as context:
        hands = Pointer(context.new_page())
        page = hands.page
        page.goto(site.url + "/quizzes")
        hands.press("Autumn quiz", role="link")
        builder = page.url
        hands.press("Add a section", role="link")
        nothing_wrong_on(page)
        hands.fill("Title", "The map")
        hands.press("Add the section")

        page.get_by_text("Section, version, order").first.click()
        page.get_by_label("Section", exact=True).first.select_option(label="The map")
        hands.press("Save this place")
        expect(page.locator(".slot").last).to_contain_text("Quds Force")
        page.get_by_text("Section, version, order").first.click()
        nothing_wrong_on(page)
        hands.press("Check everything", role="link")
        expect(page.get_by_role("heading", name="The rules")).to_be_visible()
        nothing_wrong_on(page)

        page.goto(builder)
        hands.press("Remove the section")
        expect(page.get_by_role("heading", name="The map")).to_have_count(0)
