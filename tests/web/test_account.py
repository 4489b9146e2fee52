from __future__ import annotations

import re

import pytest

from quiz.core.timing import Accommodation
from quiz.storage import people
from quiz.workflows.set_accommodation import set_accommodation
from tests.web.conftest import NOON

PASSWORD = "correct otter walks quietly"
NEWCOMER = {"name": "Noor", "email": "noor@example.org", "password": "seven herons in a row"}


def test_signing_in_leads_back_to_where_one_wanted_to_go(client):
    asked = client.get("/account/profile")
    form = client.get(asked.location)
    page = client.post(
        "/sign-in", data={"email": "amal@example.org", "password": PASSWORD, "next": "/account/profile"}
    )

    assert 'name="next" value="/account/profile"' in form.text
    assert (page.status_code, page.location) == (303, "/account/profile")


def test_signing_in_never_leads_to_another_site(client):
    page = client.post(
        "/sign-in", data={"email": "amal@example.org", "password": PASSWORD, "next": "//evil.example"}
    )

    assert page.location == "/"


@pytest.mark.parametrize("typed", [{"password": "wrong"}, {"email": "nobody@example.org"}, {"email": ""}])
def test_a_refused_sign_in_says_so_without_saying_why_and_keeps_the_address(client, typed):
    page = client.post("/sign-in", data={"email": "amal@example.org", "password": PASSWORD} | typed)

    assert page.status_code == 422
    assert "The e-mail address or the password is not right" in page.text
    assert PASSWORD not in page.text
    assert f'value="{typed.get("email", "amal@example.org")}"' in page.text


def test_too_many_tries_are_told_how_long_to_wait(client):
    client.get("/sign-in")  # which gives the browser what tells it from others
    for _ in range(5):
        client.post("/sign-in", data={"email": "amal@example.org", "password": "wrong"})

    page = client.post("/sign-in", data={"email": "amal@example.org", "password": "wrong again"})

    assert (page.status_code, page.headers["Retry-After"]) == (429, "12")
    assert "Try again in 12 seconds" in page.text
    assert "wrong again" not in page.text


def test_a_new_learner_is_signed_in_at_once(client):
    page = client.post("/sign-up", data=NEWCOMER | {"next": "/join/ABCDEFGH"})

    assert page.location == "/join/ABCDEFGH"
    assert "noor@example.org" in client.get("/account").text


def test_all_that_is_wrong_with_a_new_account_is_said_at_once(client):
    page = client.post("/sign-up", data={"name": "", "email": "noor", "password": "short"})

    assert page.status_code == 422
    for target, sentence in (
        ("name", "Enter a name"),
        ("email", "Enter an e-mail address, like"),
        ("password", "12 characters or more"),
    ):
        assert re.search(rf'<a href="#{target}">[^<]*{sentence}', page.text)
    assert "<title>Error: " in page.text


def test_an_address_that_is_taken_is_told_at_its_field(client):
    page = client.post("/sign-up", data=NEWCOMER | {"email": "AMAL@example.org"})

    assert page.status_code == 422
    assert '<a href="#email">There is an account with this address already' in page.text


def test_signing_out_takes_a_form_and_not_a_link(amal):
    assert amal.get("/sign-out").status_code == 405

    assert amal.post("/sign-out").location == "/"
    assert amal.get("/account").status_code == 302


def test_the_account_page_shows_where_one_is_signed_in(sign_in_as, cast, amal):
    sign_in_as(cast.amal)

    page = amal.get("/account").text

    assert page.count("last seen") == 2
    assert "This browser" in page
    assert "Sign out everywhere else" in page


def test_signing_out_everywhere_else_does_just_that(sign_in_as, cast, amal):
    elsewhere = sign_in_as(cast.amal)

    amal.post("/account/sign-out-elsewhere")

    assert elsewhere.get("/account").status_code == 302
    assert amal.get("/account").status_code == 200


