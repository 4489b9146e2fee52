"""An application that has nothing but commands, a database and a clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from quiz.cli import register_commands
from quiz.storage.connect import open_database
from quiz.storage.database import Database
from quiz.storage.seed_writing import write_source_files
from quiz.workflows.load_banks import load_banks
from quiz.workflows.load_sources import load_source
from tests.conftest import NOW
from tests.small_content import claim, source, write_bank

Run = Callable[..., Result]


def runner(db: Database, root: Path) -> Run:
    """Return what runs ``flask quiz`` with these words on this database, in this folder."""
    app = Flask("footnote", root_path=str(root))
    app.extensions["footnote"] = SimpleNamespace(db=db, now=lambda: NOW)
    register_commands(app)

    def run(*words: str, stdin: str | None = None) -> Result:
        return app.test_cli_runner().invoke(args=["quiz", *words], input=stdin)

    return run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one document, one record and one bank, as files."""
    root = tmp_path / "root"
    write_source_files(root / "seeds" / "bridge", source())
    events = source(
        "events",
        kind="record",
        passages=(),
        page_claims=(claim("t01", passage="", where="x"),),
        contradictions=(),
        not_passages=(),
    )
    write_source_files(root / "seeds" / "events", events)
    write_bank(root / "questions")
    return root


@pytest.fixture
def run(sqlite_db: Database, root: Path) -> Run:
    """``flask quiz`` on a database that has loaded all of it."""
    for folder in ("bridge", "events"):
        from quiz.storage.seed_files import read_source_folder

        found = read_source_folder(root / "seeds" / folder).source
        assert found is not None
        load_source(sqlite_db, found)
    load_banks(sqlite_db, root / "questions", now=NOW)
    return runner(sqlite_db, root)


@pytest.fixture
def run_empty(root: Path, tmp_path: Path) -> Run:
    """``flask quiz`` on a database without a table."""
    return runner(open_database(f"sqlite:///{tmp_path}/empty.db"), root)
