from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from quiz.core.lint import Ignore
from quiz.storage.database import Database
from quiz.storage.linting import select_ignores
from quiz.storage.questions import select_questions_of_bank
from tests.small_content import add_bank, add_question
from tests.web.forms import typed_form

LOADED = "The regime opened the bridge in 1901."


@pytest.fixture(autouse=True)
def loaded_question(db: Database) -> None:
    add_bank(db)
    add_question(db, stem=LOADED)


def page_of(browser: FlaskClient, address: str = "/bank/bridge-opened") -> str:
    return browser.get(address).get_data(as_text=True)


def answer(browser: FlaskClient, **sent: str) -> str:
    return browser.post("/bank/bridge-opened/ignore", data=sent, follow_redirects=True).get_data(as_text=True)


def two_equal_options(state: str) -> dict[str, str]:
    return typed_form(
        {
            "bank": "towns",
            "basis": "world",
            "stem": "When was it opened?",
            "feedback": "It was opened in 1901.",
            "tags": "dates",
            "difficulty": "hard",
            "state": state,
            "action": "save",
            "citations": [{"source": "bridge", "claim": "a01-1", "role": "rests_on"}],
            "options": [
                {"id": "a", "text": "In 1901", "right": True},
                {"id": "b", "text": "in 1901"},
                {"id": "c", "text": "In 1902"},
            ],
        }
    )


def test_the_page_says_where_what_why_and_what_instead(bilal: FlaskClient) -> None:
    page = page_of(bilal)

    assert "<strong>Warning</strong> · Question:" in page
    assert "“regime” is loaded; “government” says it without taking a side" in page
    assert "The government opened the bridge in 1901." in page
    assert "The word takes a side." in page


def test_a_reason_is_kept_shown_and_taken_back(bilal: FlaskClient, db: Database) -> None:
    assert "It stays as it is:" in answer(bilal, rule="loaded_words", reason="It quotes the plate.")
    assert select_ignores(db, "bridge-opened") == (Ignore("loaded_words", "It quotes the plate."),)

    bilal.post("/bank/bridge-opened/look-again", data={"rule": "loaded_words"})

    assert select_ignores(db, "bridge-opened") == ()


@pytest.mark.parametrize(("rule", "reason"), [("loaded_words", " "), ("no_such_rule", "Because.")])
def test_without_a_reason_nothing_is_kept_and_the_page_says_so(
    bilal: FlaskClient, db: Database, rule: str, reason: str
) -> None:
    page = answer(bilal, rule=rule, reason=reason)

    assert "write the reason" in page or "there is no rule" in page
    assert select_ignores(db, "bridge-opened") == ()


def test_learners_can_ignore_nothing(amal: FlaskClient, db: Database) -> None:
    done = amal.post("/bank/bridge-opened/ignore", data={"rule": "loaded_words", "reason": "Please."})

    assert done.status_code == 403
    assert select_ignores(db, "bridge-opened") == ()


def test_the_preview_tells_what_is_found_before_anything_is_saved(bilal: FlaskClient) -> None:
    page = bilal.post("/bank/preview/single_choice", data=two_equal_options("ready")).get_data(as_text=True)

    assert "<strong>Error</strong> · Option 2:" in page
    assert "<form" not in page


def test_an_error_keeps_a_question_from_being_ready_and_loses_nothing(
    bilal: FlaskClient, db: Database
) -> None:
    done = bilal.post("/bank/new/single_choice", data=two_equal_options("ready"))

    assert done.status_code == 422
    assert "can&#39;t be ready yet, only a draft" in done.get_data(as_text=True)
    assert "In 1902" in done.get_data(as_text=True)
    assert len(select_questions_of_bank(db, "towns")) == 1


def test_the_same_question_is_saved_as_a_draft(bilal: FlaskClient, db: Database) -> None:
    assert bilal.post("/bank/new/single_choice", data=two_equal_options("draft")).status_code == 303

    assert len(select_questions_of_bank(db, "towns")) == 2
