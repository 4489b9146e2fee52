"""Reading plain data that people wrote (a TOML table, a JSON object), with errors that name the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quiz.core.messages import N_
from quiz.core.question_type import UnusableBody


def text_in(written: Mapping[str, Any], field: str, *, default: str | None = None) -> str:
    """Return the field's text, stripped. Raises UnusableBody if it is no text, or is missing without a default."""
    value = written.get(field, default)
    if value is None:
        raise UnusableBody(field, N_("{field} is missing"), field=field)
    if not isinstance(value, str):
        raise UnusableBody(field, N_("{field} must be text, not {value}"), field=field, value=repr(value))
    if "\0" in value:
        raise UnusableBody(field, N_("{field} holds a NUL character, which can't be stored"), field=field)
    return value.strip()


def flag_in(written: Mapping[str, Any], field: str, *, default: bool | None = None) -> bool:
    """Return the field's truth. Raises UnusableBody if it is neither true nor false."""
    value = written.get(field, default)
    if not isinstance(value, bool):
        raise UnusableBody(field, N_("{field} must be true or false"), field=field)
    return value


def tables_in(written: Mapping[str, Any], field: str, *, at_least: int = 0) -> Sequence[Mapping[str, Any]]:
    """Return the field's list of tables. Raises UnusableBody if it is none, or has too few."""
    value = written.get(field, [])
    if not isinstance(value, Sequence) or not all(isinstance(v, Mapping) for v in value):
        raise UnusableBody(field, N_("{field} must be a list of tables"), field=field)
    if len(value) < at_least:
        raise UnusableBody(field, N_("{field} needs at least {count} entries"), field=field, count=at_least)
    return value


def one_of(
    written: Mapping[str, Any], field: str, allowed: Sequence[str], *, default: str | None = None
) -> str:
    """Return the field's text, which must be one of those allowed. Raises UnusableBody."""
    value = text_in(written, field, default=default)
    if value not in allowed:
        raise UnusableBody(
            field, N_("{field} must be one of {allowed}, not “{value}”"),
            field=field, allowed=", ".join(allowed), value=value,
        )  # fmt: skip
    return value


def refuse_strangers(written: Mapping[str, Any], known: Sequence[str]) -> None:
    """Raise UnusableBody if the table has a field that is not known: most are misspellings."""
    for field in written:
        if field not in known:
            raise UnusableBody(
                field,
                N_("{field} is not a field here; known are {known}"),
                field=field,
                known=", ".join(known),
            )


def distinct(field: str, values: Sequence[str]) -> None:
    """Raise UnusableBody if a value stands twice."""
    for n, value in enumerate(values):
        if value in values[:n]:
            raise UnusableBody(field, N_("{field} has “{value}” twice"), field=field, value=value)
