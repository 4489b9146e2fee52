from __future__ import annotations

import csv
import io
import json
import shutil
import tracemalloc
from collections import Counter, deque
from datetime import timedelta
from itertools import islice

import openpyxl
import pytest

from quiz.question_types import QUESTION_TYPES
from quiz.storage.audit import select_entries_about
from quiz.storage.database import Database
from quiz.storage.people import Person, insert_person, update_profile
from quiz.storage.quizzes import Draw, Quiz
from quiz.storage.sqlite import SqliteDatabase
from quiz.workflows.export_scores import FORMATS, FileWanted, export_class_scores, export_scores
from quiz.workflows.find_quiz import UnknownQuiz, find_quiz
from tests.conftest import NOW
from tests.small_quizzes import add_class, add_guest, add_people, add_questions, add_quiz, take, the_class


@pytest.fixture
def quiz(db: Database) -> Quiz:
    """A quiz with a doubtful question: Amal submitted twice, a guest is amid it, Dina has not started."""
    add_people(db)
    add_class(db, learners=("amal", "dina"))
    add_questions(db, "holds-1", "doubtful-1")
    quiz = add_quiz(db, "holds-1", "doubtful-1")
    take(db, quiz, "amal", {"holds-1": False})
    take(db, quiz, "amal", {"holds-1": True, "doubtful-1": True}, at=NOW + timedelta(hours=1))
    take(
        db,
        quiz,
        add_guest(db, "=HYPERLINK(1)"),
        {"holds-1": True},
        at=NOW + timedelta(hours=2),
        submits=False,
    )
    return quiz


def exported(db: Database, quiz: Quiz, file_format: str = "json", **wanted: bool) -> bytes:
    return b"".join(export_scores(db, quiz, FileWanted(file_format, **wanted), by="bilal", now=NOW))


def rows_of(db: Database, quiz: Quiz, **wanted: bool) -> list[dict]:
    return json.loads(exported(db, quiz, **wanted))


def test_a_wide_file_has_one_row_for_each_learner_those_who_did_not_start_too(db: Database, quiz: Quiz):
    rows = rows_of(db, quiz)

    assert [(row["name"], row["attempt"], row["attempts_made"], row["state"]) for row in rows] == [
        ("Amal", 2, 2, "submitted"),
        ("=HYPERLINK(1)", 1, 1, "open"),
        ("Dina", None, 0, "not_started"),
    ]
    assert [(row["earned"], row["possible"], row["percent"], row["uncounted"]) for row in rows] == [
        (1.0, 1.0, 100.0, 1),
        (None, None, None, 1),
        (None, None, None, None),
    ]


def test_a_wide_row_tells_standing_version_and_time_of_each_question(db: Database, quiz: Quiz):
    amal = rows_of(db, quiz)[0]

    assert amal["doubtful-1 standing"] == "unverified"
    assert (amal["holds-1 standing"], amal["holds-1 version"], amal["holds-1 seconds"]) == ("checked", 1, 30)
    assert amal["seconds_spent"] == 60


def test_a_long_file_has_one_row_for_each_answer_of_every_attempt(db: Database, quiz: Quiz):
    rows = rows_of(db, quiz, is_long=True)

    assert [
        (row["name"], row["attempt"], row["question_id"], row["response"], row["right"]) for row in rows
    ] == [
        ("Amal", 1, "holds-1", "False", "True"),
        ("Amal", 1, "doubtful-1", "", "True"),
        ("Amal", 2, "holds-1", "True", "True"),
        ("Amal", 2, "doubtful-1", "True", "True"),
        ("=HYPERLINK(1)", 1, "holds-1", "True", "True"),
        ("=HYPERLINK(1)", 1, "doubtful-1", "", "True"),
    ]
    assert (
        rows[3] | {"standing": "unverified", "counted": False, "version": 1, "seconds_spent": 30} == rows[3]
    )
    assert rows[3]["standing_reasons"] == "out of date: A longer one opened in 1950."


