from __future__ import annotations

import subprocess
import sys

import pytest

from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate, migration_names, statements_for
from tests.conftest import NOW

MIGRATE = """
import sys
from quiz.storage.connect import open_database
from quiz.storage.migrate import migrate
print(len(migrate(open_database(sys.argv[1]), now="2026-11-23T12:00:00.000Z")))
"""


def test_a_second_run_applies_nothing(db: Database) -> None:
    assert migrate(db, now=time_text(NOW)) == []


def test_an_empty_database_gets_every_migration_in_order(empty_url: str) -> None:
    database = open_database(empty_url)

    applied = migrate(database, now=time_text(NOW))

    assert applied == migration_names()
    database.close()


def test_processes_that_migrate_at_once_apply_each_migration_once(empty_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", MIGRATE, empty_url], stdout=-1, stderr=-1, text=True
        )
        for _ in range(4)
    ]
    told = [process.communicate() for process in processes]

    assert [err for _, err in told] == [""] * 4
    assert sorted(int(out) for out, _ in told) == [0, 0, 0, len(migration_names())]


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    database = open_database(empty_url)

    with pytest.raises(Exception, match="half"):
        database.migrate([("0001_broken", ["CREATE TABLE half (id TEXT)"] * 2)], now=time_text(NOW))

    mended = [("0001_broken", ["CREATE TABLE half (id TEXT)"])]
    assert database.migrate(mended, now=time_text(NOW)) == ["0001_broken"]
    database.close()


def test_comments_and_blank_pieces_are_no_statements() -> None:
    for name in migration_names():
        for statement in statements_for(name, "sqlite"):
            assert statement.splitlines()[-1].strip()
            assert any(not line.startswith("--") for line in statement.splitlines())
