"""What instructors read: results of a quiz, of one attempt, scores of a quiz and of a class."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.storage import scores
from quiz.storage.audit import select_entries_about
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.workflows import report_class as report_class_module
from quiz.workflows import report_quiz as report_quiz_module
from quiz.workflows.report_attempt import report_attempt
from quiz.workflows.report_class import report_class
from quiz.workflows.report_quiz import report_quiz
from quiz.workflows.report_scores import report_scores
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_guest, add_people, add_questions, add_quiz, take, the_class


@pytest.fixture
def quiz(sqlite_db: Database) -> Quiz:
    """A quiz of two questions: Amal submitted twice, a guest is in the middle of it, Dina has not started."""
    add_people(sqlite_db)
    add_class(sqlite_db, learners=("amal", "dina"))
    add_questions(sqlite_db, "holds-1", "holds-2")
    quiz = add_quiz(sqlite_db, "holds-1", "holds-2")
    take(sqlite_db, quiz, "amal", {"holds-1": True, "holds-2": True})
    take(sqlite_db, quiz, "amal", {"holds-1": False}, at=NOW + timedelta(hours=1))
    take(sqlite_db, quiz, add_guest(sqlite_db), {"holds-1": True}, at=NOW + timedelta(hours=2), submits=False)
    return quiz


def test_the_report_tells_who_started_who_finished_and_who_did_not_start(sqlite_db: Database, quiz: Quiz):
    report = report_quiz(sqlite_db, quiz)

    assert [(t.head.name, t.head.number, t.head.state) for t in report.attempts] == [
        ("Zaki", 1, "open"),
        ("Amal", 2, "submitted"),
        ("Amal", 1, "submitted"),
    ]
    assert [member.name for member in report.not_started] == ["Dina"]
    assert (report.counts.open, report.counts.submitted, report.is_more) == (1, 2, False)


@pytest.mark.parametrize(
    ("show", "names"), [("open", ["Zaki"]), ("submitted", ["Amal", "Amal"]), ("not_started", [])]
)
def test_the_report_shows_one_state_and_counts_all(sqlite_db: Database, quiz: Quiz, show, names):
    report = report_quiz(sqlite_db, quiz, show=show)

    assert [total.head.name for total in report.attempts] == names
    assert report.counts.all == 3


def test_the_report_comes_in_pages(sqlite_db: Database, quiz: Quiz, monkeypatch):
    monkeypatch.setattr(report_quiz_module, "A_PAGE", 2)

    first, second = report_quiz(sqlite_db, quiz), report_quiz(sqlite_db, quiz, page=2)

    assert (len(first.attempts), first.is_more) == (2, True)
    assert (len(second.attempts), second.is_more) == (1, False)


def test_an_attempt_is_told_answer_by_answer_beside_the_key_and_the_reading_is_noted(
    sqlite_db: Database, quiz: Quiz
):
    head = scores.select_attempt_totals(sqlite_db, quiz, limit=3)[1].head

    first, second = report_attempt(sqlite_db, head, by="bilal", now=NOW)

    assert [(line.given, line.right, line.fraction) for line in first.lines] == [("False", "True", 0.0)]
    assert (second.answer.response, second.lines[0].given, second.lines[0].right) == (None, "", "True")
    (noted,) = select_entries_about(sqlite_db, "person amal")
    assert (noted.actor_id, noted.action, noted.details) == ("bilal", "read_answers", {"attempt_id": head.id})


def test_scores_tell_the_best_attempt_of_each_learner_and_the_mean(sqlite_db: Database, quiz: Quiz):
    report = report_scores(sqlite_db, quiz)

    assert [(s.best.name, s.best.number, s.attempts) for s in report.learners] == [
        ("Amal", 1, 2),
        ("Zaki", 1, 1),
    ]
    assert (report.submitted, report.mean) == (1, 1.0)


def test_scores_of_a_quiz_that_nobody_started_are_empty(sqlite_db: Database, quiz: Quiz):
    report = report_scores(sqlite_db, add_quiz(sqlite_db, "holds-1", quiz_id="fresh"))

    assert (report.learners, report.submitted, report.mean) == ([], 0, None)


def test_a_class_is_reported_learner_by_quiz_drafts_aside(sqlite_db: Database, quiz: Quiz):
    add_quiz(sqlite_db, "holds-1", quiz_id="draft", is_open=False)
    second = add_quiz(sqlite_db, "holds-1", quiz_id="second")
    take(sqlite_db, second, "amal", {"holds-1": False})

    report = report_class(sqlite_db, the_class(sqlite_db))

    assert {quiz.id for quiz in report.quizzes} == {"quiz", "second"}
    assert [results.learner.name for results in report.learners] == ["Amal", "Dina", "Zaki"]
    amal, dina, _ = report.learners
    assert {quiz_id: head.earned for quiz_id, head in amal.best.items()} == {"quiz": 2.0, "second": 0.0}
    assert dina.best == {}


def test_a_class_of_very_many_says_that_the_page_has_not_all(sqlite_db: Database, quiz: Quiz, monkeypatch):
    monkeypatch.setattr(report_class_module, "MOST_LEARNERS", 1)

    report = report_class(sqlite_db, the_class(sqlite_db))

    assert (len(report.learners), report.is_more) == (1, True)
