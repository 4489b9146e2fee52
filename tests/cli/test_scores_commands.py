from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from quiz.storage.audit import select_entries_about
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.workflows import export_scores as export_scores_module
from tests.cli.conftest import Run
from tests.small_quizzes import add_class, add_people, add_questions, add_quiz, take


@pytest.fixture
def quiz(run: Run, sqlite_db: Database) -> Quiz:
    """A quiz that Amal took; Dina, who is in the class too, did not start."""
    add_people(sqlite_db)
    add_class(sqlite_db, learners=("amal", "dina"))
    add_questions(sqlite_db, "holds-1")
    quiz = add_quiz(sqlite_db, "holds-1")
    take(sqlite_db, quiz, "amal", {"holds-1": True})
    return quiz


def test_export_prints_csv_with_a_row_for_each_learner(run: Run, quiz: Quiz):
    done = run("scores", "export", "quiz")

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["name"], row["state"], row["percent"]) for row in rows] == [
        ("Amal", "submitted", "100.0"),
        ("Dina", "not_started", ""),
    ]
    assert (done.stderr, done.exit_code) == ("", 0)


def test_export_finds_the_quiz_by_its_code_and_by_its_title(run: Run, quiz: Quiz):
    by_id = run("scores", "export", "quiz").stdout

    assert run("scores", "export", f"{quiz.join_code[:4].lower()}-{quiz.join_code[4:]}").stdout == by_id
    assert run("scores", "export", "the old bridge").stdout == by_id


@pytest.mark.parametrize("file_format", ["json", "ndjson"])
def test_long_has_a_row_for_each_answer(run: Run, quiz: Quiz, file_format: str):
    printed = run("scores", "export", "quiz", "--format", file_format, "--long").stdout

    (row,) = json.loads(printed) if file_format == "json" else map(json.loads, printed.splitlines())
    assert (row["question_id"], row["response"], row["standing"], row["version"]) == (
        "holds-1",
        "True",
        "checked",
        1,
    )


def test_a_file_is_written_in_the_format_that_its_name_says(run: Run, quiz: Quiz, tmp_path: Path):
    path = tmp_path / "scores.xlsx"

    done = run("scores", "export", "quiz", "-o", str(path))

    assert (done.stdout, done.stderr, done.exit_code) == ("", f"{path} written\n", 0)
    assert openpyxl.load_workbook(path).sheetnames == ["The old bridge", "About the columns"]


def test_the_format_that_is_named_wins_over_the_files_name(run: Run, quiz: Quiz, tmp_path: Path):
    path = tmp_path / "scores.csv"

    run("scores", "export", "quiz", "--format", "json", "-o", str(path))

    assert json.loads(path.read_text())[0]["name"] == "Amal"


def test_a_byte_order_mark_is_written_where_it_is_wanted(run: Run, quiz: Quiz):
    assert run("scores", "export", "quiz", "--bom").stdout_bytes.startswith(b"\xef\xbb\xbfname")


def test_an_unknown_quiz_is_refused_with_those_there_are(run: Run, quiz: Quiz):
    done = run("scores", "export", "no such quiz")

    assert done.exit_code == 1
    assert "There is no quiz “no such quiz”" in done.stderr
    assert f"{quiz.join_code[:4]}-{quiz.join_code[4:]}  quiz  The old bridge" in done.stderr


def test_where_there_is_no_quiz_it_says_so(run: Run):
    done = run("scores", "export", "quiz")

    assert done.exit_code == 1
    assert "there are no quizzes yet" in done.stderr


def test_an_export_that_fails_leaves_the_old_file_and_nothing_beside_it(
    run: Run, quiz: Quiz, tmp_path: Path, monkeypatch
):
    path = tmp_path / "scores.csv"
    path.write_text("the old file")

    def break_off(*_, **__):
        yield b"half of it"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_scores_module, "_encoded", break_off)
    done = run("scores", "export", "quiz", "-o", str(path))

    assert (done.exit_code, done.stderr) == (1, f"Error: can't write {path}: No space left on device\n")
    assert path.read_text() == "the old file"
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part"))


def test_a_folder_that_is_not_there_is_told(run: Run, quiz: Quiz, tmp_path: Path):
    done = run("scores", "export", "quiz", "-o", str(tmp_path / "no" / "scores.csv"))

    assert done.exit_code == 1
    assert "No such file or directory" in done.stderr


def test_the_export_is_noted_as_made_by_nobody_in_particular(run: Run, quiz: Quiz, sqlite_db: Database):
    run("scores", "export", "quiz")

    (noted,) = select_entries_about(sqlite_db, "quiz quiz")
    assert (noted.action, noted.actor_id) == ("export_scores", None)
