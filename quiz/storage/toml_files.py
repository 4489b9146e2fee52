"""TOML files that people write: read with every mistake named, written so that they read well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from quiz.core.messages import N_, Explained
from quiz.core.partial_dates import precision_of
from quiz.core.question_type import UnusableBody
from quiz.core.written import text_in

Thing = TypeVar("Thing")


class BadFile(Explained):
    """One mistake in a content file.

    file: its name; where: the question, passage or claim in it, "" for the file.
    """

    def __init__(self, file: str, where: str, problem: Explained) -> None:
        sentence = N_("{file}: {where}: {problem}") if where else N_("{file}: {problem}")
        super().__init__(sentence, file=file, where=where, problem=str(problem))
        self.file = file
        self.where = where
        self.problem = problem


class Mistakes:
    """The mistakes of one file, gathered instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[BadFile] = []

    def add(self, where: str, problem: Explained) -> None:
        """Note a mistake."""
        name = getattr(problem, "field", "")
        shown = f"{where}, {name}" if where and name and name not in str(problem) else where
        self.found.append(BadFile(self.file, shown, problem))

    @contextmanager
    def noted(self, where: str) -> Iterator[None]:
        """Note what the block refuses, and go on behind it."""
        try:
            yield
        except Explained as problem:
            self.add(where, problem)

    def read(self, where: str, reader: Callable[..., Thing], *arguments: Any, **options: Any) -> Thing | None:
        """Return what the reader returns; None, and a note, if it refuses."""
        with self.noted(where):
            return reader(*arguments, **options)
        return None


def heading_of(path: Path) -> str:
    """Return the comment that the file begins with, so that writing the file anew can keep it."""
    if not path.exists():
        return ""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            break
        lines.append(line)
    return "\n".join(lines).strip() + "\n\n" if any(lines) else ""


def texts_in(written: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """Return the field's list of texts, () if it is missing. Raises UnusableBody."""
    value = written.get(field, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UnusableBody(field, N_("{field} must be a list of texts"), field=field)
    return tuple(v.strip() for v in value)


def day_in(written: Mapping[str, Any], field: str) -> date:
    """Return the field's day, a TOML date without quotes. Raises UnusableBody."""
    value = written.get(field)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UnusableBody(
            field, N_("{field} must be a date without quotes, such as 2026-11-22"), field=field
        )
    return value


def partial_date_in(written: Mapping[str, Any], field: str, *, default: str | None = None) -> str:
    """Return the field's date, as precise as is known. Raises UnusableBody."""
    value = text_in(written, field, default=default)
    if value:
        try:
            precision_of(value)
        except Explained as problem:
            raise UnusableBody(field, N_("{field}: {problem}"), field=field, problem=str(problem)) from None
    return value


def filled_text_in(written: Mapping[str, Any], field: str) -> str:
    """Return the field's text, which must hold something. Raises UnusableBody."""
    value = text_in(written, field)
    if not value:
        raise UnusableBody(field, N_("{field} must not be empty"), field=field)
    return value


def without_empty(table: Mapping[str, Any], *, keep: Sequence[str] = ()) -> dict[str, Any]:
    """Return the table without fields that hold nothing, except those to keep."""
    return {name: value for name, value in table.items() if name in keep or value not in ("", [], (), None)}
