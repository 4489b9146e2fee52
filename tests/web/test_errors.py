from __future__ import annotations

import logging
import re

import pytest
from flask import abort

from app import create_app
from quiz.storage.database import Busy, Conflict, RowCountError

JSON = {"Accept": "application/json"}
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def failing(app):
    """The application with an address for each way to fail: /fail/404, /fail/Busy, …"""
    failures = {"Busy": Busy("locked"), "Conflict": Conflict("taken"), "RowCountError": RowCountError("none")}

    @app.route("/fail/<how>", methods=["GET", "POST"])
    def fail(how):
        if how in failures:
            raise failures[how]
        if how.isdigit():
            abort(int(how))
        raise RuntimeError("what nobody expected: postgresql://user:secret@db")

    return app.test_client()


@pytest.mark.parametrize(
    ("how", "status"),
    [(n, int(n)) for n in ("400", "401", "403", "404", "405", "409", "410", "418", "429")]
    + [("RowCountError", 404), ("Conflict", 409), ("Busy", 503)],
)
def test_every_error_has_a_page_with_the_way_out(failing, how, status):
    page = failing.get(f"/fail/{how}", headers=PAGE)

    assert page.status_code == status
    assert page.text.count("<h1") == 1
    assert 'href="/"' in page.text
    assert 'href="/help"' in page.text


@pytest.mark.parametrize(
    ("how", "status"), [("404", 404), ("Conflict", 409), ("Busy", 503), ("unforeseen", 500)]
)
def test_a_program_gets_the_sentence_as_json(failing, how, status):
    answer = failing.get(f"/fail/{how}", headers=JSON)

    assert answer.status_code == status
    assert answer.json["error"]


def test_busy_says_when_to_come_again(failing):
    assert failing.get("/fail/Busy").headers["Retry-After"] == "1"


def test_what_nobody_expected_gets_a_code_that_is_in_the_log_and_no_details(failing, caplog):
    with caplog.at_level(logging.ERROR):
        page = failing.get("/fail/unforeseen", headers=PAGE)

    code = re.search(r"<code[^>]*>(\w{6})</code>", page.text)[1]
    assert page.status_code == 500
    assert code in caplog.text
    assert "what nobody expected" in caplog.text
    assert "secret" not in page.text


def test_an_address_that_leads_nowhere_offers_the_code_field(client):
    page = client.get("/nowhere")

    assert page.status_code == 404
    assert 'name="code"' in page.text


def test_a_form_that_was_open_too_long_gives_back_what_was_typed_but_no_secrets(settings):
    client = create_app(settings | {"WTF_CSRF_ENABLED": True}).test_client()

    page = client.post(
        "/sign-up",
        data={
            "name": "Noor <b>",
            "email": "noor@example.org",
            "password": "seven herons in a row",
            "csrf_token": "old",
        },
        headers={"Referer": "http://localhost/sign-up?next=/help"},
    )

    assert page.status_code == 400
    assert "open too long or was opened elsewhere" in page.text
    assert "Noor &lt;b&gt;" in page.text
    assert "noor@example.org" in page.text
    assert "seven herons" not in page.text
    assert 'href="/sign-up?next=/help"' in page.text


def test_the_way_back_leads_to_no_other_site(failing):
    page = failing.post("/fail/409", headers={"Referer": "http://localhost.evil.example/x"})

    assert "evil" not in page.text


def test_what_is_sent_after_the_session_ended_is_shown_and_not_thrown_away(client):
    page = client.post(
        "/account/profile",
        data={"name": "A new name"},
        headers={"Referer": "http://localhost/account/profile"},
    )

    assert page.status_code == 401
    assert "A new name" in page.text
    assert 'href="/sign-in?next=/account/profile"' in page.text


def test_a_file_that_is_too_large_is_told_its_size_and_the_limit(client):
    page = client.post("/preferences", data=b"x" * 1_500_000, content_type="multipart/form-data; boundary=b")

    assert page.status_code == 413
    assert "The file is 1.5 MB. The limit is 1 MB." in page.text


def test_a_text_that_is_too_long_is_told_the_limit(client):
    page = client.post("/preferences", data={"back": "x" * 501_000}, content_type="multipart/form-data")

    assert page.status_code == 413
    assert "too long. The limit is 0.5 MB." in page.text


def test_a_wrong_method_is_told_which_ones_there_are(client):
    page = client.get("/preferences")

    assert page.status_code == 405
    assert "POST" in page.headers["Allow"]
