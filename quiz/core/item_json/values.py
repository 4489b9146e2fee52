"""Values in JSON that people may have written: each read by its key, or refused with its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from quiz.core.items import (
    TextFormat,
)

Plain = dict[str, Any]


class NotAnItem(ValueError):
    """The data describe no item. The message names the key, and what should stand there."""


def decimal_at(plain: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = plain.get(name, default)
    value = default if value == "" and default is not None else value
    if isinstance(value, int | float) and is_number(value):
        return repr(short_number(value))
    if not isinstance(value, str):
        raise NotAnItem(f"{name} must be a number")
    value = value.strip()
    try:
        if value != "*" and not Decimal(value).is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise NotAnItem(f"{name} must be a number, not {value!r}") from None
    return value


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def number_at(plain: Mapping[str, Any], name: str, default: float) -> float:
    value = plain.get(name)
    value = default if value is None else value
    if not is_number(value):
        raise NotAnItem(f"{name} must be a number, not {value!r}")
    return float(value)


def text_at(plain: Mapping[str, Any], name: str, default: str = "") -> str:
    value = plain.get(name)
    value = default if value is None else value
    if is_number(value):
        return str(value)
    if not isinstance(value, str):
        raise NotAnItem(f"{name} must be text, not {value!r}")
    return value


def flag_at(plain: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    value = plain.get(name)
    value = default if value is None else value
    if value not in (True, False):
        raise NotAnItem(f"{name} must be true or false, not {value!r}")
    return bool(value)


def one_of(plain: Mapping[str, Any], name: str, allowed: Sequence[str], default: str) -> Any:
    value = plain.get(name) or default
    if value not in allowed:
        raise NotAnItem(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def format_at(plain: Mapping[str, Any], name: str) -> TextFormat | None:
    return one_of(plain, name, get_args(TextFormat), "") if plain.get(name) else None


def list_at(plain: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = plain.get(name)
    value = [] if value is None else value
    if not isinstance(value, list | tuple):
        raise NotAnItem(f"{name} must be a list")
    return value


def texts_at(plain: Mapping[str, Any], name: str) -> list[str]:
    values = list_at(plain, name)
    if not all(isinstance(value, str) or is_number(value) for value in values):
        raise NotAnItem(f"{name} must be a list of texts")
    return [str(value) for value in values]


def object_at(plain: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = plain.get(name)
    if not isinstance(value, Mapping):
        raise NotAnItem(f"{name} must be an object")
    return value


def objects_at(plain: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    values = list_at(plain, name)
    if not all(isinstance(value, Mapping) for value in values):
        raise NotAnItem(f"{name} must be a list of objects")
    return list(values)


def short_number(number: float) -> float:
    """Return a whole number as an integer, so that JSON has 1 and not 1.0."""
    return int(number) if number == int(number) and abs(number) < 1e15 else number
