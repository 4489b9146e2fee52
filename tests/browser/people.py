"""What people do on the site, step by step, by the words that they read; and windows in which they are signed in."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, PATIENCE_S, Site
from tests.browser.hands import Pointer


def become_instructor(
    hands: Pointer, site: Site, name: str = "Bilal", email: str = "bilal@example.org"
) -> None:
    """Make the first account, by the link that the start printed."""
    hands.page.goto(site.setup)
    _make_account(hands, name, email)


def make_class(hands: Pointer, site: Site, title: str) -> str:
    """Make a class; return its link to hand out."""
    hands.page.goto(site.url + "/classes/new")
    hands.fill("Name of the class", title)
    hands.press("Make the class")
    return _link_on(hands.page)


def make_quiz(hands: Pointer, title: str) -> str:
    """Build a quiz of one chosen question and three drawn ones for the class whose page is open; return its link."""
    hands.press("Build a quiz", role="link")
    hands.fill("Title", title)
    hands.choose(hands.page.get_by_label("Guests may take it"))
    hands.press("Make the draft")
    hands.fill("Words in the question", "Zahedi")
    hands.press("Search")
    hands.press(re.compile("^Add "))
    hands.press("Count what matches")
    hands.fill("How many", "3")
    hands.press("Add the draw")
    hands.press("Open the quiz")
    return _link_on(hands.page)


def sign_up(hands: Pointer, site: Site, name: str, email: str) -> None:
    hands.page.goto(site.url + "/sign-up")
    _make_account(hands, name, email)


def join_class(hands: Pointer, link: str) -> None:
    hands.page.goto(link)
    hands.press("Join the class")


def start_as_guest(hands: Pointer, link: str, name: str) -> None:
    """Enter a quiz with a display name and start it."""
    hands.page.goto(link)
    hands.type_into(hands.page.locator("input[name=name]"), name)
    hands.activate(hands.page.locator("main form button").first)
    hands.press("Start the quiz")


def answer_all(hands: Pointer) -> None:
    """Answer each question somehow, to the page with all answers."""
    for _ in range(30):
        if "/review" in hands.page.url:
            return
        answer_somehow(hands)
        hands.activate(hands.page.locator("button[value=next]"))
    raise AssertionError("the questions don't end")


def answer_somehow(hands: Pointer) -> None:
    """Give the open question an answer that can be read, of whatever type it is."""
    page = hands.page
    for group in dict.fromkeys(_names(page, "input[type=radio]")):
        hands.choose(page.locator(f"input[type=radio][name='{group}']").first)
    if page.locator(".answer input[type=checkbox]").count():
        hands.choose(page.locator(".answer input[type=checkbox]").first)
    for place in range(page.locator(".answer select").count()):
        # An order needs each place once; anything else takes its first choice after "choose".
        is_order = page.locator(".answer .steps select").count() > 0
        hands.select(page.locator(".answer select").nth(place), place + 1 if is_order else 1)
    typed = {"answer-day": "1", "answer-month": "4", "answer-year": "2024"}
    for name in _names(page, "input:not([type=radio]):not([type=checkbox]):not([type=hidden])"):
        hands.type_into(page.locator(f".answer input[name='{name}']"), typed.get(name, "1946"))


def submit(hands: Pointer) -> None:
    hands.press("Submit answers")
    expect(hands.page.get_by_role("heading", name="Your result")).to_be_visible()


def someone(
    browser: Browser,
    site: Site,
    who: str,
    *,
    theme: str = "light",
    width: int = 1280,
    height: int = 900,
    language: str = "en",
) -> BrowserContext:
    """Return a window in which nobody, a learner or an instructor is signed in, with something to see for each."""
    states = _states(browser, site)
    context = browser.new_context(
        storage_state=states[who], color_scheme=theme, viewport={"width": width, "height": height},
        reduced_motion="reduce", locale="ar" if language == "ar" else "en-GB",
    )  # type: ignore[arg-type]  # fmt: skip
    context.set_default_timeout(PATIENCE_S * 1000)
    return context


def _states(browser: Browser, site: Site) -> dict[str, Any]:
    """Return the signed-in states, made once for a site: an instructor with a class and results, a learner in it."""
    if site.states:
        return site.states
    window = browser.new_context(locale="en-GB")
    hands = Pointer(window.new_page())
    become_instructor(hands, site)
    class_link = make_class(hands, site, "History 9b")
    make_quiz(hands, "Autumn quiz")
    site.states["instructor"] = window.storage_state()
    window.close()
    window = browser.new_context(locale="en-GB")
    hands = Pointer(window.new_page())
    sign_up(hands, site, "Amal", "amal@example.org")
    join_class(hands, class_link)
    hands.page.goto(site.url)
    hands.press("Autumn quiz", role="link")
    hands.press("Start the quiz")
    answer_all(hands)
    submit(hands)
    hands.page.goto(site.url + "/quiz/sample-source-check/start")
    hands.press("Start the quiz")
    site.states["learner"] = window.storage_state()
    window.close()
    site.states["nobody"] = {"cookies": [], "origins": []}
    return site.states


def _make_account(hands: Pointer, name: str, email: str) -> None:
    hands.fill("Your name", name)
    hands.fill("E-mail address", email)
    hands.type_into(hands.page.locator("input[type=password]").first, PASSWORD)
    hands.press("Make the account")


def _names(page: Page, selector: str) -> list[str]:
    names: list[str] = page.eval_on_selector_all(
        f".answer {selector}", "inputs => inputs.map(input => input.name)"
    )
    return names


def _link_on(page: Page) -> str:
    return page.locator("a.join-address").first.get_attribute("href") or ""
