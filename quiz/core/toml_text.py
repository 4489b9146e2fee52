"""TOML as text: read into plain values, and written so that it reads well and says the same every time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from quiz.core.messages import N_, Explained

HEADED = ("question", "passage", "claim", "page_claim", "not_passage", "contradiction", "ignore", "picture")
"""Lists of tables that are written as ``[[heading]]``; all others get a line each."""

_PLACE = re.compile(r"(.*) \(at (line \d+, column \d+|end of document)\)", re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 100
_INDENT = "    "
_ESCAPES = {i: f"\\u{i:04x}" for i in (*range(0x20), 0x7F)}
_ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def load_toml(content: bytes) -> dict[str, Any]:
    """Return the file's tables; numbers with a point are Decimal. Raises Explained, with line and column."""
    try:
        return tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Explained(N_("line {line} is not UTF-8 text; save the file as UTF-8"), line=line) from None
    except RecursionError:
        raise Explained(N_("its tables and lists are nested too deeply")) from None
    except ValueError as error:
        # Of TOML itself, or of a number with thousands of digits.
        match = _PLACE.fullmatch(str(error))
        what, place = match.groups() if match else (str(error), "?")
        raise Explained(N_("not TOML at {place}: {what}"), place=place, what=what) from None


def dump_toml(content: Mapping[str, Any]) -> str:
    """Return the tables as TOML, laid out as people write them; the same content makes the same text.

    What has an id or a key gets a ``[[heading]]``; other tables in a list (options, answers) a line each.
    """
    return "".join(_table(content, ())).lstrip("\n")


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    headed = {name: value for name, value in table.items() if name in HEADED or isinstance(value, Mapping)}
    for name, value in table.items():
        if name not in headed:
            yield f"{_key(name)} = {_value(value, _WIDTH - len(name))}\n"
    for name, value in headed.items():
        inner = (*path, _key(name))
        if isinstance(value, Mapping):
            yield f"\n[{'.'.join(inner)}]\n"
            yield from _table(value, inner)
        for row in () if isinstance(value, Mapping) else value:
            yield f"\n[[{'.'.join(inner)}]]\n"
            yield from _table(row, inner)


def _value(value: Any, room: int) -> str:
    """Return the value as TOML. room: characters that a list may take in one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"""{value}"""' if _reads_well_in_lines(value) else _quoted(value)
        case Decimal():
            # Through its own text: 0.10 must not become 0.1.
            return f"{value:f}"
        case float():
            return repr(value)
        case date():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{_key(name)} = {_value(v, room)}" for name, v in value.items()) + "}"
        case list() | tuple():
            return _array(list(value), room)
    return str(value)


def _array(values: list[Any], room: int) -> str:
    written = [_value(value, room) for value in values]
    line = f"[{', '.join(written)}]"
    if len(line) <= room and not any(isinstance(value, Mapping) for value in values):
        return line
    return "[\n" + "".join(f"{_INDENT}{one},\n" for one in written) + "]"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _reads_well_in_lines(text: str) -> bool:
    """Tell whether the text has lines and nothing that would have to be escaped between three quotes."""
    if "\n" not in text or text.startswith("\n"):
        return False
    return '"' not in text and "\\" not in text and text.replace("\n", "").isprintable()
