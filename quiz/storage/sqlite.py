"""SQLite, through sqlite-utils: one connection per thread, WAL, every commit flushed to the disk."""

from __future__ import annotations

import fcntl
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlite_utils.migrations import Migrations

from quiz.storage.database import Busy, Conflict, Row, RowCounts
from quiz.storage.queries import Statement

BUSY_TIMEOUT_S = 10
_PAGE = 500
_MIGRATION_SET = "footnote"


class SqliteDatabase(RowCounts):
    """path: the database file; ``<path>.lock`` beside it queues the writers of all processes."""

    dialect = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    @property
    def utils(self) -> sqlite_utils.Database:
        """This thread's connection, as sqlite-utils wraps it."""
        if not hasattr(self._local, "utils"):
            with _refusals():
                connection = self._connect()
            self._local.utils = sqlite_utils.Database(connection, execute_plugins=False)
            self._local.depth = 0
            self._connections.append(connection)
        utils: sqlite_utils.Database = self._local.utils
        return utils

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        connection.row_factory = sqlite3.Row
        # Only the change to WAL writes, and it doesn't wait for others as statements do; so it queues like a
        # writer.
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with self._turn_to_write():
                connection.execute("PRAGMA journal_mode = WAL")
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def run(self, statement: Statement, /, **parameters: Any) -> None:
        with _refusals():
            self.utils.conn.execute(statement.sqlite, parameters)

    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        with _refusals(), self.atomic():
            self.utils.conn.executemany(statement.sqlite, rows)

    def all(self, statement: Statement, /, **parameters: Any) -> list[Row]:
        with _refusals():
            return self.utils.conn.execute(statement.sqlite, parameters).fetchall()

    def each(self, statement: Statement, /, **parameters: Any) -> Iterator[Row]:
        with _refusals():
            cursor = self.utils.conn.execute(statement.sqlite, parameters)
            while rows := cursor.fetchmany(_PAGE):
                yield from rows

    @contextmanager
    def atomic(self) -> Iterator[None]:
        utils = self.utils
        if self._local.depth:
            with utils.atomic():
                yield
            return
        with self._turn_to_write(), _refusals():
            utils.conn.execute("BEGIN IMMEDIATE")
            self._local.depth = 1
            try:
                yield
                utils.conn.execute("COMMIT")
            finally:
                self._local.depth = 0
                # Still open: the block or its COMMIT failed. Some failures (a full disk) have rolled back
                # already.
                if utils.conn.in_transaction:
                    utils.conn.execute("ROLLBACK")

    def migrate(self, migrations: Sequence[tuple[str, Sequence[str]]], *, now: str) -> list[str]:
        steps = Migrations(_MIGRATION_SET)
        for name, statements in migrations:

            def apply(db: sqlite_utils.Database, statements: Sequence[str] = statements) -> None:
                for statement in statements:
                    db.execute(statement)

            steps(name=name)(apply)
        utils = self.utils
        with self._turn_to_write(), _refusals():
            pending = [migration.name for migration in steps.pending(utils)]
            if pending:
                steps.apply(utils)
        return pending

    def applied_migrations(self) -> set[str]:
        with _refusals():
            return {migration.name for migration in Migrations(_MIGRATION_SET).applied(self.utils)}

    def index_words(self, table: str, *, words: str, facets: str) -> None:
        utils = self.utils
        with self._turn_to_write(), _refusals():
            known = {row[0] for row in utils.execute("SELECT sql FROM sqlite_master")}
            wanted = _word_index(table, words, facets)
            if not known.issuperset(wanted):
                with utils.atomic():
                    _make_word_index(utils, table, wanted)

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    @contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        # SQLite's own busy handler sleeps and polls, unfairly; the kernel's queue doesn't (measured: p99 194
        # -> 8 ms). Other programs, such as sqlite-utils' command line, don't take this lock: for them the
        # timeout stands.
        with open(f"{self.path}.lock", "w", encoding="ascii") as queue:
            fcntl.flock(queue, fcntl.LOCK_EX)
            yield


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict(str(error)) from error
    except sqlite3.OperationalError as error:
        # The low byte is the kind; extended codes (SQLITE_BUSY_SNAPSHOT) say more in the others.
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL):
            raise Busy(str(error)) from error
        raise


def _word_index(table: str, words: str, facets: str) -> list[str]:
    """Return the statements that make the index of words, and the triggers that keep it.

    sqlite-utils would do it but for two things: indexes of the first three, four and five letters, without which
    "com…" takes 150 ms among a million texts, and triggers that leave the index alone when other columns change.
    """
    columns = f"{words}, {facets}"
    out, into = (", ".join(f"{row}.{column}" for column in (words, facets)) for row in ("old", "new"))
    add = f"INSERT INTO {table}_fts (rowid, {columns}) VALUES (new.rowid, {into});"  # noqa: S608 - our own names
    take_out = f"INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) VALUES ('delete', old.rowid, {out});"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5 ({columns}, content={table}, prefix='3 4 5')",
        f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {take_out} END",
        f"CREATE TRIGGER {table}_au AFTER UPDATE OF {columns} ON {table} BEGIN {take_out} {add} END",
    ]


def _make_word_index(utils: sqlite_utils.Database, table: str, statements: Sequence[str]) -> None:
    for trigger in ("ai", "ad", "au"):
        utils.execute(f"DROP TRIGGER IF EXISTS {table}_{trigger}")
    utils.execute(f"DROP TABLE IF EXISTS {table}_fts")
    for statement in statements:
        utils.execute(statement)
    utils.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")  # noqa: S608
