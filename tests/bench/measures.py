"""Pages, saves, exports and searches: how long they take, each beside a baseline measured in the same run."""

from __future__ import annotations

import csv
import io
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from flask import Flask

from app import create_app
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.quizzes import select_quiz_or_none
from quiz.workflows.export_scores import FORMATS, FileWanted, export_scores
from tests.bench.importing import measure_import
from tests.bench.learner import Learner
from tests.bench.searching import measure_search
from tests.bench.site import CODE, QUIZ, BenchSite

REPEATS = 2_000
LINTED = "bench-linted"


class LearnerInProcess(Learner):
    """A learner without a network between: what is measured is the application alone."""

    def __init__(self, app: Flask) -> None:
        super().__init__("http://localhost", "In process")
        self.client = app.test_client()

    def _ask(
        self, method: str, path: str, body: str | None, kind: str, extra: dict[str, str]
    ) -> tuple[int, str]:
        response = self.client.open(path, method=method, data=body, headers=extra, content_type=kind or None)
        self.location = response.headers.get("Location", "")
        return response.status_code, response.get_data(as_text=True)


def microseconds(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the median time of one call, in microseconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e6


def measure_page(folder: Path, size: int | None) -> None:
    app, learner = _app_with_attempt(folder)
    empty = _empty_app().test_client()
    baseline = microseconds(lambda: empty.get("/"))
    page = microseconds(lambda: learner._ask("GET", f"/attempt/{learner.attempt}/question/1", None, "", {}))
    print(
        f"question page: {page:.0f} µs in process; an empty Flask route: {baseline:.0f} µs; {page / baseline:.1f} times"
    )


def measure_save(folder: Path, size: int | None) -> None:
    app, learner = _app_with_attempt(folder)
    empty = _empty_app().test_client()
    numbers = count()
    save = microseconds(lambda: learner.save(1, {"answer": [f"answer {next(numbers)}"]}))
    route = microseconds(lambda: empty.post("/", json={"answer": "x"}))
    commit = _bare_commit(folder / "bare.db")
    print(f"saved answer (session, CSRF, ownership, durable commit): {save:.0f} µs in process")
    print(f"an empty Flask route: {route:.0f} µs; a bare SQLite commit (WAL, FULL): {commit:.0f} µs")
    print(f"a saved answer takes {save / (route + commit):.1f} times both together")


def measure_export(folder: Path, size: int | None) -> None:
    attempts = size or 10_000
    app, _ = _app_with_attempt(folder)
    db: Database = app.extensions["footnote"].db
    quiz = select_quiz_or_none(db, QUIZ)
    assert quiz is not None
    _multiply_attempts(folder / "footnote.db", attempts)
    for name in FORMATS:
        wanted = FileWanted(name, is_long=True)
        began = time.perf_counter()
        written = sum(len(piece) for piece in export_scores(db, quiz, wanted, by=None, now=datetime.now(UTC)))
        seconds = time.perf_counter() - began
        print(f"scores export, {name}, {attempts * 5} answers: {seconds:.1f} s, {written / 1e6:.1f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory that the process ever held: {peak:.0f} MB")
    print(f"csv.writer over the bare slots, fetched at once: {_bare_export(folder / 'footnote.db'):.2f} s")


def measure_lint(folder: Path, size: int | None) -> None:
    from quiz.storage.linting import select_versions_to_lint
    from quiz.storage.questions import select_keys, select_public_questions
    from quiz.workflows.lint_bank import lint_bank

    questions = size or 10_000
    app, _ = _app_with_attempt(folder)
    db: Database = app.extensions["footnote"].db
    _copy_shipped_questions(folder / "footnote.db", questions)
    began = time.perf_counter()
    versions = list(select_versions_to_lint(db, LINTED).values())
    read = len(select_public_questions(db, versions)) + len(select_keys(db, versions))
    reading = time.perf_counter() - began
    began = time.perf_counter()
    report = lint_bank(db, LINTED, today=datetime.now(UTC).date())
    seconds = time.perf_counter() - began
    print(
        f"lint of {report.questions} questions: {seconds:.1f} s, {len(report.findings)} findings; "
        f"baseline: only reading the same {read} rows: {reading:.1f} s"
    )


MEASURES: Mapping[str, Callable[[Path, int | None], None]] = {
    "page": measure_page,
    "save": measure_save,
    "export": measure_export,
    "search": measure_search,
    "import": measure_import,
    "lint": measure_lint,
}


def _app_with_attempt(folder: Path) -> tuple[Flask, LearnerInProcess]:
    site = BenchSite(folder, workers=1)
    site.start()
    site.make_quiz()
    site.kill()
    app = create_app({"DATABASE": f"sqlite:///{folder}/footnote.db"})
    learner = LearnerInProcess(app)
    learner.start(CODE, QUIZ)
    return app, learner


def _empty_app() -> Flask:
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: "", methods=["GET", "POST"])
    return app


