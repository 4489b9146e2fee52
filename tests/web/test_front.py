from __future__ import annotations

import pytest

from quiz.core.quiz_rules import QuizRules
from quiz.core.standing import VERDICT_WORDS
from quiz.storage import classes, quizzes


@pytest.fixture
def sample(db, clock):
    """An open quiz of a public class."""
    classes.insert_class(
        db, id="samples", title="Samples", join_code="ZZZZYYYY", created_by=None, now=clock(), is_public=True
    )
    return open_quiz(db, clock, "sample", "samples", "A first look", guests_allowed=True)


def open_quiz(db, clock, quiz_id, class_id, title, **more):
    code = f"{quiz_id.upper():Z<8}"[:8]
    quizzes.insert_quiz(
        db,
        QuizRules(title, **more),
        id=quiz_id,
        class_id=class_id,
        join_code=code,
        created_by=None,
        now=clock(),
    )
    quiz = quizzes.select_quiz_or_none(db, quiz_id)
    quizzes.update_quiz_state(db, quiz, "open", clock())
    return quiz


def test_a_stranger_finds_the_code_field_the_samples_and_what_this_is(client, sample):
    page = client.get("/").text

    assert 'name="code"' in page
    assert "A first look" in page
    assert "An answer key is a claim" in page
    assert "/sign-in" in page


def test_a_learner_finds_the_quizzes_of_their_classes_and_of_no_others(amal, dina, db, clock):
    open_quiz(db, clock, "his", "bilals-class", "The treaty")

    assert "The treaty" in amal.get("/").text
    assert "The treaty" not in dina.get("/").text


def test_an_instructor_finds_their_classes_with_their_codes(bilal, db, clock):
    open_quiz(db, clock, "his", "bilals-class", "The treaty")

    page = bilal.get("/").text

    assert "Year 11 history" in page
    assert "ABCD-EFGH" in page
    assert "1 learner" in page
    assert "The treaty" in page
    assert "Year 12 politics" not in page


@pytest.mark.parametrize("path", ["/", "/help", "/how-we-check", "/privacy", "/keyboard"])
@pytest.mark.parametrize("who", ["client", "amal", "bilal"])
def test_every_page_has_one_heading_a_title_and_one_language(path, who, request):
    page = request.getfixturevalue(who).get(path)

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert '<html lang="en" dir="ltr"' in page.text


def test_the_page_on_checking_explains_every_badge_and_every_verdict(client):
    page = client.get("/how-we-check").text

    assert all(f'id="{anchor}"' in page for anchor in ("checked", "unverified", "in-the-source"))
    assert all(f"verdict-{verdict}" in page for verdict in VERDICT_WORDS)


def test_preferences_are_kept_in_the_browser_and_lead_back(client):
    response = client.post(
        "/preferences", data={"locale": "ar", "theme": "dark", "shortcuts": "off", "back": "/keyboard"}
    )
    page = client.get("/keyboard").text

    assert response.location == "/keyboard"
    assert 'lang="ar" dir="rtl" data-theme="dark"' in page
    assert 'value="off" checked' in page
    assert all("Max-Age=31536000" in cookie for cookie in response.headers.getlist("Set-Cookie"))


def test_preferences_that_nobody_offers_are_not_kept(client):
    response = client.post(
        "/preferences", data={"locale": "xx", "theme": "<b>", "back": "https://evil.example/"}
    )

    assert response.location == "/"
    assert response.headers.getlist("Set-Cookie") == []


def test_the_language_is_the_browsers_until_one_is_chosen(client):
    assert 'lang="ar"' in client.get("/", headers={"Accept-Language": "ar-SY,ar;q=0.9,en;q=0.5"}).text
    assert 'lang="en"' in client.get("/", headers={"Accept-Language": "fi"}).text
