from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.storage import scores
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.storage.sqlite import SqliteDatabase
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_guest, add_people, add_questions, add_quiz, take


@pytest.fixture
def quiz(db: Database) -> Quiz:
    """A quiz of two questions, taken twice by Amal and once, unfinished, by a guest; Dina did not start."""
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    add_questions(db, "holds-1", "doubtful-1")
    quiz = add_quiz(db, "holds-1", "doubtful-1", guests_allowed=True)
    take(db, quiz, "amal", {"holds-1": False})
    take(db, quiz, "amal", {"holds-1": True, "doubtful-1": True}, at=NOW + timedelta(hours=1))
    take(db, quiz, add_guest(db), {"holds-1": True}, at=NOW + timedelta(hours=2), submits=False)
    return quiz


def test_totals_add_up_each_attempt_newest_first(db: Database, quiz: Quiz):
    totals = scores.select_attempt_totals(db, quiz, limit=10)

    assert [(t.head.name, t.head.number, t.answered, t.questions, t.uncounted) for t in totals] == [
        ("Zaki", 1, 1, 2, 1),
        ("Amal", 2, 2, 2, 1),
        ("Amal", 1, 1, 2, 1),
    ]
    assert [t.seconds_spent for t in totals] == [30, 60, 30]
    assert [t.head.earned for t in totals] == [None, 1.0, 0.0]


def test_totals_can_be_asked_by_state_and_in_parts(db: Database, quiz: Quiz):
    submitted = scores.select_attempt_totals(db, quiz, state="submitted", limit=1, offset=1)

    assert [(t.head.name, t.head.number) for t in submitted] == [("Amal", 1)]


def test_attempts_are_counted_by_state(db: Database, quiz: Quiz):
    counts = scores.count_attempts(db, quiz)

    assert (counts.open, counts.submitted, counts.all) == (1, 2, 3)


def test_uses_are_told_only_to_those_who_may_read_them(db: Database, quiz: Quiz):
    assert scores.select_quiz_uses(db, "bilal") == {"quiz": scores.QuizUse(people=2, open_attempts=1)}
    assert scores.select_quiz_uses(db, "celeste") == {}


def test_learners_who_did_not_start_are_found(db: Database, quiz: Quiz):
    assert [member.name for member in scores.select_learners_not_started(db, quiz)] == ["Dina"]
    assert [member.name for member in scores.select_learners_without_attempts(db, quiz.class_id)] == ["Dina"]


def test_answers_come_by_learner_attempt_and_place(db: Database, quiz: Quiz):
    answers = [
        (head.person_id, head.number, answer.position) for head, answer in scores.each_answer(db, quiz)
    ]

    assert answers == [
        ("amal", 1, 1),
        ("amal", 1, 2),
        ("amal", 2, 1),
        ("amal", 2, 2),
        ("guest", 1, 1),
        ("guest", 1, 2),
    ]


def test_an_answer_remembers_what_its_learner_was_shown(db: Database, quiz: Quiz):
    answers = [answer for head, answer in scores.each_answer(db, quiz) if head.number == 2]

    assert [(a.question_id, a.response, a.fraction, a.earned) for a in answers] == [
        ("holds-1", True, 1.0, 1.0),
        ("doubtful-1", True, 1.0, 1.0),
    ]
    assert [(a.is_counted, a.standing.word, a.version) for a in answers] == [
        (True, "checked", 1),
        (False, "unverified", 1),
    ]


def test_answers_may_be_read_while_others_are_looked_up(db: Database, quiz: Quiz):
    seen = [len(scores.select_answers_of_attempt(db, head)) for head, _ in scores.each_answer(db, quiz)]

    assert seen == [2] * 6


def test_the_questions_that_were_asked_are_listed_once(db: Database, quiz: Quiz):
    assert scores.select_asked_question_ids(db, quiz) == ["doubtful-1", "holds-1"]


def test_an_attempt_is_found_under_its_own_quiz_alone(db: Database, quiz: Quiz):
    other = add_quiz(db, "holds-1", quiz_id="other")
    attempt = scores.select_attempt_totals(db, quiz, limit=1)[0].head

    assert scores.select_attempt_head_or_none(db, quiz, attempt.id) == attempt
    assert scores.select_attempt_head_or_none(db, other, attempt.id) is None


def test_attempts_of_a_class_come_by_learner_and_quiz(db: Database, quiz: Quiz):
    take(db, add_quiz(db, "holds-1", quiz_id="another"), "amal")

    heads = [
        (head.person_id, head.quiz_id, head.number)
        for head in scores.each_attempt_in_class(db, quiz.class_id)
    ]

    assert heads == [("amal", "another", 1), ("amal", "quiz", 1), ("amal", "quiz", 2), ("guest", "quiz", 1)]


@pytest.mark.parametrize("name", ["each_answer", "each_attempt_at_quiz"])
def test_sqlite_sorts_nothing_to_stream_a_quiz(session_sqlite: SqliteDatabase, name: str):
    # With a sort, SQLite would hold every row of the export in memory before the first came back.
    statement = getattr(scores.sql, name).sqlite

    plan = session_sqlite.utils.conn.execute(
        f"EXPLAIN QUERY PLAN {statement}", {"class_id": "c", "quiz_id": "q"}
    )

    assert not [row["detail"] for row in plan if "TEMP B-TREE" in row["detail"]]
