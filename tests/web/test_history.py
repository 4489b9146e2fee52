"""The history of a question: who saved what when, what changed, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from quiz.core.claims import Citation
from quiz.question_types import QUESTION_TYPES
from quiz.storage.database import Database
from quiz.storage.questions import select_versions
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import add_bank, add_question, wording
from tests.web.test_questions import newest_wording

HISTORY = "/bank/bridge-opened/history"
COMPARE = "/bank/bridge-opened/compare"
TAKE_BACK = "/bank/bridge-opened/take-back"


@pytest.fixture(autouse=True)
def question(db: Database) -> None:
    add_bank(db)
    add_question(db)


def save(db: Database, *, state: str = "ready", **changes: object) -> str:
    return save_version(db, "bridge-opened", wording(**changes), state=state, by="bilal", now=NOW)


def seas(*rows: dict[str, object]):
    body = QUESTION_TYPES["single_choice"].body_from_plain({"options": list(rows)})
    return {"type": "single_choice", "stem": "Which one?", "ask": body.ask, "key": body.key}


def test_the_history_tells_who_when_number_and_state(bilal: FlaskClient, db: Database):
    save(db, stem="It was opened in 1902.", state="draft")

    page = bilal.get(HISTORY).text

    assert page.index("Version 2") < page.index("Version 1")
    assert "Bilal" in page
    assert "from a file" in page
    assert "23 November 2026, 12:00 UTC" in page
    assert "Ready, asked in quizzes" in page


def test_the_question_page_leads_to_its_history(bilal: FlaskClient, db: Database):
    save(db, stem="It was opened in 1902.")

    assert f'href="{HISTORY}"' in bilal.get("/bank/bridge-opened").text


def test_words_added_and_removed_are_marked_up_and_named(bilal: FlaskClient, db: Database):
    save(db, stem="The bridge was opened in **1902**.")

    page = bilal.get(f"{COMPARE}?before=1&after=2").text

    assert '<del><span class="visually-hidden">[removed: </span>1901' in page
    assert '<ins><span class="visually-hidden">[added: </span>1902' in page


def test_the_later_version_comes_second_however_they_are_asked_for(bilal: FlaskClient, db: Database):
    save(db, stem="The bridge was opened in **1902**.")

    page = bilal.get(f"{COMPARE}?before=2&after=1").text

    assert page.index("[removed: </span>1901") < page.index("[added: </span>1902")


def test_without_numbers_the_newest_is_compared_with_the_one_before(bilal: FlaskClient, db: Database):
    save(db, stem="One.")
    save(db, stem="Two.")

    assert "Versions 2 and 3" in bilal.get(COMPARE).text


def test_options_moved_added_removed_and_keyed_otherwise_are_said_in_words(bilal: FlaskClient, db: Database):
    red, black, dead = ({"id": i, "text": f"The {i} sea"} for i in ("red", "black", "dead"))
    save(db, **seas(red | {"right": True}, black, dead))
    save(db, **seas(dead | {"right": True}, red, {"id": "white", "text": "The white sea", "feedback": "No."}))

    page = " ".join(bilal.get(f"{COMPARE}?before=2&after=3").text.split())

    assert "Moved from place 1 to 2" in page
    assert "Added, at place 3" in page
    assert "Removed, from place 2" in page
    assert "<dt>Right answer</dt>" in page
    assert "[added: </span>yes" in page
    assert "[removed: </span>yes" in page


def test_claims_and_hints_and_language_are_compared(bilal: FlaskClient, db: Database):
    save(
        db,
        hints=("Count.",),
        language="ar",
        citations=(Citation("bridge", "a01-1", "rests_on"), Citation("bridge", "f01-1", "rests_on")),
    )

    page = bilal.get(COMPARE).text

    for word in ("Hints", "Claims", "Language", "bridge#f01-1", "Count."):
        assert word in page
    assert "bridge#a01-1" not in page or "unchanged" in page


def test_versions_that_say_the_same_are_told_to(bilal: FlaskClient):
    assert "one and the same version" in bilal.get(COMPARE).text


def test_a_wording_is_taken_back_as_a_new_version_and_once_only(bilal: FlaskClient, db: Database):
    newest = save(db, stem="The bridge was opened in **1902**.")
    form = {"number": "1", "based_on": newest}

    first = bilal.post(TAKE_BACK, data=form, follow_redirects=True).text
    second = bilal.post(TAKE_BACK, data=form, follow_redirects=True).text

    assert "Version 1 is taken back: it is version 3 now." in first
    assert "says just that already" in second
    assert [v.number for v in select_versions(db, "bridge-opened")] == [3, 2, 1]
    assert newest_wording(db, "bridge-opened").stem == "The bridge was opened in **1901**."


def test_tags_stay_with_the_question_when_a_wording_is_taken_back(bilal: FlaskClient, db: Database):
    newest = save(db, stem="It was opened in 1902.", tags=("towns",), difficulty="hard")

    bilal.post(TAKE_BACK, data={"number": "1", "based_on": newest})

    taken = newest_wording(db, "bridge-opened")
    assert (taken.tags, taken.difficulty) == (("towns",), "hard")


def test_somebody_elses_newer_version_is_not_buried_unseen(bilal: FlaskClient, db: Database):
    seen = save(db, stem="The second.")
    save(db, stem="The third.")

    page = bilal.post(TAKE_BACK, data={"number": "1", "based_on": seen}, follow_redirects=True).text

    assert "version 3 was saved since you opened" in page
    assert len(select_versions(db, "bridge-opened")) == 3


def test_a_wording_that_may_not_be_ready_any_more_is_refused_with_the_reason(
    bilal: FlaskClient, db: Database
):
    with_picture = replace(wording(), stem="![](x.png) It was opened in 1901.")
    save_version(db, "bridge-opened", with_picture, state="draft", by=None, now=NOW)
    newest = save(db, stem="The third.")

    bilal.post(TAKE_BACK, data={"number": "2", "based_on": newest})

    assert select_versions(db, "bridge-opened")[0].state == "draft"


@pytest.mark.parametrize(
    "address", [f"{COMPARE}?before=9", f"{COMPARE}?after=x", "/bank/none/history", "/bank/none/compare"]
)
def test_what_is_not_there_is_not_found(bilal: FlaskClient, address: str):
    assert bilal.get(address).status_code == 404


def test_a_version_that_is_not_there_can_not_be_taken_back(bilal: FlaskClient):
    assert bilal.post(TAKE_BACK, data={"number": "7"}).status_code == 404


@pytest.mark.parametrize("address", [HISTORY, COMPARE])
def test_learners_see_no_history(amal: FlaskClient, client: FlaskClient, address: str):
    assert amal.get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_every_type_can_be_compared_with_every_other(bilal: FlaskClient, db: Database):
    for question_type in QUESTION_TYPES.values():
        for sample in list(question_type.samples())[:2]:
            save(db, state="draft", type=question_type.name, ask=sample.body.ask, key=sample.body.key)

    for number in range(1, len(select_versions(db, "bridge-opened"))):
        assert bilal.get(f"{COMPARE}?before={number}&after={number + 1}").status_code == 200
