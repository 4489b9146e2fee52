from __future__ import annotations

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.storage import classes, quizzes


@pytest.fixture
def quiz(db, clock):
    """An open quiz of Bilal's class that takes guests."""
    return make_quiz(db, clock, "JKMNPQRS", guests_allowed=True)


@pytest.fixture
def closed_door(db, clock):
    """An open quiz of Bilal's class that takes no guests."""
    return make_quiz(db, clock, "TTTTVVVV", guests_allowed=False)


def make_quiz(db, clock, code, **more):
    quizzes.insert_quiz(
        db,
        QuizRules("The treaty", **more),
        id=code.lower(),
        class_id="bilals-class",
        join_code=code,
        created_by=None,
        now=clock(),
    )
    quiz = quizzes.select_quiz_or_none(db, code.lower())
    quizzes.update_quiz_state(db, quiz, "open", clock())
    return quiz


def test_a_code_in_any_spelling_leads_to_what_it_opens(client, quiz):
    assert client.post("/join", data={"code": " jkmn-pqrs "}).location == "/join/JKMNPQRS"
    assert "The treaty" in client.get("/join/JKMNPQRS").text


def test_an_unknown_code_keeps_what_was_typed_and_says_what_to_do(client):
    page = client.post("/join", data={"code": "zzzz zzzz"})

    assert page.status_code == 404
    assert "We could not find a quiz or class for ZZZZ-ZZZZ. Check the code or ask your teacher." in page.text
    assert 'value="zzzz zzzz"' in page.text


@pytest.mark.parametrize("typed", ["", "abc", "/../", "?", "A" * 500, "\u202e", "<script>"])
def test_what_can_be_no_code_is_told_so(client, typed):
    page = client.post("/join", data={"code": typed})

    assert page.status_code == 404
    assert "eight letters and digits" in page.text
    assert "<script>" not in page.text


def test_a_class_that_was_archived_is_told_like_a_code_that_never_was(client, db, clock):
    classes.update_class_archived(db, "bilals-class", clock())

    page = client.post("/join", data={"code": "ABCDEFGH"})

    assert page.status_code == 404
    assert "We could not find a quiz or class for ABCD-EFGH" in page.text


def test_guessing_codes_has_an_end(client):
    client.get("/join")
    pages = [client.post("/join", data={"code": f"ZZZZYYY{n}"}) for n in (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4)]

    assert [page.status_code for page in pages] == [404] * 10 + [429]
    assert int(pages[-1].headers["Retry-After"]) > 0
    assert client.get("/join/ZZZZYYYZ").status_code == 429


def test_a_guest_is_asked_for_a_name_told_who_sees_it_and_let_in(client, quiz):
    asked = client.get("/join/JKMNPQRS").text
    entered = client.post("/join/JKMNPQRS", data={"name": "Amal"})

    assert "The teachers of this quiz see it beside" in asked
    assert entered.location == f"/quiz/{quiz.id}/start"
    assert "Guest" in client.get("/account").text


def test_a_guest_without_a_name_is_asked_again(client, quiz):
    page = client.post("/join/JKMNPQRS", data={"name": "  "})

    assert page.status_code == 422
    assert '<a href="#name">Enter a name' in page.text


def test_a_quiz_without_guests_asks_to_sign_in_and_leads_back(client, closed_door):
    page = client.get("/join/TTTTVVVV")

    assert "/sign-in?next=/join/TTTTVVVV" in page.text
    assert client.post("/join/TTTTVVVV", data={"name": "Amal"}).status_code == 422


def test_whoever_is_signed_in_goes_straight_to_the_quiz(amal, quiz):
    assert amal.get("/join/JKMNPQRS").location == f"/quiz/{quiz.id}/start"


def test_whoever_has_the_code_of_a_class_quiz_may_join_the_class_with_it(dina, closed_door, db, cast):
    asked = dina.get("/join/TTTTVVVV").text
    entered = dina.post("/join/TTTTVVVV")

    assert "Join the class and take the quiz" in asked
    assert entered.location == f"/quiz/{closed_door.id}/start"
    assert classes.select_member_role_or_none(db, "bilals-class", cast.dina.id) == "learner"


def test_a_class_needs_an_account_and_the_code_survives_the_detour(client, db):
    asked = client.get("/join/ABCDEFGH").text
    newcomer = {"name": "Noor", "email": "noor@example.org", "password": "seven herons in a row"}
    back = client.post("/sign-up", data=newcomer | {"next": "/join/ABCDEFGH"})
    confirmed = client.get(back.location).text
    client.post("/join/ABCDEFGH")

    assert "/sign-up?next=/join/ABCDEFGH" in asked
    assert "Join the class" in confirmed
    assert "Noor" in [member.name for member in classes.select_members(db, "bilals-class")]


def test_looking_at_a_class_does_not_join_it(dina, db, cast):
    dina.get("/join/ABCDEFGH")

    assert classes.select_member_role_or_none(db, "bilals-class", cast.dina.id) is None


def test_joining_twice_is_joining_once(amal):
    page = amal.get("/join/ABCDEFGH", follow_redirects=True).text

    assert "You belong to Year 11 history already" in page


def test_a_guest_keeps_being_the_same_person_with_an_account(client, quiz, db):
    client.post("/join/JKMNPQRS", data={"name": "Amal"})
    page = client.get("/sign-up").text
    client.post(
        "/sign-up", data={"name": "Noor", "email": "noor@example.org", "password": "seven herons in a row"}
    )

    assert "Your attempts come along" in page
    assert db.utils.table("people").count_where("name = 'Noor' and role = 'learner'") == 1
    assert db.utils.table("people").count_where("role = 'guest'") == 0
