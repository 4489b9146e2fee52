"""TOML files that people write: read with every mistake named, written so that they read well."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import tomlkit
from tomlkit.items import Item, Table

from quiz.core.messages import N_, Explained
from quiz.core.partial_dates import precision_of
from quiz.core.question_type import UnusableBody
from quiz.core.written import text_in

Thing = TypeVar("Thing")

_PLACE = re.compile(r"(.*) \(at (line \d+, column \d+|end of document)\)", re.DOTALL)


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


def load_toml(content: bytes) -> dict[str, Any]:
    """Return the file's tables; numbers with a point are Decimal. Raises Explained, with line and column."""
    try:
        return tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Explained(N_("line {line} is not UTF-8 text; save the file as UTF-8"), line=line) from None
    except tomllib.TOMLDecodeError as error:
        match = _PLACE.fullmatch(str(error))
        what, place = match.groups() if match else (str(error), "?")
        raise Explained(N_("not TOML at {place}: {what}"), place=place, what=what) from None


def dump_toml(content: Mapping[str, Any]) -> str:
    """Return the tables as TOML, laid out as people write them; the same content makes the same text.

    What has an id or a key gets a ``[[heading]]``; other tables in a list (options, answers) a line each.
    """
    return tomlkit.dumps(_fill(tomlkit.document(), content)).lstrip("\n")


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


_HEADED = ("question", "passage", "claim", "page_claim", "not_passage", "contradiction", "ignore")
_WIDTH = 100


def _fill(table: Any, content: Mapping[str, Any]) -> Any:
    headed = {name: value for name, value in content.items() if name in _HEADED or isinstance(value, Mapping)}
    for name, value in content.items():
        if name not in headed:
            table.add(name, _item(value, room=_WIDTH - len(name)))
    for name, value in headed.items():
        if isinstance(value, Mapping):
            table.add(name, _fill(tomlkit.table(), value))
        elif value:
            rows = tomlkit.aot()
            for row in value:
                rows.append(_with_blank_line(_fill(tomlkit.table(), row)))
            table.add(name, rows)
    return table


def _with_blank_line(table: Table) -> Table:
    table.trivia.indent = "\n"
    return table


def _item(value: Any, *, room: int) -> Item:
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(_item(v, room=room) for v in value)
        return array.multiline(len(array.as_string()) > room or any(isinstance(v, Mapping) for v in value))
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        inline.update({name: _item(v, room=room) for name, v in value.items()})
        return inline
    if isinstance(value, Decimal):
        # Through its own text: 0.10 must not become 0.1.
        return tomlkit.value(f"{value:f}")
    if isinstance(value, str) and _reads_well_in_lines(value):
        return tomlkit.string(value, multiline=True)
    item: Item = tomlkit.item(value)
    return item


def _reads_well_in_lines(text: str) -> bool:
    """Tell whether the text has lines and nothing that would have to be escaped between three quotes."""
    if "\n" not in text or text.startswith("\n"):
        return False
    return '"' not in text and "\\" not in text and text.replace("\n", "").isprintable()
