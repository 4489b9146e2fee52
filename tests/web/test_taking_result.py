import re
from datetime import date

import pytest

from quiz.storage import attempts
from quiz.storage.sources import update_originals
from quiz.workflows.start_attempt import start_attempt
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import DOES_NOT_HOLD, add_each_type, add_quiz
from tests.web.conftest import HIS_CLASS


@pytest.fixture
def attempt(db, clock):
    """One that holds, answered rightly, and one that does not count."""
    add_bank(db)
    add_question(db, "holds", feedback="It was opened on **1 May** 1901.")
    add_question(db, "doubtful", citations=DOES_NOT_HOLD)
    return start_attempt(db, add_quiz(db, HIS_CLASS, ["holds", "doubtful"]), person_id="amal", now=clock())


def result_of(browser, attempt, clock=None):
    browser.post(f"/attempt/{attempt.id}/question/1", data={"answer": "true"})
    browser.post(f"/attempt/{attempt.id}/submit")
    return browser.get(f"/attempt/{attempt.id}/result").text


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" :", ":")


def test_a_result_is_a_receipt(amal, db, attempt):
    page = words_of(result_of(amal, attempt))

    receipt = attempts.select_attempt_or_none(db, attempt.id).receipt
    assert f"Received 23 November 2026, 12:00 UTC, receipt {receipt}" in page


def test_the_score_is_told_in_words_over_what_counts(amal, attempt):
    page = words_of(result_of(amal, attempt))

    assert "You earned 1 of the 1 point that counts: 100 per cent." in page
    assert "1 question was not counted, because its answer is unverified: question 2" in page


def test_each_question_shows_the_answer_the_right_one_and_why(amal, attempt):
    page = result_of(amal, attempt)

    assert "It was opened on <strong>1 May</strong> 1901." in page
    assert "Right answer True" in words_of(page)
    assert "left blank" in page


def test_a_mark_is_a_word_and_not_a_colour_alone(amal, attempt):
    page = words_of(result_of(amal, attempt))

    assert "Right 1 of 1 point" in page
    assert "Not answered not counted" in page


def test_footnotes_lead_to_the_passage_and_to_the_evidence(amal, attempt):
    page = result_of(amal, attempt)

    assert 'href="/sources/bridge#a01"' in page
    assert '<a href="https://example.org/records" rel="noopener noreferrer external">example.org</a>' in page
    assert "A. Writer" in page and "The Gazette" in page and "1940" in page


def test_a_claim_that_does_not_hold_shows_its_verdict_and_what_is_so(amal, attempt):
    page = words_of(result_of(amal, attempt))

    assert "out of date: A longer one opened in 1950." in page
    assert "Instead: It was, until 1950." in page


def test_the_passage_itself_is_shown_once_a_copy_is_attached(amal, db, attempt, clock):
    gist = result_of(amal, attempt)
    update_originals(db, "bridge", {"a01": "The bridge opened in 1901."}, now=clock())

    original = amal.get(f"/attempt/{attempt.id}/result").text

    assert "The author dates it." in gist
    assert "<blockquote" in original and "The bridge opened in 1901." in original


def test_a_standing_that_changed_since_is_told(amal, attempt, clock):
    before = result_of(amal, attempt)
    clock.time = clock.time.replace(year=2032)
    after = amal.post(
        "/sign-in", data={"email": "amal@example.org", "password": "correct otter walks quietly"}
    )
    after = amal.get(f"/attempt/{attempt.id}/result").text

    assert "Checked again today" not in before
    assert "Checked again today" in after
    assert date(2032, 11, 23) == clock().date()


def test_another_attempt_is_offered_while_it_is_allowed(amal, attempt):
    assert 'href="/quiz/bridges/start"' in result_of(amal, attempt)


def test_before_submission_the_result_leads_back_to_the_answers(amal, attempt):
    assert amal.get(f"/attempt/{attempt.id}/result").location == f"/attempt/{attempt.id}/review"


def test_several_parts_stand_in_a_table(amal, db, clock):
    attempt = start_attempt(db, add_quiz(db, HIS_CLASS, add_each_type(db)), person_id="amal", now=clock())

    page = result_of(amal, attempt)

    assert page.count("parts-table") >= 3
    assert page.count("<article") == 12
