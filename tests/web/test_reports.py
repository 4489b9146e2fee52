from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest

from quiz.storage import classes
from quiz.storage.audit import select_entries_about
from quiz.workflows import export_scores as export_scores_module
from tests.small_quizzes import add_guest, add_questions, add_quiz, take
from tests.web.conftest import HIS_CLASS, NOON


@pytest.fixture(autouse=True)
def bank(db):
    """A bank of two questions, one of them doubtful."""
    add_questions(db, "holds-1", "doubtful-1")


@pytest.fixture
def quiz(db, clock):
    """Bilal's quiz: Amal submitted it, a guest is in the middle of it, Fadi of the class has not started."""
    quiz = add_quiz(db, "holds-1", "doubtful-1", owner=HIS_CLASS)
    take(db, quiz, "amal", {"holds-1": False, "doubtful-1": True}, at=NOON, seconds=95)
    take(db, quiz, add_guest(db, "Zaki <b>"), {"holds-1": True}, at=NOON + timedelta(hours=1), submits=False)
    classes.insert_member(db, HIS_CLASS, add_guest(db, "Fadi", "fadi"), "learner", clock())
    return quiz


@pytest.fixture
def amals(db, quiz):
    """The id of Amal's attempt."""
    return next(h.id for h, _ in export_scores_module.each_answer(db, quiz) if h.person_id == "amal")


def addresses(attempt_id: str) -> list[str]:
    return [
        "/quizzes/quiz/results",
        f"/quizzes/quiz/results/{attempt_id}",
        "/quizzes/quiz/scores",
        "/quizzes/quiz/scores/file",
        f"/classes/{HIS_CLASS}/scores",
        f"/classes/{HIS_CLASS}/scores/file",
    ]


# -- who may -------------------------------------------------------


def test_results_are_for_the_instructors_of_the_class(quiz, amals, bilal, celeste, amal, dina, client):
    for address in addresses(amals):
        assert bilal.get(address).status_code == 200, address
        assert celeste.get(address).status_code == 404, address
        assert amal.get(address).status_code == 403, address
        assert dina.get(address).status_code == 403, address
        assert client.get(address).status_code == 302, address


def test_results_of_a_sample_are_for_every_instructor_and_for_no_learner(db, celeste, amal, clock):
    classes.insert_class(
        db, id="samples", title="Samples", join_code="SAMPLESS", created_by=None, now=clock(), is_public=True
    )
    sample = add_quiz(db, "holds-1", owner="samples", quiz_id="sample")
    attempt = take(db, sample, "amal", {"holds-1": True})

    for address in (
        "/quizzes/sample/results",
        f"/quizzes/sample/results/{attempt.id}",
        "/quizzes/sample/scores",
        "/quizzes/sample/scores/file",
        "/classes/samples/scores",
        "/classes/samples/scores/file",
    ):
        assert celeste.get(address).status_code == 200, address
        assert amal.get(address).status_code == 403, address


def test_an_attempt_is_not_found_under_a_quiz_that_it_does_not_belong_to(db, quiz, amals, bilal):
    add_quiz(db, "holds-1", owner=HIS_CLASS, quiz_id="other")

    assert bilal.get(f"/quizzes/other/results/{amals}").status_code == 404


# -- results -------------------------------------------------------


def test_results_tell_who_started_who_finished_and_who_did_not(quiz, bilal):
    page = bilal.get("/quizzes/quiz/results").text

    assert "Amal" in page
    assert "Zaki &lt;b&gt;" in page
    assert "Fadi" in page
    assert "3 min 10 s" in page
    assert "0 / 1" in page
    assert "1 not counted" in page
    assert "23 November 2026, 12:00 UTC" in page


@pytest.mark.parametrize(
    ("show", "seen", "unseen"),
    [
        ("submitted", "Amal", "Zaki"),
        ("open", "Zaki", "Amal"),
        ("not_started", "Fadi", "Amal"),
        ("nonsense", "Amal", "---"),
    ],
)
def test_results_can_be_narrowed_to_one_state(quiz, bilal, show, seen, unseen):
    page = bilal.get(f"/quizzes/quiz/results?show={show}").text.split("<main")[1]

    assert seen in page
    assert unseen not in page


def test_a_state_that_no_attempt_is_in_says_so_and_leads_back(db, bilal):
    take(db, add_quiz(db, "holds-1", owner=HIS_CLASS), "amal")

    page = bilal.get("/quizzes/quiz/results?show=open").text

    assert "No attempt is in this state" in page
    assert 'href="/quizzes/quiz/results"' in page


def test_results_before_anybody_started_say_how_to_join(db, bilal):
    quiz = add_quiz(db, "holds-1", owner=HIS_CLASS)

    page = bilal.get("/quizzes/quiz/results").text

    assert "Nobody has started this quiz yet" in page
    assert f"/join/{quiz.join_code}" in page
    assert "Amal" in page


def test_results_of_a_draft_lead_to_the_builder(db, bilal):
    add_quiz(db, "holds-1", owner=HIS_CLASS, is_open=False)

    assert "The quiz is a draft" in bilal.get("/quizzes/quiz/results").text