@pytest.mark.parametrize("is_long", [False, True])
def test_every_format_tells_the_same(db: Database, quiz: Quiz, is_long: bool):
    as_json = rows_of(db, quiz, is_long=is_long)
    as_ndjson = [json.loads(line) for line in exported(db, quiz, "ndjson", is_long=is_long).splitlines()]
    as_csv = list(
        csv.DictReader(io.StringIO(exported(db, quiz, "csv", is_long=is_long).decode(), newline=""))
    )
    sheet = openpyxl.load_workbook(io.BytesIO(exported(db, quiz, "xlsx", is_long=is_long))).worksheets[0]
    titles, *cells = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert as_ndjson == as_json
    assert list(as_csv[0]) == titles == list(as_json[0])
    assert (
        [row["person_id"] for row in as_csv]
        == [row[2] for row in cells]
        == [row["person_id"] for row in as_json]
    )
    assert [row["earned"] for row in as_csv] == [
        "" if row["earned"] is None else str(row["earned"]) for row in as_json
    ]
    assert [row[titles.index("earned")] for row in cells] == [row["earned"] for row in as_json]


def test_a_name_that_a_spreadsheet_would_run_is_only_text(db: Database, quiz: Quiz):
    assert b"'=HYPERLINK(1)," in exported(db, quiz, "csv")
    book = openpyxl.load_workbook(io.BytesIO(exported(db, quiz, "xlsx")))
    assert [cell.data_type for cell in book.worksheets[0]["A"]] == ["s"] * 4


def test_each_export_is_noted(db: Database, quiz: Quiz):
    exported(db, quiz, "csv", is_long=True)

    (noted,) = select_entries_about(db, "quiz quiz")
    assert (noted.actor_id, noted.action, noted.details) == (
        "bilal",
        "export_scores",
        {"file_format": "csv", "is_long": True},
    )


def test_a_quiz_that_nobody_started_has_its_learners_and_no_answers(db: Database, quiz: Quiz):
    fresh = add_quiz(db, "holds-1", quiz_id="fresh")

    assert [row["state"] for row in rows_of(db, fresh)] == ["not_started", "not_started"]
    assert rows_of(db, fresh, is_long=True) == []


def test_a_learner_who_left_the_class_keeps_their_row_under_their_newest_name(db: Database, quiz: Quiz):
    update_profile(db, "amal", name="Amal N.", email="amal@example.org")

    assert rows_of(db, quiz)[0]["name"] == "Amal N."


def test_a_type_that_is_not_installed_any_more_leaves_the_stored_answer(
    db: Database, quiz: Quiz, monkeypatch
):
    monkeypatch.delitem(QUESTION_TYPES, "true_false")

    rows = rows_of(db, quiz, is_long=True)

    assert [(row["response"], row["right"]) for row in rows][:2] == [("false", ""), ("", "")]


def test_questions_that_were_drawn_have_columns_that_do_not_depend_on_who_got_them(db: Database):
    add_people(db)
    add_class(db)
    add_questions(db, *(f"holds-{n}" for n in range(6)))
    quiz = add_quiz(db, Draw("towns", "", 2))
    for person_id in ("amal", "dina", "celeste"):
        take(db, quiz, person_id)

    names = [name for name in rows_of(db, quiz)[0] if name.endswith(" version")]

    assert names == sorted(names)
    for row in rows_of(db, quiz):
        assert sum(row[name] is not None for name in names) == 2


def test_a_class_file_has_a_row_for_each_learner_and_columns_for_each_quiz(db: Database, quiz: Quiz):
    rows = json.loads(
        b"".join(export_class_scores(db, the_class(db), FileWanted("json"), by="bilal", now=NOW))
    )

    assert [
        (row["name"], row["The old bridge (quiz) percent"], row["The old bridge (quiz) attempts"])
        for row in rows
    ] == [
        ("Amal", 100.0, 2),
        ("=HYPERLINK(1)", None, 1),
        ("Dina", None, None),
    ]


def test_a_long_class_file_has_the_answers_of_all_its_quizzes(db: Database, quiz: Quiz):
    take(db, add_quiz(db, "holds-1", quiz_id="second"), "dina", {"holds-1": True})

    wanted = FileWanted("json", is_long=True)
    rows = json.loads(b"".join(export_class_scores(db, the_class(db), wanted, by="bilal", now=NOW)))

    assert Counter(row["quiz_id"] for row in rows) == {"quiz": 6, "second": 1}


def test_an_unknown_format_is_refused(db: Database, quiz: Quiz):
    with pytest.raises(ValueError, match="csv, xlsx, json, ndjson"):
        export_scores(db, quiz, FileWanted("pdf"), by=None, now=NOW)

    assert list(FORMATS) == ["csv", "xlsx", "json", "ndjson"]


