"""Unsaved changes: kept without making a version, offered again, never overwritten in silence."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from quiz.storage.database import Database
from quiz.storage.drafts import select_draft_or_none
from quiz.storage.questions import select_question_or_none, select_versions
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording
from tests.web.conftest import Clock
from tests.web.forms import form_on
from tests.web.test_questions import newest_wording, written

NEW = "0" * 26
EDITOR = "/bank/bridge-opened/edit"
RESUMED = "/drafts/bridge-opened"


@pytest.fixture(autouse=True)
def question(db: Database) -> None:
    add_bank(db)
    add_question(db)


def typed(browser: FlaskClient, address: str = EDITOR, **changes: str) -> dict[str, str]:
    """Return what the editor at the address sends after somebody typed."""
    return (
        form_on(browser.get(address).text) | {"answer": "true", "basis": "world", "state": "ready"} | changes
    )


def keep(browser: FlaskClient, form: dict[str, str], *, script: bool = True):
    headers = {"Accept": "application/json"} if script else {"Accept": "text/html"}
    return browser.post("/drafts/true_false", data=form, headers=headers)


def test_a_script_keeps_what_is_typed_and_is_told_when(bilal: FlaskClient, db: Database, clock: Clock):
    clock.pass_time(minutes=3)

    answer = keep(bilal, typed(bilal, stem="The bridge was shut."))

    assert answer.json == {"number": 1, "told": "Draft kept 12:03", "address": RESUMED}
    assert len(select_versions(db, "bridge-opened")) == 1


def test_a_button_keeps_it_without_a_script_and_goes_on_in_the_editor(bilal: FlaskClient):
    answer = keep(bilal, typed(bilal, stem="The bridge was shut."), script=False)
    page = bilal.get(answer.location).text

    assert (answer.status_code, answer.location) == (303, RESUMED)
    assert "Draft kept 12:00" in page
    assert form_on(page)["stem"].strip() == "The bridge was shut."
    assert 'action="/bank/bridge-opened/edit"' in page


def test_the_editor_offers_what_was_not_saved_and_shows_what_is_saved(bilal: FlaskClient):
    keep(bilal, typed(bilal, stem="The bridge was shut."))

    page = bilal.get(EDITOR).text

    assert "You have unsaved changes of 23 November 2026, 12:00 UTC" in page
    assert f'href="{RESUMED}"' in page
    assert form_on(page)["stem"].strip() == "The bridge was opened in **1901**."


def test_nobody_is_offered_the_changes_of_somebody_else(bilal: FlaskClient, celeste: FlaskClient):
    keep(bilal, typed(bilal, stem="The bridge was shut."))

    assert "unsaved changes" not in celeste.get(EDITOR).text
    assert celeste.get(RESUMED).status_code == 404


def test_typing_goes_on_from_the_draft_and_each_keeping_is_numbered(bilal: FlaskClient):
    form = typed(bilal, stem="The bridge")
    number = keep(bilal, form).json["number"]

    again = keep(bilal, form | {"stem": "The bridge was", "draft": str(number)})

    assert (again.status_code, again.json["number"]) == (200, 2)
    assert form_on(bilal.get(RESUMED).text)["draft"] == "2"


def test_a_second_tab_is_told_of_the_first_and_overwrites_nothing(bilal: FlaskClient, db: Database):
    one, two = typed(bilal, stem="From one tab."), typed(bilal, stem="From another.")
    keep(bilal, one)

    answer = keep(bilal, two)

    assert answer.status_code == 409
    assert (answer.json["number"], answer.json["address"]) == (1, RESUMED)
    assert "are kept already" in answer.json["told"]
    assert dict(select_draft_or_none(db, "bilal", "bridge-opened").fields)["stem"] == "From one tab."


def test_without_a_script_the_second_tab_gets_its_form_back_and_may_insist(bilal: FlaskClient, db: Database):
    one, two = typed(bilal, stem="From one tab."), typed(bilal, stem="From another.")
    keep(bilal, one)

    refused = keep(bilal, two, script=False)
    fields = form_on(refused.text)
    insisted = keep(bilal, two | {"draft": fields["draft"]}, script=False)

    assert refused.status_code == 409
    assert "kept already" in refused.text
    assert fields["stem"].strip() == "From another."
    assert insisted.status_code == 303
    assert dict(select_draft_or_none(db, "bilal", "bridge-opened").fields)["stem"] == "From another."


def test_saving_ends_the_draft(bilal: FlaskClient, db: Database):
    form = typed(bilal, stem="The bridge was shut.")
    keep(bilal, form)

    bilal.post(EDITOR, data=form | {"action": "save"})

    assert select_draft_or_none(db, "bilal", "bridge-opened") is None
    assert newest_wording(db, "bridge-opened").stem == "The bridge was shut."


def test_a_draft_that_could_not_be_saved_stays(bilal: FlaskClient, db: Database):
    form = typed(bilal, stem="")
    keep(bilal, form)

    assert bilal.post(EDITOR, data=form | {"action": "save"}).status_code == 422
    assert select_draft_or_none(db, "bilal", "bridge-opened") is not None


def test_thrown_away_is_gone_and_doing_it_twice_does_no_harm(bilal: FlaskClient, db: Database):
    keep(bilal, typed(bilal, stem="The bridge was shut."))

    first = bilal.post(f"{RESUMED}/throw-away")
    second = bilal.post(f"{RESUMED}/throw-away")

    assert (first.location, second.status_code) == (EDITOR, 303)
    assert select_draft_or_none(db, "bilal", "bridge-opened") is None
    assert "unsaved changes of" not in bilal.get(EDITOR).text


def test_whoever_goes_on_is_told_of_a_version_that_was_saved_meanwhile(bilal: FlaskClient, db: Database):
    keep(bilal, typed(bilal, stem="The bridge was shut."))
    save_version(db, "bridge-opened", wording(stem="It was opened."), state="ready", by="celeste", now=NOW)

    page = bilal.get(RESUMED).text
    form = form_on(page) | {"answer": "true", "basis": "world", "state": "ready", "action": "save"}
    conflict = bilal.post(EDITOR, data=form)

    assert "Meanwhile Celeste saved version 2" in page
    assert conflict.status_code == 409
    assert "Saved meanwhile" in conflict.text
    assert form_on(conflict.text)["stem"].strip() == "The bridge was shut."


def test_a_question_that_was_never_saved_is_found_again(bilal: FlaskClient, db: Database):
    form = typed(bilal, "/bank/new/true_false", stem="What of the **bridge**?")
    address = keep(bilal, form).json["address"]

    for place in ("/bank/new", "/bank/new/true_false"):
        assert f'href="{address}"' in bilal.get(place).text
    assert "Begun and not saved" not in bilal.get("/bank/new/numeric").text
    page = bilal.get(address).text
    assert 'action="/bank/new/true_false"' in page
    assert select_question_or_none(db, form["question_id"]) is None
    assert form_on(page)["question_id"] == form["question_id"]


def test_rows_of_a_draft_come_back_with_their_ids(bilal: FlaskClient):
    form = written("single_choice") | {"question_id": NEW, "hints-0-text": "Think of salt."}
    kept = bilal.post("/drafts/single_choice", data=form, headers={"Accept": "application/json"})
    fields = form_on(bilal.get(kept.json["address"]).text)

    assert [fields[f"options-{n}-id"] for n in range(3)] == ["red", "black", "dead"]
    assert fields["hints-0-text"].strip() == "Think of salt."


def test_secrets_and_searches_are_not_kept(bilal: FlaskClient, db: Database):
    keep(bilal, typed(bilal, csrf_token="secret", claim_words="bridge", picture_alt="A map"))
    kept = dict(select_draft_or_none(db, "bilal", "bridge-opened").fields)

    assert kept.keys().isdisjoint(
        {"csrf_token", "claim_words", "action", "question_id", "draft", "picture_alt"}
    )


def test_nobody_keeps_drafts_but_instructors(amal: FlaskClient, client: FlaskClient, bilal: FlaskClient):
    form = typed(bilal)

    assert keep(amal, form).status_code == 403
    assert keep(client, form).status_code == 401
    assert amal.get(RESUMED).status_code == 403


@pytest.mark.parametrize("draft", ["", "x", "-1", "9" * 30, "١"])
def test_a_number_that_is_none_counts_as_no_draft_seen(bilal: FlaskClient, draft: str):
    assert keep(bilal, typed(bilal, draft=draft)).json["number"] == 1


def test_a_question_of_a_bank_that_is_not_theirs_gets_no_draft_of_its_own(bilal: FlaskClient, db: Database):
    answer = keep(bilal, written(question_id="no-such-question"))

    assert re.fullmatch(r"/drafts/[0-9a-z]{26}", answer.json["address"])


def test_hints_and_language_are_saved_with_the_question(bilal: FlaskClient, db: Database):
    form = written(
        language="ar_eg", hints=[{"text": " Think of salt. "}, {"text": ""}, {"text": "And of a lake."}]
    )

    bilal.post("/bank/new/true_false", data=form | {"question_id": NEW})
    kept = newest_wording(db, NEW)

    assert (kept.language, kept.hints) == ("ar-EG", ("Think of salt.", "And of a lake."))


def test_a_change_of_the_hints_or_the_language_alone_makes_a_version(bilal: FlaskClient, db: Database):
    bilal.post(EDITOR, data=typed(bilal, **{"hints-0-text": "Count from 1900.", "action": "save"}))
    bilal.post(EDITOR, data=typed(bilal, language="fr", action="save"))

    assert [version.number for version in select_versions(db, "bridge-opened")] == [3, 2, 1]
    assert newest_wording(db, "bridge-opened").hints == ("Count from 1900.",)


def test_a_language_that_is_none_is_told_at_its_field(bilal: FlaskClient):
    page = bilal.post("/bank/new/true_false", data=written(language="Arabic!"))

    assert page.status_code == 422
    assert '<a href="#language">“Arabic!” is no language' in page.text


def test_a_question_is_shown_in_its_language_and_direction(bilal: FlaskClient, db: Database):
    save_version(
        db,
        "bridge-opened",
        replace(wording(), language="ar", hints=("تلميح",)),
        state="ready",
        by=None,
        now=NOW,
    )

    page = bilal.get("/bank/bridge-opened").text
    preview = bilal.post("/bank/preview/single_choice", data=written("single_choice", language="he")).text

    assert '<div class="stem" id="asked-stem" lang="ar" dir="rtl"' in page
    assert '<div class="why" lang="ar" dir="rtl">' in page
    assert '<ol class="hints" lang="ar" dir="rtl">' in page
    assert '<span class="option-text" lang="he" dir="rtl">' in preview


def test_a_question_without_a_language_of_its_own_is_in_its_banks(bilal: FlaskClient):
    page = bilal.get("/bank/bridge-opened").text

    assert '<div class="stem" id="asked-stem" lang="en" dir="auto"' in page
