"""What static/answering.js promises: nothing is lost, and learners always know how it stands."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.taking import CLAIM_CHECK, NUMERIC, ORDERING, SHORT_TEXT, SINGLE_CHOICE, TRUE_FALSE


def test_a_choice_is_saved_at_once_and_said_so(taking):
    taking.page.get_by_role("radio", name="True").check()

    expect(taking.state).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert taking.slot(TRUE_FALSE).response is True
    assert taking.unsent() == 0


def test_typed_text_is_saved_when_typing_stops(taking):
    # The clock stands still while somebody types, however slow this machine is.
    taking.page.clock.install()
    taking.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    taking.open(SHORT_TEXT)
    taking.page.locator("#stem-first").press_sequentially("wood")
    taking.page.clock.fast_forward(301)

    expect(taking.state).to_contain_text("Saved")
    assert taking.slot(SHORT_TEXT).response == "wood"
    assert len(taking.steps()) == 1


def test_nobody_is_told_off_while_typing(taking):
    taking.open(NUMERIC)
    taking.page.locator("#stem-first").press_sequentially("hot")

    expect(taking.state).to_have_text("Not saved yet")
    taking.page.get_by_text("All questions").focus()
    expect(taking.state).to_contain_text("Not saved yet: ")
    assert taking.slot(NUMERIC).revision == 0


def test_half_an_order_is_not_an_error_until_the_learner_leaves_it(taking):
    taking.open(ORDERING)
    selects = taking.page.locator(".step select")
    for place in range(selects.count()):
        expect(taking.state).not_to_contain_text("Give every step")
        selects.nth(place).focus()
        selects.nth(place).select_option(str(place + 1))

    expect(taking.state).to_contain_text("Saved")
    assert len(taking.slot(ORDERING).response) == 3


def test_what_could_not_be_sent_waits_survives_a_reload_and_arrives(taking):
    taking.cut()
    taking.page.get_by_role("radio", name="False").check()
    expect(taking.state).to_have_text("Offline: kept on this device (1)")
    taking.page.on("dialog", lambda dialog: dialog.accept())
    taking.page.reload()
    expect(taking.page.get_by_role("radio", name="False")).to_be_checked()

    taking.mend()

    expect(taking.state).to_contain_text("Saved")
    assert taking.slot(TRUE_FALSE).response is False


def test_answers_given_offline_arrive_from_whatever_page_comes_next(taking):
    taking.cut()
    taking.page.on("dialog", lambda dialog: dialog.accept())
    taking.page.get_by_role("radio", name="False").check()
    taking.open(SINGLE_CHOICE)
    taking.page.get_by_role("radio", name="Of wood").check()
    expect(taking.state).to_have_text("Offline: kept on this device (2)")

    taking.mend()

    expect(taking.state).to_contain_text("Saved")
    assert (taking.slot(TRUE_FALSE).response, taking.slot(SINGLE_CHOICE).response) == (False, "wood")
    assert [step.position for step in taking.steps()] == [TRUE_FALSE, SINGLE_CHOICE]


def test_an_answer_whose_acknowledgement_was_lost_is_stored_once(taking):
    lost = []

    def lose_the_first(route):
        route.fetch()
        if lost:
            return route.continue_()
        lost.append(route)
        return route.abort()

    taking.page.route("**/save", lose_the_first)
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Offline")
    taking.mend()
    expect(taking.state).to_contain_text("Saved")

    assert len(taking.steps()) == 1


def test_save_and_continue_adds_nothing_to_what_is_saved_already(taking):
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")
    taking.page.get_by_role("button", name="Save and continue").click()
    taking.page.wait_for_url("**/question/2")

    assert len(taking.steps()) == 1


def test_enter_right_after_typing_is_no_conflict(taking):
    taking.open(SHORT_TEXT)
    field = taking.page.locator("#stem-first")
    for text in ("w", "wo", "woo"):
        field.fill(text)
        taking.page.wait_for_timeout(290)
    field.press_sequentially("d")
    field.press("Enter")
    taking.page.wait_for_url("**/question/5")

    assert taking.slot(SHORT_TEXT).response == "wood"


def test_an_answer_changed_in_another_tab_is_not_overwritten_and_both_are_shown(taking, context):
    other = context.new_page()
    taking.open(TRUE_FALSE, other)
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Saved")

    other.get_by_role("radio", name="False").check()
    expect(other.locator("#save-trouble")).to_contain_text("changed in another tab")
    other.get_by_role("button", name="See both answers").click()

    expect(other.get_by_role("heading", level=1)).to_have_text("Two answers to question 1")
    assert taking.slot(TRUE_FALSE).response is True
    other.get_by_role("button", name="Save mine").click()
    other.wait_for_url("**/question/2")
    assert taking.slot(TRUE_FALSE).response is False


def test_digits_choose_by_the_number_beside_the_option(taking):
    taking.page.keyboard.press("2")
    expect(taking.page.get_by_role("radio", name="False")).to_be_checked()
    taking.open(CLAIM_CHECK)
    taking.page.keyboard.press("5")

    keys = taking.page.locator(".option:has(:checked) .option-key")
    expect(keys).to_have_text("5")
    expect(taking.state).to_contain_text("Saved")


def test_digits_are_text_in_a_text_field(taking):
    taking.open(NUMERIC)
    taking.page.locator("#stem-first").press_sequentially("12")

    expect(taking.page.locator("#stem-first")).to_have_value("12")


def test_digits_do_nothing_once_shortcuts_are_off(taking, context, site):
    context.add_cookies([{"name": "shortcuts", "value": "off", "url": site.url}])
    taking.page.reload()
    taking.page.keyboard.press("1")

    expect(taking.page.get_by_role("radio", name="True")).not_to_be_checked()


def test_a_flag_is_set_without_leaving_the_page(taking):
    button = taking.page.get_by_role("button", name="Flag for review")
    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(taking.state).to_contain_text("Saved")
    assert taking.slot(TRUE_FALSE).is_flagged
    button.click()
    expect(taking.state).to_contain_text("Saved")
    taking.all_sent()
    assert not taking.slot(TRUE_FALSE).is_flagged


def test_an_answer_can_be_cleared(taking):
    taking.page.get_by_role("radio", name="True").check()
    with taking.page.expect_navigation():
        taking.page.get_by_role("button", name="Clear my answer").click()

    expect(taking.page.get_by_role("radio", name="True")).not_to_be_checked()
    assert taking.slot(TRUE_FALSE).response is None


def test_leaving_with_an_answer_that_did_not_arrive_is_warned_of(taking):
    asked = []
    taking.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    taking.cut()
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Offline")

    taking.page.goto("about:blank")

    assert asked == ["beforeunload"]


def test_submission_waits_for_what_has_not_arrived(taking):
    taking.cut()
    taking.page.on("dialog", lambda dialog: dialog.accept())
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.state).to_contain_text("Offline")
    taking.page.goto(f"{taking.address}/review")
    taking.page.get_by_role("button", name="Submit answers").click()
    expect(taking.trouble).to_contain_text("Answers that have not reached us yet: 1")
    was_open = taking.attempt.state

    taking.mend()
    expect(taking.state).to_contain_text("Saved")
    taking.page.get_by_role("button", name="Submit answers").click()
    taking.page.wait_for_url("**/result")

    assert was_open == "open"
    assert (taking.attempt.state, taking.attempt.earned) == ("submitted", 1.0)
    assert taking.unsent() == 0


def test_an_answer_to_a_submitted_attempt_is_told_so(taking, context):
    other = context.new_page()
    other.goto(f"{taking.address}/review")
    other.get_by_role("button", name="Submit answers").click()
    other.wait_for_url("**/result")

    taking.page.get_by_role("radio", name="True").check()

    expect(taking.trouble).to_contain_text("was not added")
    expect(taking.trouble.get_by_role("link")).to_have_attribute("href", f"/attempt/{taking.id}/result")


def test_a_page_that_lost_its_session_keeps_the_answer_until_the_next_sign_in(taking, context):
    cookies = context.cookies()
    context.clear_cookies()
    taking.page.get_by_role("radio", name="True").check()
    expect(taking.trouble).to_contain_text("kept on this device")

    context.add_cookies(cookies)
    taking.trouble.get_by_role("link").click()

    expect(taking.page.get_by_role("radio", name="True")).to_be_checked()
    expect(taking.state).to_contain_text("Saved")
    assert taking.slot(TRUE_FALSE).response is True