COPY_ATTEMPT = """
INSERT INTO attempts (class_id, id, person_id, quiz_id, number, state, policy, policy_reason, started_at,
  submitted_at, earned, possible, step_count)
SELECT class_id, :copy, :person, quiz_id, number, state, policy, policy_reason, started_at, submitted_at,
  earned, possible, step_count
FROM attempts WHERE id = :first
"""
COPY_ANSWERS = """
INSERT INTO attempt_slots (class_id, attempt_id, position, question_id, version_id, seed, points, standing,
  is_counted, response, revision, saved_at, is_flagged, seconds_spent, fraction)
SELECT class_id, :copy, position, question_id, version_id, seed, points, standing, is_counted, response,
  revision, saved_at, is_flagged, seconds_spent, fraction
FROM attempt_slots WHERE attempt_id = :first
"""


def many_attempts(db: SqliteDatabase, people: int) -> Quiz:
    """Store a quiz of 20 questions that so many people took, each as the first one did."""
    add_people(db)
    add_class(db)
    questions = [f"holds-{n}" for n in range(20)]
    add_questions(db, *questions)
    quiz = add_quiz(db, *questions)
    first = take(db, quiz, "amal", dict.fromkeys(questions, True))
    with db.atomic():
        for n in range(people):
            learner = Person(f"p{n:05}", "learner", f"Learner {n}", None)
            insert_person(db, learner, password_hash=None, now=NOW)
            ids = {"first": first.id, "copy": f"a{n:05}", "person": learner.id}
            db.utils.conn.execute(COPY_ATTEMPT, ids)
            db.utils.conn.execute(COPY_ANSWERS, ids)
    return quiz


def peak_memory(pieces) -> int:
    """Return the most bytes that Python held while the pieces were made and thrown away."""
    tracemalloc.start()
    for _ in pieces:
        pass
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest


@pytest.mark.parametrize("is_long", [False, True])
def test_memory_does_not_grow_with_the_rows(tmp_path, sqlite_url: str, is_long: bool):
    peaks = []
    for people in (50, 400):
        path = shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / f"{people}.db")
        db = SqliteDatabase(str(path))
        quiz = many_attempts(db, people)
        wanted = FileWanted("csv", is_long)
        opens_the_questions = export_scores(db, quiz, FileWanted("csv", is_long=True), by=None, now=NOW)
        deque(islice(opens_the_questions, 25), maxlen=0)
        peaks.append(peak_memory(export_scores(db, quiz, wanted, by=None, now=NOW)))
        db.close()

    few, many = peaks
    assert many < 1.25 * few + 50_000


def test_the_first_rows_come_before_the_last_are_read(sqlite_db: SqliteDatabase):
    quiz = many_attempts(sqlite_db, 30)

    pieces = export_scores(sqlite_db, quiz, FileWanted("ndjson", is_long=True), by=None, now=NOW)

    first = [json.loads(piece) for piece in islice(pieces, 3)]
    assert [row["position"] for row in first] == [1, 2, 3]


# -- what a quiz is called -------------------------------------------------------


def test_a_quiz_is_found_by_id_code_in_any_spelling_or_title_in_any_case(db: Database, quiz: Quiz):
    code = quiz.join_code.lower()

    for called in ("quiz", quiz.join_code, f" {code[:4]} - {code[4:]} ", "the OLD  bridge"):
        assert find_quiz(db, called) == quiz


def test_an_unknown_quiz_is_refused_with_those_that_may_be_meant(db: Database, quiz: Quiz):
    add_quiz(db, quiz_id="roads", title="Roads")

    with pytest.raises(UnknownQuiz, match="There is no quiz “bridge”") as refused:
        find_quiz(db, "bridge")
    assert [candidate.id for candidate in refused.value.candidates] == ["quiz"]

    with pytest.raises(UnknownQuiz) as refused:
        find_quiz(db, "tunnel")
    assert {candidate.id for candidate in refused.value.candidates} == {"quiz", "roads"}


def test_a_title_that_several_quizzes_have_is_refused_with_all_of_them(db: Database, quiz: Quiz):
    add_quiz(db, quiz_id="twin")

    with pytest.raises(UnknownQuiz, match="2 quizzes are called") as refused:
        find_quiz(db, "The old bridge")

    assert {candidate.id for candidate in refused.value.candidates} == {"quiz", "twin"}
