from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from quiz.storage.banks import update_sharing
from quiz.storage.database import Database
from quiz.storage.questions import select_question
from quiz.storage.quizzes import select_slots
from quiz.workflows.retire_question import retire_question
from tests.conftest import NOW
from tests.small_content import add_bank, add_question
from tests.small_quizzes import add_quiz, the_quiz
from tests.web.conftest import HER_CLASS, HIS_CLASS

STEM = "In which year was the old bridge over the river {} opened by the mayor of the town?"


@pytest.fixture(autouse=True)
def lookalikes(db: Database) -> None:
    add_bank(db)
    add_question(db, "danube", stem=STEM.format("Danube"), tags=("rivers",))
    add_question(db, "donau", stem=STEM.format("Donau"), tags=("names",))


def fields_on(page: str) -> dict[str, list[str]]:
    form = page[page.index('<form method="post" action="/alike/merge') :]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def test_lookalikes_stand_side_by_side(bilal: FlaskClient):
    for address in ("/alike", "/alike?bank=towns"):
        page = bilal.get(address).text
        assert "over the river Danube" in page
        assert "over the river Donau" in page
        assert page.count('type="radio" name="keep"') == 2


def test_one_is_kept_after_a_preview_and_it_can_be_undone(bilal: FlaskClient, db: Database):
    add_quiz(db, "donau", owner=HIS_CLASS)
    add_quiz(db, "donau", owner=HER_CLASS, quiz_id="hers")

    shown = bilal.get("/alike/merge?keep=danube&q=danube&q=donau").text
    assert "2 places in quizzes ask the kept one instead" in shown
    assert "1 of these places is in a quiz of other instructors" in shown
    assert select_question(db, "donau").retired is None

    done = bilal.post("/alike/merge", data=fields_on(shown))
    assert done.status_code == 303
    assert select_question(db, "donau").retired is not None
    assert [slot.question_id for slot in select_slots(db, the_quiz(db))] == ["danube"]
    assert "/alike?" not in bilal.get("/alike").text or "No near-duplicates" in bilal.get("/alike").text

    page = bilal.get(done.location).text
    assert "One kept, 1 other retired" in page
    bilal.post(f"{done.location}/undo")
    assert select_question(db, "donau").retired is None
    assert [slot.question_id for slot in select_slots(db, the_quiz(db))] == ["donau"]


def test_a_stale_preview_says_so_and_merges_nothing(bilal: FlaskClient, db: Database):
    fields = fields_on(bilal.get("/alike/merge?keep=danube&q=donau").text)
    add_quiz(db, "donau", owner=HIS_CLASS)

    answer = bilal.post("/alike/merge", data=fields)

    assert answer.status_code == 409
    assert "Something has changed since this page was opened" in answer.text
    assert select_question(db, "donau").retired is None


@pytest.mark.parametrize("query", ["", "keep=danube", "keep=nobody&q=donau", "q=danube&q=donau"])
def test_without_a_choice_it_says_what_to_choose(bilal: FlaskClient, query: str):
    answer = bilal.get(f"/alike/merge?{query}", follow_redirects=True)

    assert re.search("Choose the question to keep|There is no other question", answer.text)


def test_these_are_different_is_remembered_and_can_be_undone(bilal: FlaskClient):
    told = bilal.post("/alike/different", data={"q": ["danube", "donau"], "back": "/alike?bank=towns"})
    assert (told.status_code, "/alike?bank=towns" in told.text) == (200, True)
    assert "No near-duplicates" in bilal.get("/alike").text

    bilal.post("/alike/different", data={"q": ["danube", "donau"], "forget": "y"})

    assert "Donau" in bilal.get("/alike").text


def test_the_way_back_leads_nowhere_else(bilal: FlaskClient):
    told = bilal.post("/alike/different", data={"q": ["danube", "donau"], "back": "https://example.org"})

    assert "example.org" not in told.text


def test_what_is_not_shared_is_neither_shown_nor_merged(bilal: FlaskClient, db: Database):
    fields = fields_on(bilal.get("/alike/merge?keep=danube&q=donau").text)
    update_sharing(db, "towns", "classes", [])

    assert "Danube" not in bilal.get("/alike").text
    assert bilal.get("/alike?bank=towns").status_code == 404
    assert bilal.post("/alike/merge", data=fields).status_code == 303
    assert select_question(db, "donau").retired is None
    assert bilal.post("/alike/different", data={"q": ["danube", "donau"]}).status_code == 404


def test_a_retired_question_is_no_lookalike(bilal: FlaskClient, db: Database):
    retire_question(db, "donau", now=NOW)

    assert "No near-duplicates" in bilal.get("/alike").text
