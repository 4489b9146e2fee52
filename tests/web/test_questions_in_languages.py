"""A question in a language of its own, with pictures and hints, as its learner meets it before and after marking."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from quiz.picture_reading import read_picture
from quiz.question_types import QUESTION_TYPES
from quiz.storage.attempts import Attempt
from quiz.storage.database import Database
from quiz.storage.pictures import insert_picture
from quiz.workflows.start_attempt import start_attempt
from quiz.workflows.submit_attempt import submit_attempt
from tests.conftest import NOW
from tests.sample_pictures import picture_file
from tests.small_content import add_bank, add_question
from tests.taken_quizzes import add_quiz
from tests.web.conftest import HIS_CLASS, Clock

ASKED = read_picture(picture_file(size=(30, 20))).picture
TOLD = read_picture(picture_file(size=(50, 40))).picture


@pytest.fixture
def attempt(db: Database, clock: Clock) -> Attempt:
    add_bank(db)
    for picture in (ASKED, TOLD):
        insert_picture(db, picture, by=None, now=NOW)
    rows = [
        {"id": "a", "text": f"![بحر](picture:{ASKED.id})", "right": True, "feedback": "نعم"},
        {"id": "b", "text": "البحر الميت", "feedback": "لا"},
    ]
    body = QUESTION_TYPES["single_choice"].body_from_plain({"options": rows})
    add_question(
        db,
        type="single_choice",
        stem="أي بحر؟",
        ask=body.ask,
        key=body.key,
        feedback=f"![خريطة](picture:{TOLD.id}) لأنه كذلك",
        hints=("تلميح أول",),
        language="ar",
    )
    return start_attempt(db, add_quiz(db, HIS_CLASS, ["bridge-opened"]), person_id="amal", now=clock())


def test_it_is_asked_in_its_language_and_direction(amal: FlaskClient, attempt: Attempt):
    page = amal.get(f"/attempt/{attempt.id}/question/1").text

    assert '<h1 class="stem" id="stem" lang="ar" dir="rtl">أي بحر؟</h1>' in page
    assert '<span class="option-text" lang="ar" dir="rtl">البحر الميت</span>' in page


def test_an_option_can_be_a_picture(amal: FlaskClient, attempt: Attempt):
    page = amal.get(f"/attempt/{attempt.id}/question/1").text

    assert f'<img src="/picture/{ASKED.id}" alt="بحر" width="30" height="20"' in page


def test_neither_hints_nor_pictures_of_the_feedback_come_before_the_end(amal: FlaskClient, attempt: Attempt):
    pages = [amal.get(f"/attempt/{attempt.id}/{place}").text for place in ("question/1", "review")]

    for page in pages:
        assert TOLD.id not in page
        assert "تلميح" not in page


def test_the_result_is_told_in_its_language_with_its_pictures(
    amal: FlaskClient, db: Database, attempt: Attempt, clock: Clock
):
    submit_attempt(db, attempt, now=clock())

    page = amal.get(f"/attempt/{attempt.id}/result").text

    assert 'class="stem" id="question-1-stem" lang="ar" dir="rtl"' in page
    assert f'<dd lang="ar" dir="rtl"><img src="/picture/{ASKED.id}"' in page
    assert f'<div lang="ar" dir="rtl"><p><img src="/picture/{TOLD.id}"' in page


def test_the_report_and_the_preview_of_the_quiz_tell_it_too(
    bilal: FlaskClient, db: Database, attempt: Attempt, clock: Clock
):
    submit_attempt(db, attempt, now=clock())

    preview = bilal.get(f"/quizzes/{attempt.quiz_id}/preview").text

    assert 'id="q1-stem" lang="ar" dir="rtl"' in preview
    assert '<span class="option-text" lang="ar" dir="rtl">' in preview
