"""The question editor with scripts: typing is kept, tabs tell each other, pictures go to the cursor, keys work."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.people import someone
from tests.sample_pictures import picture_file


@pytest.fixture
def window(browser, site: Site):
    opened = someone(browser, site, "instructor")
    yield opened
    opened.close()


@pytest.fixture
def editor(window: BrowserContext, site: Site) -> Page:
    page = window.new_page()
    page.goto(f"{site.url}/bank/new/single_choice")
    return page


def state(page: Page):
    return page.locator("[data-draft-state]")


def write(page: Page) -> None:
    page.get_by_label("Question", exact=True).fill("Which sea has no outlet?")
    for place, text in enumerate(("The Red Sea", "The Dead Sea", "The Black Sea")):
        page.locator(f"[name=options-{place}-text]").fill(text)
    page.locator("[name=options-1-right]").check()


def test_what_is_typed_is_kept_and_offered_after_a_reload(editor: Page):
    write(editor)
    expect(state(editor)).to_have_text(re.compile("Draft kept"))
    editor.goto(editor.url)

    editor.get_by_role("link", name=re.compile("Which sea has no outlet")).first.click()

    expect(editor.get_by_label("Question", exact=True)).to_have_value("Which sea has no outlet?")
    expect(editor.locator("[name=options-1-right]")).to_be_checked()


def test_a_second_tab_is_told_and_may_keep_its_own(editor: Page, window: BrowserContext):
    write(editor)
    expect(state(editor)).to_have_text(re.compile("Draft kept"))
    address = editor.url.replace(
        "/bank/new/single_choice", f"/drafts/{editor.locator('[name=question_id]').input_value()}"
    )
    one, two = window.new_page(), window.new_page()
    for page in (one, two):
        page.goto(address)
    one.get_by_label("Question", exact=True).fill("From one tab?")
    expect(state(one)).to_have_text(re.compile("Draft kept"))

    two.get_by_label("Question", exact=True).fill("From another?")
    expect(state(two)).to_have_text(re.compile("are kept already"))
    two.get_by_role("button", name="Keep mine instead").click()

    expect(state(two)).to_have_text(re.compile("Draft kept"))
    one.goto(address)
    expect(one.get_by_label("Question", exact=True)).to_have_value("From another?")


def test_what_is_typed_offline_is_kept_on_the_device_and_found_again(editor: Page, window: BrowserContext):
    window.set_offline(True)
    editor.get_by_label("Question", exact=True).fill("Typed offline?")
    expect(state(editor)).to_have_text(re.compile("kept on this device"))

    window.set_offline(False)

    expect(state(editor)).to_have_text(re.compile("Draft kept"))


def test_a_picture_goes_to_the_cursor_and_shows_in_the_preview(editor: Page):
    write(editor)
    editor.get_by_text("Add a picture").click()
    editor.locator("[name=options-1-text]").focus()
    file = {"name": "sea.png", "mimeType": "image/png", "buffer": picture_file(size=(60, 40))}
    editor.locator("#picture").set_input_files(file)
    editor.get_by_role("button", name="Add the picture").click()
    expect(editor.locator("[data-picture-problem]")).to_have_text(
        re.compile("Describe what the picture shows")
    )

    editor.get_by_label("What it shows").fill("A salt shore")
    editor.get_by_role("button", name="Add the picture").click()

    expect(editor.locator("[name=options-1-text]")).to_have_value(
        re.compile(r"The Dead Sea !\[A salt shore\]\(picture:[0-9a-f]{32}-60x40\)")
    )
    picture = editor.frame_locator("iframe[name=preview]").get_by_role("img", name="A salt shore").first
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") == 60


def test_rows_move_and_questions_are_saved_by_the_keys(editor: Page):
    write(editor)
    editor.locator("[name=options-1-text]").press("Alt+ArrowUp")
    expect(editor.locator("[name=options-0-text]")).to_have_value("The Dead Sea")
    expect(editor.locator("[name=options-0-text]")).to_be_focused()
    expect(editor.locator("[name=options-0-right]")).to_be_checked()
    editor.get_by_label("Draft", exact=False).last.check()

    editor.get_by_label("Question", exact=True).press("Control+s")

    expect(editor.get_by_text("Saved as version 1.")).to_be_visible()


def test_after_saving_nothing_is_offered(editor: Page, site: Site):
    write(editor)
    expect(state(editor)).to_have_text(re.compile("Draft kept"))
    question = editor.locator("[name=question_id]").input_value()
    editor.locator("[name=state][value=draft]").check()
    editor.get_by_role("button", name="Save", exact=True).last.click()
    expect(editor.get_by_text("Saved as version 1.")).to_be_visible()

    editor.goto(f"{site.url}/bank/{question}/edit")

    expect(editor.locator(".draft-offer")).to_have_count(0)


def test_axe_finds_nothing_on_the_pages_of_drafts_and_of_the_history(editor: Page, site: Site):
    write(editor)
    expect(state(editor)).to_have_text(re.compile("Draft kept"))
    question = editor.locator("[name=question_id]").input_value()
    addresses = [f"/drafts/{question}", "/bank/new"]
    editor.locator("[name=state][value=draft]").check()
    editor.get_by_text("Add a picture").click()
    problems = axe(editor)
    editor.get_by_role("button", name="Save", exact=True).last.click()
    expect(editor.get_by_text("Saved as version 1.")).to_be_visible()
    editor.goto(f"{site.url}/bank/{question}/edit")
    editor.locator("[name=options-0-text]").fill("The Red Sea, then")
    editor.locator('button[value="add_row:hints"]').click()
    editor.get_by_label("Words of the hint", exact=True).fill("Think of salt.")
    editor.get_by_role("button", name="Save", exact=True).last.click()
    expect(editor.get_by_text("Saved as version 2.")).to_be_visible()
    for address in (f"/bank/{question}/history", f"/bank/{question}/compare", *addresses):
        editor.goto(site.url + address)
        problems += axe(editor)

    assert problems == []


def axe(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{page.url}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]
