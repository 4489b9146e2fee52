from __future__ import annotations

import re

import pytest

from quiz.core import join_codes
from quiz.storage import classes
from quiz.storage.classes import select_member_role_or_none
from tests.small_quizzes import add_questions, add_quiz, take, the_class
from tests.web.conftest import HIS_CLASS, HIS_CODE

PAGES = [
    "/classes",
    "/classes/new",
    f"/classes/{HIS_CLASS}",
    f"/classes/{HIS_CLASS}/name",
    f"/classes/{HIS_CLASS}/code",
    f"/classes/{HIS_CLASS}/archive",
    f"/classes/{HIS_CLASS}/learners/amal/remove",
]
OF_HIS_CLASS = PAGES[2:]
DEEDS = [*OF_HIS_CLASS[1:], f"/classes/{HIS_CLASS}/restore"]


@pytest.mark.parametrize("address", PAGES)
def test_its_instructor_may_open_it(bilal, address):
    assert bilal.get(address).status_code == 200


@pytest.mark.parametrize("address", OF_HIS_CLASS)
def test_it_does_not_exist_for_another_classes_instructor(celeste, address):
    assert celeste.get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_learners_are_told_that_it_is_not_for_them(amal, address):
    assert amal.get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_who_is_not_signed_in_is_asked_to(client, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("address", DEEDS)
def test_nobody_else_may_change_it(celeste, amal, client, db, address):
    before = (the_class(db, HIS_CLASS), classes.select_members(db, HIS_CLASS))

    assert celeste.post(address, data={"title": "Mine"}).status_code == 404
    assert amal.post(address, data={"title": "Mine"}).status_code == 403
    assert client.post(address, data={"title": "Mine"}).status_code == 401
    assert (the_class(db, HIS_CLASS), classes.select_members(db, HIS_CLASS)) == before


def test_an_instructor_who_learns_in_a_class_does_not_run_it(celeste, db, clock):
    classes.insert_member(db, HIS_CLASS, "celeste", "learner", clock())

    assert celeste.get(f"/classes/{HIS_CLASS}").status_code == 404


def test_the_list_has_ones_own_classes_with_their_codes(bilal):
    page = bilal.get("/classes").text

    assert "Year 11 history" in page
    assert "ABCD-EFGH" in page
    assert "1 learner" in page
    assert "Year 12 politics" not in page


def test_a_new_instructor_is_led_to_their_first_class(celeste, db, clock):
    classes.update_class_archived(db, "celestes-class", clock())

    page = celeste.get("/classes").text

    assert "data-empty" in page
    assert "1 archived class" in page


def test_a_class_is_made_once_however_often_its_form_is_sent(bilal, db):
    made_with = re.search(r'name="new_id" value="([^"]+)"', bilal.get("/classes/new").text)
    assert made_with
    for _ in range(2):
        answer = bilal.post("/classes/new", data={"title": "Year 12", "new_id": made_with[1]})
        assert answer.status_code == 303

    titles = [found.title for found in classes.select_classes_of_person(db, "bilal", "instructor")]
    assert titles.count("Year 12") == 1
    assert "Year 12" in bilal.get(answer.location).text


def test_a_class_without_a_name_is_sent_back_with_the_problem(bilal):
    answer = bilal.post("/classes/new", data={"title": "  "})

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert answer.text.count("Enter a title") == 2


def test_an_id_that_belongs_to_another_class_shows_nothing_of_it(celeste, db):
    answer = celeste.post("/classes/new", data={"title": "Mine", "new_id": HIS_CLASS}, follow_redirects=True)

    assert "Year 11 history" not in answer.text
    assert the_class(db, HIS_CLASS).title == "Year 11 history"


def test_the_class_shows_its_code_its_link_and_its_learners(bilal):
    page = bilal.get(f"/classes/{HIS_CLASS}").text

    assert "ABCD-EFGH" in page
    assert f"http://localhost/join/{HIS_CODE}" in page
    assert "amal@example.org" in page
    assert "Dina" not in page


def test_a_class_that_nobody_joined_says_what_to_do(bilal):
    new = bilal.post("/classes/new", data={"title": "Empty"}).location

    page = bilal.get(new).text

    assert "Nobody has joined yet" in page
    assert "No quiz is set for this class yet" in page


def test_a_new_code_is_asked_about_before_it_is_made(bilal, db):
    assert "ABCD-EFGH" in bilal.get(f"/classes/{HIS_CLASS}/code").text
    assert the_class(db, HIS_CLASS).join_code == HIS_CODE

    page = bilal.post(f"/classes/{HIS_CLASS}/code", follow_redirects=True).text

    assert the_class(db, HIS_CLASS).join_code != HIS_CODE
    assert join_codes.shown(the_class(db, HIS_CLASS).join_code) in page


def test_a_class_can_be_renamed(bilal, db):
    answer = bilal.post(f"/classes/{HIS_CLASS}/name", data={"title": "Year 11 <b>"}, follow_redirects=True)

    assert "Year 11 &lt;b&gt;" in answer.text
    assert bilal.post(f"/classes/{HIS_CLASS}/name", data={"title": ""}).status_code == 422


def test_removing_a_learner_is_asked_about_and_leaves_their_attempts(bilal, db):
    add_questions(db, "holds-1")
    attempt = take(db, add_quiz(db, "holds-1", owner=HIS_CLASS), "amal")
    address = f"/classes/{HIS_CLASS}/learners/amal/remove"

    assert "Attempts that were made stay" in bilal.get(address).text
    assert select_member_role_or_none(db, HIS_CLASS, "amal") == "learner"
    page = bilal.post(address, follow_redirects=True).text

    assert "Amal is no longer in the class" in page
    assert bilal.get(f"/quizzes/quiz/results/{attempt.id}").status_code == 200
    assert bilal.post(address).status_code == 404


def test_instructors_cannot_be_removed_as_learners(bilal, db):
    assert bilal.post(f"/classes/{HIS_CLASS}/learners/bilal/remove").status_code == 404
    assert select_member_role_or_none(db, HIS_CLASS, "bilal") == "instructor"


def test_an_archived_class_can_be_read_and_brought_back(bilal, client):
    bilal.post(f"/classes/{HIS_CLASS}/archive")

    page = bilal.get(f"/classes/{HIS_CLASS}").text
    assert "was archived on" in page
    assert "Build a quiz" not in page
    assert client.get(f"/join/{HIS_CODE}").status_code == 404

    assert "The class is back" in bilal.post(f"/classes/{HIS_CLASS}/restore", follow_redirects=True).text
    assert client.get(f"/join/{HIS_CODE}").status_code == 200
