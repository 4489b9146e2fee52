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
from tests.web.conftest import HIS_CLASS

IDS = ("one", "two", "three")


@pytest.fixture(autouse=True)
def questions(db: Database) -> None:
    add_bank(db)
    add_bank(db, "villages")
    for number, question_id in enumerate(IDS):
        add_question(db, question_id, tags=("dates",), stem=f"Is the bridge number {number} open?")


def fields_on(page: str) -> list[tuple[str, str]]:
    """Return what the page's confirming form sends."""
    form = page[page.index('<form method="post" action="/bulk/') :]
    found = re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    return [(name, unescape(value)) for name, value in found]


def send(browser: FlaskClient, address: str, fields: list[tuple[str, str]]):
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return browser.post(address, data=data)


def tags(db: Database) -> list[tuple[str, ...]]:
    return [select_question(db, question_id).tags for question_id in IDS]


def test_the_list_offers_what_can_be_done(bilal: FlaskClient):
    page = bilal.get("/bank?words=bridge").text

    assert page.count('type="checkbox" name="q"') == 3
    for kind in ("tag", "move", "add_to_quiz", "retire"):
        assert f"/bulk/{kind}" in page
    assert '<input type="hidden" name="words" value="bridge">' in page


def test_tags_are_added_after_a_preview_and_can_be_undone(bilal: FlaskClient, db: Database):
    asked = bilal.get("/bulk/tag?q=one&q=two").text
    assert "2 questions are chosen." in asked

    shown = bilal.get("/bulk/tag?q=one&q=two&add=Steel,+iron&remove=dates&show=y").text
    assert "2 questions change" in shown
    assert tags(db) == [("dates",)] * 3

    done = send(bilal, "/bulk/tag", fields_on(shown))
    assert done.status_code == 303
    assert tags(db) == [("iron", "steel"), ("iron", "steel"), ("dates",)]
    assert "2 questions were changed." in bilal.get(done.location).text

    bilal.post(f"{done.location}/undo")
    assert tags(db) == [("dates",)] * 3
    assert "Undone" in bilal.get(done.location).text


def test_all_that_match_are_changed_not_only_the_ticked(bilal: FlaskClient, db: Database):
    shown = bilal.get("/bulk/tag?q=one&all=y&words=bridge&add=steel&show=y").text
    assert "3 questions change" in shown

    send(bilal, "/bulk/tag", fields_on(shown))

    assert tags(db) == [("dates", "steel")] * 3


def test_a_form_sent_twice_does_it_once(bilal: FlaskClient, db: Database):
    fields = fields_on(bilal.get("/bulk/retire?q=one").text)
    first = send(bilal, "/bulk/retire", fields)
    bilal.post(f"{first.location}/undo")

    again = send(bilal, "/bulk/retire", fields)

    assert again.location == first.location
    assert select_question(db, "one").retired is None


def test_a_stale_preview_says_so_and_changes_nothing(bilal: FlaskClient, db: Database):
    fields = fields_on(bilal.get("/bulk/retire?q=one&q=two").text)
    retire_question(db, "two", now=NOW)

    answer = send(bilal, "/bulk/retire", fields)

    assert answer.status_code == 409
    assert "Something has changed since this page was opened" in answer.text
    assert "1 question change" in answer.text
    assert select_question(db, "one").retired is None

    assert send(bilal, "/bulk/retire", fields_on(answer.text)).status_code == 303
    assert select_question(db, "one").retired is not None


def test_questions_move_to_another_bank(bilal: FlaskClient, db: Database):
    shown = bilal.get("/bulk/move?q=one&bank_id=villages&show=y").text

    send(bilal, "/bulk/move", fields_on(shown))

    assert select_question(db, "one").bank_id == "villages"