def _bare_commit(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, answer TEXT)")
    numbers = count()

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (answer) VALUES (?)", (f"answer {next(numbers)}",))
        connection.execute("COMMIT")

    return microseconds(commit)


def _multiply_attempts(path: Path, attempts: int) -> None:
    """Copy the one attempt of the database until there are so many, each of a person of its own."""
    connection = sqlite3.connect(path)
    now = datetime.now(UTC)
    [attempt] = connection.execute("SELECT id FROM attempts WHERE quiz_id = ?", (QUIZ,)).fetchone()
    for number in range(attempts - 1):
        at = time_text(now + timedelta(milliseconds=number))
        connection.execute(
            "INSERT INTO people (id, role, name, created_at) VALUES (?, 'guest', ?, ?)",
            (f"p{number}", f"Guest {number}", at),
        )
        for table, key in (("attempts", "id"), ("attempt_slots", "attempt_id")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            changed = {key: f"'a{number}'", "person_id": f"'p{number}'"}
            values = ", ".join(changed.get(column, column) for column in columns)
            names = ", ".join(columns)
            copy = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} = ?"  # noqa: S608 - our own
            connection.execute(copy, (attempt,))
    connection.commit()
    connection.close()


def _bare_export(path: Path) -> float:
    began = time.perf_counter()
    rows = sqlite3.connect(path).execute("SELECT * FROM attempt_slots").fetchall()
    csv.writer(io.StringIO()).writerows(rows)
    return time.perf_counter() - began


def _copy_shipped_questions(path: Path, questions: int) -> None:
    """Fill a bank with copies of all that ships, keys and citations too. Every tenth word changes from copy to copy."""
    connection = sqlite3.connect(path)
    now = time_text(datetime.now(UTC))
    connection.execute(
        "INSERT INTO banks (id, title, description, language, position, file_digest, created_at)"
        " VALUES (?, 'Linted', '', 'en', 99, '', ?)",
        (LINTED, now),
    )
    shipped = connection.execute("SELECT id, stem FROM versions ORDER BY id").fetchall()
    for number in range(questions):
        version, stem = shipped[number % len(shipped)]
        copy = f"lint{number:06}"
        words = [f"{word}{number}" if n % 10 == 4 else word for n, word in enumerate(stem.split())]
        connection.execute(
            "INSERT INTO questions (id, bank_id, difficulty, file_digest, created_at) VALUES (?, ?, 'easy', '', ?)",
            (copy, LINTED, now),
        )
        connection.execute(
            "INSERT INTO versions (id, question_id, number, state, type, basis, stem, ask, created_at)"
            " SELECT ?, ?, 1, 'ready', type, basis, ?, ask, created_at FROM versions WHERE id = ?",
            (copy, copy, " ".join(words), version),
        )
        connection.execute(
            "INSERT INTO version_keys (version_id, answer_key, feedback)"
            " SELECT ?, answer_key, feedback FROM version_keys WHERE version_id = ?",
            (copy, version),
        )
        connection.execute(
            "INSERT INTO citations (version_id, source_id, claim_id, role, position)"
            " SELECT ?, source_id, claim_id, role, position FROM citations WHERE version_id = ?",
            (copy, version),
        )
    connection.commit()
    connection.close()
