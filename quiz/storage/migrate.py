"""Bring the schema up to date: the numbered files in migrations/, the same for both databases."""

from __future__ import annotations

from pathlib import Path

from quiz.storage.database import Database
from quiz.storage.heads import upsert_missing_heads
from quiz.storage.search import prepare_search

_FOLDER = Path(__file__).parent / "migrations"


def migrate(db: Database, *, now: str) -> list[str]:
    """Apply what has not been applied yet, in order; return the names of what was.

    Safe to run from several processes at once. ``0002_name.sqlite.sql`` and ``0002_name.postgres.sql`` stand
    in for ``0002_name.sql`` where one text can't serve both.
    """
    applied = db.migrate([(name, statements_for(name, db.dialect)) for name in migration_names()], now=now)
    prepare_search(db)
    upsert_missing_heads(db)
    return applied


def pending_migrations(db: Database) -> list[str]:
    """Return the names of the migrations that have not been applied, in order. Changes nothing."""
    applied = db.applied_migrations()
    return [name for name in migration_names() if name not in applied]


def migration_names() -> list[str]:
    """Return the names of all migrations, in order."""
    return sorted({path.name.split(".")[0] for path in _FOLDER.glob("*.sql")})


def statements_for(name: str, dialect: str) -> list[str]:
    """Return the migration's statements. Each ends with a semicolon at the end of a line."""
    own = _FOLDER / f"{name}.{dialect}.sql"
    path = own if own.exists() else _FOLDER / f"{name}.sql"
    pieces = path.read_text(encoding="utf-8").split(";\n")
    return [piece.strip() for piece in pieces if _holds_sql(piece)]


def _holds_sql(piece: str) -> bool:
    return any(line.strip() and not line.strip().startswith("--") for line in piece.splitlines())
