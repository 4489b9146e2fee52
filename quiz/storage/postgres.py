"""PostgreSQL, through psycopg and its pool."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count
from typing import Any

import psycopg
from psycopg import errors, sql
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from quiz.storage.database import Busy, Conflict, Row, RowCounts
from quiz.storage.queries import Statement

_MIGRATION_LOCK = 7_306_104
_PAGE = 500
_cursor_numbers = count(1)


class PostgresDatabase(RowCounts):
    """url: as libpq reads it. Connections commit each statement by themselves outside of atomic()."""

    dialect = "postgres"

    def __init__(self, url: str, *, most_connections: int = 10) -> None:
        self._local = threading.local()
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=most_connections,
            kwargs={"autocommit": True, "row_factory": dict_row},
            open=True,
        )

    def run(self, statement: Statement, /, **parameters: Any) -> None:
        with _refusals(), self._connection() as connection:
            connection.execute(statement.postgres.encode(), parameters)

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        with _refusals(), self.atomic(), self._connection() as connection, connection.cursor() as cursor:
            cursor.executemany(statement.postgres.encode(), rows)

    def all(self, statement: Statement, /, **parameters: Any) -> list[Row]:
        with _refusals(), self._connection() as connection:
            cursor = connection.execute(statement.postgres.encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    def each(self, statement: Statement, /, **parameters: Any) -> Iterator[Row]:
        # A cursor of the server's lives in a transaction. Inside of atomic() there is one, and a savepoint of
        # its own would have to end in step with the caller's; outside, the pool gives a connection that
        # nobody else uses.
        held = getattr(self._local, "connection", None)
        name = f"each_{next(_cursor_numbers)}"
        with (
            _refusals(),
            self._connection() as connection,
            nullcontext() if held is not None else connection.transaction(),
            connection.cursor(name=name) as cursor,
        ):
            cursor.itersize = _PAGE
            cursor.execute(statement.postgres.encode(), parameters)
            yield from cursor

    @contextmanager
    def atomic(self) -> Iterator[None]:
        with _refusals(), self._connection() as connection, connection.transaction():
            was = getattr(self._local, "connection", None)
            self._local.connection = connection
            try:
                yield
            finally:
                self._local.connection = was

    def migrate(self, migrations: Sequence[tuple[str, Sequence[str]]], *, now: str) -> list[str]:
        applied = []
        with _refusals(), self._connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
            try:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)"
                )
                done = {row["name"] for row in connection.execute("SELECT name FROM migrations")}
                for name, statements in migrations:
                    if name in done:
                        continue
                    with connection.transaction():
                        for statement in statements:
                            connection.execute(statement.encode())
                        connection.execute("INSERT INTO migrations VALUES (%s, %s)", (name, now))
                    applied.append(name)
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (_MIGRATION_LOCK,))
        return applied

    def applied_migrations(self) -> set[str]:
        with _refusals(), self._connection() as connection:
            if (
                connection.execute("SELECT FROM pg_class WHERE oid = to_regclass('migrations')").fetchone()
                is None
            ):
                return set()
            return {row["name"] for row in connection.execute("SELECT name FROM migrations")}

    def index_words(self, table: str, *, words: str, facets: str) -> None:
        # The words are kept as a column of their own: cut anew for each row that is looked at, a common word took
        # half a second among 200,000 texts.
        statements = (
            "ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {cut} TSVECTOR"
            " GENERATED ALWAYS AS (to_tsvector('simple', {words})) STORED",
            "CREATE INDEX IF NOT EXISTS {by_cut} ON {table} USING GIN ({cut})",
            "CREATE INDEX IF NOT EXISTS {by_facets} ON {table} USING GIN (string_to_array({facets}, ' '))",
            "DROP INDEX IF EXISTS {by_words}",
        )
        names = {
            "table": table, "words": words, "facets": facets, "cut": f"{words}_cut",
            "by_cut": f"{table}_by_{words}_cut", "by_facets": f"{table}_by_{facets}",
            "by_words": f"{table}_{words}_words",
        }  # fmt: skip
        parts = {name: sql.Identifier(value) for name, value in names.items()}
        with _refusals(), self._connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
            connection.execute("SET LOCAL client_min_messages = warning")
            for text in statements:
                connection.execute(sql.SQL(text).format(**parts))

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        held = getattr(self._local, "connection", None)
        if held is not None:
            yield held
            return
        with self._pool.connection() as connection:
            yield connection


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except psycopg.IntegrityError as error:
        raise Conflict(str(error)) from error
    except _BUSY as error:
        raise Busy(str(error)) from error


_BUSY = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.QueryCanceled,
    PoolTimeout,
)