def test_a_changed_password_is_the_one_that_counts(client, amal):
    page = amal.post(
        "/account/password", data={"password": PASSWORD, "new_password": "seven herons in a row"}
    )

    assert page.status_code == 303
    assert (
        client.post("/sign-in", data={"email": "amal@example.org", "password": PASSWORD}).status_code == 422
    )
    new = {"email": "amal@example.org", "password": "seven herons in a row"}
    assert client.post("/sign-in", data=new).status_code == 303


def test_a_wrong_old_password_changes_nothing(amal):
    page = amal.post("/account/password", data={"password": "wrong", "new_password": "seven herons in a row"})

    assert page.status_code == 422
    assert '<a href="#password">This is not your password' in page.text


def test_a_name_is_changed_without_a_password(amal, db, cast):
    amal.post("/account/profile", data={"name": "Amal S.", "email": "amal@example.org"})

    assert people.select_person_or_none(db, cast.amal.id).name == "Amal S."


def test_only_an_instructor_makes_invitations_and_sees_each_once(amal, bilal):
    assert amal.post("/account/invitations").status_code == 403

    bilal.post("/account/invitations")
    first, second = bilal.get("/account").text, bilal.get("/account").text

    assert "/setup/" in first
    assert "/setup/" not in second


def test_an_invitation_makes_an_instructor_once(bilal, client, app):
    bilal.post("/account/invitations")
    path = re.search(r"http://localhost(/setup/[\w-]+)", bilal.get("/account").text)[1]

    assert client.get(path).status_code == 200
    made = client.post(path, data=NEWCOMER)
    late = app.test_client().get(path)

    assert made.location.endswith("/classes")
    assert "Instructor" in client.get("/account").text
    assert late.status_code == 410
    assert "This link was used already" in late.text
    assert "/sign-in" in late.text


def test_a_learner_becomes_an_instructor_with_their_own_account(bilal, amal, db, cast):
    bilal.post("/account/invitations")
    path = re.search(r"http://localhost(/setup/[\w-]+)", bilal.get("/account").text)[1]

    assert "This account becomes an instructor" in amal.get(path).text
    amal.post(path)

    assert people.select_person_or_none(db, cast.amal.id).role == "instructor"


def test_an_instructor_does_not_use_up_a_link_by_opening_it(bilal, celeste, client):
    bilal.post("/account/invitations")
    path = re.search(r"http://localhost(/setup/[\w-]+)", bilal.get("/account").text)[1]

    celeste.get(path)
    celeste.post(path)

    assert client.get(path).status_code == 200


def test_an_invented_link_is_not_found_and_says_the_way_out(client):
    page = client.get("/setup/invented")

    assert page.status_code == 404
    assert "ask an instructor" in page.text


# -- what is arranged for somebody ----------------------------------------------------------------------------


def arrange(db, **what):
    set_accommodation(
        db, "amal", Accommodation(**what), note="Reads with a screen reader", by="bilal", now=NOON
    )


def test_learners_see_what_is_arranged_for_them_why_and_whom_to_ask(db, amal):
    arrange(db, factor=1.5, extra_days=2, may_pause=True)

    page = " ".join(re.sub("<[^>]+>", " ", amal.get("/account").text).split())

    assert "1.5 times the usual time" in page
    assert "You get 45 minutes where others get 30." in page
    assert "Quizzes close 2 days later" in page
    assert "Breaks that stop the clock" in page
    assert "Reads with a screen reader" in page
    assert "Set by Bilal on 23 November 2026, 12:00 UTC." in page


def test_learners_without_are_told_whom_to_ask(amal, bilal):
    assert "ask an instructor of your class" in amal.get("/account").text
    assert "ask an instructor of your class" not in bilal.get("/account").text


def test_nobody_sees_what_is_arranged_for_somebody_else(db, dina):
    arrange(db, factor=1.5)

    assert "1.5 times" not in dina.get("/account").text
