"""Open the database that a URL names."""

from __future__ import annotations

from quiz.storage.database import Database


class UnknownDatabase(ValueError):
    """The URL names no database that Footnote can open."""


def open_database(url: str) -> Database:
    """Open ``sqlite:///footnote.db`` or ``postgresql://…``. Raises UnknownDatabase for anything else.

    The drivers are imported here, so that a SQLite installation needs no psycopg.
    """
    if url.startswith("sqlite:///"):
        from quiz.storage.sqlite import SqliteDatabase

        return SqliteDatabase(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        from quiz.storage.postgres import PostgresDatabase

        return PostgresDatabase(url)
    raise UnknownDatabase(f"not a database we know: {url!r}; write sqlite:///FILE or postgresql://…")
