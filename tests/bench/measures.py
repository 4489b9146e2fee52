"""Pages, saves, exports and searches: how long they take, each beside a baseline measured in the same run."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from flask import Flask

from app import create_app
from quiz.storage.database import Database
from quiz.storage.encoding import new_id, time_text
from quiz.storage.search import search_questions, upsert_question_text
from tests.bench.learner import Learner
from tests.bench.site import CODE, QUIZ, BenchSite

REPEATS = 2_000


class LearnerInProcess(Learner):
    """A learner without a network between: what is measured is the application alone."""

    def __init__(self, app: Flask) -> None:
        super().__init__("http://localhost", "In process")
        self.client = app.test_client()

    def _ask(self, method: str, path: str, body: str | None, kind: str, extra: dict[str, str]) -> tuple[int, str]:
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
    print(f"question page: {page:.0f} µs in process; an empty Flask route: {baseline:.0f} µs; {page / baseline:.1f} times")


def measure_save(folder: Path, size: int | None) -> None:
    app, learner = _app_with_attempt(folder)
    empty = _empty_app().test_client()
    numbers = count()
    save = microseconds(lambda: learner.save(1, {"answer": [f"answer {next(numbers)}"]}))
    route = microseconds(lambda: empty.post("/", json={"answer": "x"}))
    commit = _bare_commit(folder / "bare.db")
    print(
        f"saved answer (session, CSRF, ownership, durable commit): {save:.0f} µs in process; an empty Flask route: {route:.0f} µs; "
        f"a bare SQLite commit (WAL, FULL): {commit:.0f} µs; {save / (route + commit):.1f} times both together"
    )


def measure_export(folder: Path, size: int | None) -> None:
    from quiz.workflows.export_scores import FORMATS, export_scores

    attempts = size or 10_000
    app, _ = _app_with_attempt(folder)
    db: Database = app.extensions["footnote"].db
    _multiply_attempts(folder / "footnote.db", attempts)
    for name in FORMATS:
        tracemalloc.start()
        began = time.perf_counter()
        written = sum(len(chunk) for chunk in export_scores(db, QUIZ, format=name, long=True))
        seconds = time.perf_counter() - began
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(f"scores export, {name}, long, {attempts} attempts of 5: {seconds:.1f} s traced, {written / 1e6:.1f} MB, peak {peak:.1f} MB")
    print(f"baseline: csv.writer over the bare slots, fetched at once: {_bare_export(folder / 'footnote.db'):.2f} s")


def measure_search(folder: Path, size: int | None) -> None:
    questions = size or 100_000
    app, _ = _app_with_attempt(folder)
    db: Database = app.extensions["footnote"].db
    _multiply_questions(folder / "footnote.db", db, questions)
    for words in ("treaty", "treaty 1942", "zahedi", "presid", ""):
        took = microseconds(lambda words=words: search_questions(db, words=words, limit=50), 200)  # type: ignore[misc]
        print(f"search among {questions} questions, {words!r}: {took / 1000:.1f} ms (median of 200)")


MEASURES: Mapping[str, Callable[[Path, int | None], None]] = {
    "page": measure_page,
    "save": measure_save,
    "export": measure_export,
    "search": measure_search,
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
            "INSERT INTO people (id, role, name, created_at) VALUES (?, 'guest', ?, ?)", (f"p{number}", f"Guest {number}", at)
        )
        for table, key in (("attempts", "id"), ("attempt_slots", "attempt_id")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            changed = {key: f"'a{number}'", "person_id": f"'p{number}'"}
            values = ", ".join(changed.get(column, column) for column in columns)
            names = ", ".join(columns)
            connection.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} = ?", (attempt,))  # noqa: S608
    connection.commit()
    connection.close()


def _bare_export(path: Path) -> float:
    began = time.perf_counter()
    rows = sqlite3.connect(path).execute("SELECT * FROM attempt_slots").fetchall()
    csv.writer(io.StringIO()).writerows(rows)
    return time.perf_counter() - began


def _multiply_questions(path: Path, db: Database, questions: int) -> None:
    connection = sqlite3.connect(path)
    stems = [row[0] for row in connection.execute("SELECT stem FROM versions")]
    [bank] = connection.execute("SELECT id FROM banks LIMIT 1").fetchone()
    now = datetime.now(UTC)
    at = time_text(now)
    rows = []
    for number in range(questions):
        stem = re.sub(r"\d{4}", str(1000 + number % 1000), stems[number % len(stems)])
        rows.append((new_id(now), new_id(now), stem))
    connection.executemany(
        "INSERT INTO questions (id, bank_id, difficulty, file_digest, created_at) VALUES (?, ?, 'easy', '', ?)",
        [(question, bank, at) for question, _, _ in rows],
    )
    connection.executemany(
        "INSERT INTO versions (id, question_id, number, state, type, basis, stem, ask, created_at)"
        " VALUES (?, ?, 1, 'ready', 'true_false', 'world', ?, '{}', ?)",
        [(version, question, stem, at) for question, version, stem in rows],
    )
    connection.commit()
    connection.close()
    with db.atomic():
        for question, _, stem in rows:
            upsert_question_text(db, question, [stem])
