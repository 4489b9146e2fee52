"""What both databases can do. The verb says how many rows come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from quiz.storage.queries import Statement

Row = Mapping[str, Any]


class RowCountError(LookupError):
    """A query that must return one row returned none, or several."""


class Conflict(Exception):
    """The database refused a row: a duplicate, a missing parent, a broken CHECK."""


class Busy(Exception):
    """The database could not be written to in time. Nothing was written; the same call may be made again."""


class Database(Protocol):
    """One database, safe to share between threads.

    Outside ``atomic()`` every statement commits by itself. ``atomic()`` is a write transaction; blocks may
    nest, and an exception undoes the innermost. Every method may raise Conflict or Busy.
    """

    dialect: str

    def run(self, statement: Statement, /, **parameters: Any) -> None: ...
    def run_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None: ...
    def all(self, statement: Statement, /, **parameters: Any) -> list[Row]: ...
    def one(self, statement: Statement, /, **parameters: Any) -> Row: ...
    def one_or_none(self, statement: Statement, /, **parameters: Any) -> Row | None: ...
    def each(self, statement: Statement, /, **parameters: Any) -> Iterator[Row]:
        """Give the rows one by one, a few at a time in memory."""
        ...

    def atomic(self) -> AbstractContextManager[object]: ...
    def migrate(self, migrations: Sequence[tuple[str, Sequence[str]]], *, now: str) -> list[str]:
        """Apply the (name, statements) not applied yet, each in one transaction; return their names."""
        ...

    def applied_migrations(self) -> set[str]:
        """Return the names of the migrations applied so far; none in a new database. Changes nothing."""
        ...

    def index_words(self, table: str, *, words: str, facets: str) -> None:
        """Make the words of one column findable, and the signs of another (see storage/heads.py); once is enough."""
        ...

    def close(self) -> None: ...


class RowCounts:
    """one() and one_or_none() in terms of all()."""

    def all(self, statement: Statement, /, **parameters: Any) -> list[Row]:
        raise NotImplementedError

    def one(self, statement: Statement, /, **parameters: Any) -> Row:
        row = self.one_or_none(statement, **parameters)
        if row is None:
            raise RowCountError(f"no row from {statement.name}")
        return row

    def one_or_none(self, statement: Statement, /, **parameters: Any) -> Row | None:
        rows = self.all(statement, **parameters)
        if len(rows) > 1:
            raise RowCountError(f"{len(rows)} rows from {statement.name}")
        return rows[0] if rows else None