def test_questions_are_added_to_a_draft(bilal: FlaskClient, db: Database):
    add_quiz(db, "three", owner=HIS_CLASS, is_open=False)
    shown = bilal.get("/bulk/add_to_quiz?q=one&q=three&quiz_id=quiz&points=2,5&show=y").text
    assert "1 stays as it is" in shown

    send(bilal, "/bulk/add_to_quiz", fields_on(shown))

    assert [(s.question_id, s.points) for s in select_slots(db, the_quiz(db))] == [
        ("three", 1.0),
        ("one", 2.5),
    ]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/bulk/tag?q=one&show=y", "Write at least one tag"),
        (
            "/bulk/tag?q=one&add=a&remove=a&show=y",
            "can’t be both added and removed|can't be both added and removed|can&#39;t",
        ),
        ("/bulk/move?q=one&bank_id=&show=y", "Choose the bank"),
        ("/bulk/move?q=one&bank_id=nowhere&show=y", "Choose the bank"),
        ("/bulk/add_to_quiz?q=one&show=y", "Choose the quiz"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(bilal: FlaskClient, address: str, sentence: str):
    page = bilal.get(address)

    assert page.status_code == 422
    assert re.search(sentence, page.text)


@pytest.mark.parametrize(
    "address", ["/bulk/tag", "/bulk/retire?q=nobody", "/bulk/export", "/bulk/move?all=y&words=xyzzy"]
)
def test_nothing_chosen_is_said_with_the_way_back(bilal: FlaskClient, address: str):
    page = bilal.get(address)

    assert page.status_code == 200
    assert "No question is chosen" in page.text


def test_points_that_are_no_number_are_refused(bilal: FlaskClient, db: Database):
    add_quiz(db, owner=HIS_CLASS)

    page = bilal.get("/bulk/add_to_quiz?q=one&quiz_id=quiz&points=many&show=y")

    assert page.status_code == 422
    assert "Points must be more than 0" in page.text


def test_a_list_of_ones_changes_leads_to_each(bilal: FlaskClient, celeste: FlaskClient):
    done = send(bilal, "/bulk/retire", fields_on(bilal.get("/bulk/retire?q=one").text))

    assert done.location in bilal.get("/bulk/changes").text
    assert done.location not in celeste.get("/bulk/changes").text
    assert celeste.get(done.location).status_code == 404
    assert celeste.post(f"{done.location}/undo").status_code == 404


def test_questions_of_a_bank_that_is_not_shared_are_left_out(
    celeste: FlaskClient, bilal: FlaskClient, db: Database
):
    fields = fields_on(bilal.get("/bulk/retire?q=one").text)
    update_sharing(db, "towns", "classes", [])

    assert "No question is chosen" in bilal.get("/bulk/retire?q=one&q=two").text
    assert send(bilal, "/bulk/retire", fields).status_code == 409
    assert select_question(db, "one").retired is None


@pytest.mark.parametrize("address", ["/bulk/tag", "/bulk/changes", "/bulk/export", "/alike", "/alike/merge"])
def test_learners_change_nothing(amal: FlaskClient, client: FlaskClient, address: str):
    assert amal.get(address).status_code == 403
    assert client.get(address).status_code == 302


def test_what_nobody_offers_is_not_there(bilal: FlaskClient):
    assert bilal.get("/bulk/delete").status_code == 404
    assert bilal.get("/bulk/merge").status_code == 404
    assert bilal.get("/bulk/changes/nothing").status_code == 404


# -- export --------------------------------------------------------------------------------------------------


def test_chosen_questions_are_exported_with_what_the_format_cannot_say(bilal: FlaskClient):
    page = bilal.get("/bulk/export?q=one&q=two&format=aiken").text
    assert "remark" in page

    link = re.search(
        r'href="(/bulk/export/file[^"]+)"', bilal.get("/bulk/export?q=one&q=two&format=gift").text
    )
    assert link
    file = bilal.get(unescape(link.group(1)))

    assert file.headers["Content-Disposition"].startswith("attachment; filename=questions-")
    assert "Is the bridge number 0 open?" in file.text
    assert "Is the bridge number 2 open?" not in file.text


def test_an_export_holds_nothing_that_is_not_shared(bilal: FlaskClient, db: Database):
    update_sharing(db, "towns", "classes", [])

    assert "bridge" not in bilal.get("/bulk/export/file?q=one&format=gift").text
    assert bilal.get("/bulk/export/file?q=one&format=nonsense").status_code == 404
