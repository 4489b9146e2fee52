"""Both databases must prepare every block of SQL: a typo or a word of one dialect is red at once."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import quiz.storage
from quiz.storage.database import Database
from quiz.storage.queries import Statement

FOLDER = Path(quiz.storage.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.sql") if "." not in path.stem)


def statements() -> list[Statement]:
    found = []
    for name in MODULES:
        module = importlib.import_module(f"quiz.storage.{name}")
        found += vars(module.sql).values()
    return found


def test_there_are_queries() -> None:
    assert len(statements()) > 50


def test_each_file_of_sql_stands_beside_its_module() -> None:
    for path in FOLDER.glob("*.sql"):
        assert (FOLDER / f"{path.name.split('.')[0]}.py").exists(), f"{path.name} has no module"


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: statement.name)
def test_sqlite_prepares_it(session_sqlite: Database, statement: Statement) -> None:
    parameters = dict.fromkeys(re.findall(r"(?<!:):(\w+)", statement.sqlite))

    session_sqlite.all(Statement(statement.name, f"EXPLAIN {statement.sqlite}", ""), **parameters)


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: statement.name)
def test_postgres_prepares_it(session_postgres: Database, statement: Statement) -> None:
    parameters = dict.fromkeys(re.findall(r"%\((\w+)\)s", statement.postgres))

    session_postgres.all(Statement(statement.name, "", f"EXPLAIN {statement.postgres}"), **parameters)