# -- one attempt -------------------------------------------------------


def test_an_attempt_shows_every_answer_beside_the_key_with_standing_and_time(quiz, amals, bilal, db):
    page = bilal.get(f"/quizzes/quiz/results/{amals}").text

    assert "Is holds-1 so?" in page
    assert "Not right" in page
    assert "Right answer" in page
    assert "not counted" in page
    assert "out of date: A longer one opened in 1950." in page
    assert "1 min 35 s" in page
    assert "/bank/holds-1?version=1" in page
    assert [entry.action for entry in select_entries_about(db, "person amal")] == ["read_answers"]


def test_an_open_attempt_is_shown_as_unmarked(db, quiz, bilal):
    open_id = next(h.id for h, _ in export_scores_module.each_answer(db, quiz) if h.person_id == "guest")

    page = bilal.get(f"/quizzes/quiz/results/{open_id}").text

    assert "The attempt is still open" in page
    assert "Not marked yet" in page


# -- scores -------------------------------------------------------


def test_scores_show_the_attempt_that_counts_for_each_learner(db, quiz, bilal):
    take(db, quiz, "amal", {"holds-1": True}, at=NOON + timedelta(hours=2))

    page = bilal.get("/quizzes/quiz/scores").text

    assert "1 / 1" in page
    assert "0 / 1" not in page
    assert "1 learner has submitted" in page
    assert "100 per cent on average" in page


def test_scores_without_attempts_lead_to_the_quiz(db, bilal):
    add_quiz(db, "holds-1", owner=HIS_CLASS)

    assert "There are no scores yet" in bilal.get("/quizzes/quiz/scores").text


def test_class_scores_are_a_table_of_learners_and_quizzes(db, quiz, bilal):
    take(
        db,
        add_quiz(db, "holds-1", owner=HIS_CLASS, quiz_id="second", title="The new bridge"),
        "amal",
        {"holds-1": True},
    )

    page = bilal.get(f"/classes/{HIS_CLASS}/scores").text

    assert "The old bridge" in page
    assert "The new bridge" in page
    assert "100 %" in page
    assert "in progress" in page
    assert "Fadi" in page


def test_class_scores_without_quizzes_lead_to_building_one(bilal):
    assert "No quiz of this class has been opened yet" in bilal.get(f"/classes/{HIS_CLASS}/scores").text


# -- files -------------------------------------------------------


def test_scores_come_as_a_csv_file_named_after_the_quiz_and_the_day(quiz, bilal):
    answer = bilal.get("/quizzes/quiz/scores/file?format=csv&rows=wide")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"] == "attachment; filename=The-old-bridge-scores-2026-11-23.csv"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["name"] for row in rows] == ["Amal", "Zaki <b>", "Fadi"]


def test_scores_come_as_a_spreadsheet(quiz, bilal):
    answer = bilal.get("/quizzes/quiz/scores/file?format=xlsx&rows=long")

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["The old bridge", "About the columns"]
    assert book.worksheets[0].max_row == 5


@pytest.mark.parametrize("rows", ["wide", "long"])
def test_scores_come_as_json_and_line_by_line(quiz, bilal, rows):
    as_json = json.loads(bilal.get(f"/quizzes/quiz/scores/file?format=json&rows={rows}").data)
    by_line = bilal.get(f"/quizzes/quiz/scores/file?format=ndjson&rows={rows}").text.splitlines()

    assert [json.loads(line) for line in by_line] == as_json


def test_a_byte_order_mark_is_there_where_it_was_ticked(quiz, bilal):
    assert bilal.get("/quizzes/quiz/scores/file?format=csv&mark=1").data.startswith(b"\xef\xbb\xbf")
    assert bilal.get("/quizzes/quiz/scores/file?format=csv").data.startswith(b"name")


def test_an_unknown_format_is_not_found(quiz, bilal):
    assert bilal.get("/quizzes/quiz/scores/file?format=exe").status_code == 404


def test_a_class_file_has_the_class_in_its_name(quiz, bilal):
    answer = bilal.get(f"/classes/{HIS_CLASS}/scores/file?format=csv&rows=long")

    assert "Year-11-history-answers-2026-11-23.csv" in answer.headers["Content-Disposition"]
    assert len(list(csv.DictReader(io.StringIO(answer.text)))) == 4


def test_each_download_is_noted_with_who_made_it(quiz, bilal, db):
    bilal.get("/quizzes/quiz/scores/file?format=csv&rows=long")

    (noted,) = select_entries_about(db, "quiz quiz")
    assert (noted.actor_id, noted.action) == ("bilal", "export_scores")


def test_a_file_that_could_not_be_finished_is_not_sent_at_all(quiz, bilal, monkeypatch):
    def break_off(*_, **__):
        yield b"half of it"
        raise RuntimeError("the database went away")

    monkeypatch.setattr(export_scores_module, "_encoded", break_off)

    answer = bilal.get("/quizzes/quiz/scores/file")

    assert answer.status_code == 500
    assert b"half of it" not in answer.data
