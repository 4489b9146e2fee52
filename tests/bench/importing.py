"""Importing and exporting many questions: how long it takes and how much memory, beside bare rows."""

from __future__ import annotations

import resource
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from quiz.cli.many_objects import many_objects
from quiz.formats import format_named
from quiz.storage.connect import open_database
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate
from quiz.workflows.confirm_import import confirm_import
from quiz.workflows.export_bank_as import export_bank_as
from quiz.workflows.plan_import import PROMPT_LIMITS, IntoBank, Upload, plan_import
from quiz.workflows.undo_import import undo_import

TABLES = ("questions", "versions", "version_keys", "question_tags", "question_texts", "question_heads")


def measure_import(folder: Path, size: int | None) -> None:
    with many_objects():
        _measure(folder, size)


def _measure(folder: Path, size: int | None) -> None:
    count = size or 100_000
    path = folder / "questions.gift"
    _write_gift(path, count)
    db = open_database(f"sqlite:///{folder}/import.db")
    now = datetime.now(UTC)
    migrate(db, now=time_text(now))
    began, cpu = time.perf_counter(), time.process_time()
    upload = Upload(path.read_bytes(), path.name, "gift")
    head = plan_import(
        db, upload, IntoBank(new_title="Bench"), by=None, now=now, limits=PROMPT_LIMITS, keeps_file=False
    )
    size_read = len(upload.data)
    del upload
    checked = time.perf_counter()
    head = confirm_import(db, head.id, by=None, now=now)
    done = time.perf_counter()
    cpu = time.process_time() - cpu
    print(
        f"import of {count} GIFT questions ({size_read / 1e6:.0f} MB): {done - began:.1f} s "
        f"(check {checked - began:.1f}, confirm {done - checked:.1f}; the processor {cpu:.1f}); "
        f"most memory {_peak():.0f} MB"
    )
    print(f"  {dict(head.counts)}")
    bare = _bare_rows(folder / "import.db", folder / "bare.db")
    print(
        f"  the same rows by bare executemany: {bare:.1f} s; the import takes {(done - began) / bare:.0f} times that"
    )
    began = time.perf_counter()
    exported = export_bank_as(db, head.bank_id or "", format_named("gift"), today=now.date())
    print(
        f"export as GIFT: {time.perf_counter() - began:.1f} s, {len(exported.data) / 1e6:.0f} MB; "
        f"most memory {_peak():.0f} MB"
    )
    began = time.perf_counter()
    undo_import(db, head.id, by=None, now=now)
    print(f"undo: {time.perf_counter() - began:.1f} s")
    db.close()


def _write_gift(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            out.write(
                f"// [id:q-{n}] [tag:rivers] [tag:province {n % 13}]\n"
                f"Which river flows through the town of Example {n} in province {n % 13}? {{\n"
                f"\t=The Alpha of {n}#Right, that is the one.\n\t~The Beta of {n}#It flows elsewhere.\n"
                f"\t~The Gamma of {n}\n\t~The Delta of {n}\n"
                f"\t####The Alpha rises in the mountains of province {n % 13}.\n}}\n\n"
            )


def _bare_rows(path: Path, bare: Path) -> float:
    """Copy the tables' rows into a new file by executemany alone; return the seconds it took."""
    source, target = sqlite3.connect(path), sqlite3.connect(bare, isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    for table in TABLES:
        [create] = source.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        target.execute(create)
    seconds = 0.0
    for table in TABLES:
        rows = source.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own
        marks = ", ".join("?" * len(rows[0])) if rows else ""
        began = time.perf_counter()
        target.execute("BEGIN")
        target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own
        target.execute("COMMIT")
        seconds += time.perf_counter() - began
    source.close()
    target.close()
    return seconds


def _peak() -> float:
    """Return the most memory that the process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
