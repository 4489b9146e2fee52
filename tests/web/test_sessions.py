from __future__ import annotations

from quiz.storage.sessions import select_sessions_of_person


def cookie_of(response, name="footnote"):
    return next(
        (value for value in response.headers.getlist("Set-Cookie") if value.startswith(f"{name}=")), None
    )


def test_a_session_is_somebody_until_it_ends(amal, client):
    assert "Amal" in amal.get("/account").text
    assert client.get("/account").status_code == 302


def test_an_invented_token_is_nobody(client):
    with client.session_transaction() as cookie:
        cookie["token"] = "invented"

    assert client.get("/account").status_code == 302


def test_a_copied_cookie_opens_nothing_after_signing_out(app, amal):
    copied = amal.get_cookie("footnote").value
    amal.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("footnote", copied)

    assert thief.get("/account").status_code == 302


def test_signing_in_changes_the_token_and_the_csrf_token(client):
    with client.session_transaction() as cookie:
        cookie["token"] = planted = "known to an attacker"
        cookie["csrf_token"] = "known, too"
    client.post("/sign-in", data={"email": "amal@example.org", "password": "correct otter walks quietly"})

    with client.session_transaction() as cookie:
        assert cookie["token"] != planted
        assert cookie.get("csrf_token") != "known, too"
        assert cookie.permanent


def test_reading_pages_writes_nothing_but_when_one_was_seen(amal, cast, clock, db):
    def seen_at():
        return select_sessions_of_person(db, cast.amal.id, clock())[0].seen_at

    signed_in_at = seen_at()
    clock.pass_time(minutes=4)
    amal.get("/")
    unwritten = seen_at()
    clock.pass_time(minutes=2)
    amal.get("/")

    assert unwritten == signed_in_at
    assert seen_at() == clock()


def test_the_cookie_lives_as_long_as_the_session_is_used(amal, clock):
    amal.get("/account")
    not_sent_again = amal.get("/account")
    clock.pass_time(minutes=6)
    sent_again = amal.get("/account")

    assert cookie_of(not_sent_again) is None
    assert "Expires=" in cookie_of(sent_again)


def test_an_instructor_is_signed_out_after_twelve_hours_without_a_visit(bilal, clock):
    clock.pass_time(hours=12, minutes=1)

    assert bilal.get("/account").status_code == 302


def test_static_files_ask_nobody_who_they_are(amal, clock):
    clock.pass_time(minutes=6)

    with amal.get("/static/app.css") as response:
        assert "Set-Cookie" not in response.headers
