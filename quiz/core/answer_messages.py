"""What a page's script sends to save an answer or a flag: read strictly, since anybody may send anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quiz.core.question_type import Submitted

MOST_FIELDS = 500
MOST_VALUES = 500
LONGEST_VALUE = 100_000
"""Far more than any type takes: a text that is too long for its question is told of, and not thrown away unread."""
_OPERATION_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class MalformedMessage(ValueError):
    """The message is none that a page of ours sends."""


@dataclass(frozen=True)
class AnswerMessage:
    """An answer to save. revision: of the slot, as the page knew it. fields: the form, by name."""

    operation_id: str
    position: int
    revision: int
    fields: Submitted


@dataclass(frozen=True)
class FlagMessage:
    """A flag to set, or to take away."""

    operation_id: str
    position: int
    is_flagged: bool


def read_message(plain: Any) -> AnswerMessage | FlagMessage:
    """Return what the decoded JSON says. Raises MalformedMessage for a wrong type or name."""
    if not isinstance(plain, dict):
        raise MalformedMessage("not an object")
    names = set(plain)
    if names == {"operation", "position", "revision", "fields"}:
        return AnswerMessage(
            _operation_id(plain["operation"]),
            _whole(plain["position"], lowest=1),
            _whole(plain["revision"], lowest=0),
            _fields(plain["fields"]),
        )
    if names == {"operation", "position", "flagged"} and isinstance(plain["flagged"], bool):
        return FlagMessage(
            _operation_id(plain["operation"]), _whole(plain["position"], lowest=1), plain["flagged"]
        )
    raise MalformedMessage(f"unknown or missing names: {sorted(names)}")


def is_operation_id(text: str) -> bool:
    """Tell whether the text may name an operation."""
    return _OPERATION_ID.fullmatch(text) is not None


def _operation_id(value: Any) -> str:
    if isinstance(value, str) and is_operation_id(value):
        return value
    raise MalformedMessage("operation is not an id")


def _whole(value: Any, *, lowest: int) -> int:
    # True and False are whole numbers to Python, and to nobody else. Above, a database would choke.
    if isinstance(value, int) and not isinstance(value, bool) and lowest <= value < 2**31:
        return value
    raise MalformedMessage("not a whole number in range")


def _fields(value: Any) -> Mapping[str, list[str]]:
    if not isinstance(value, dict) or len(value) > MOST_FIELDS:
        raise MalformedMessage("fields is not an object, or too large")
    for values in value.values():
        if not isinstance(values, list) or len(values) > MOST_VALUES or not all(_is_text(v) for v in values):
            raise MalformedMessage("a field is not a list of texts, or too long")
    return value


def _is_text(value: Any) -> bool:
    # JSON can spell a NUL and half of a surrogate pair, which databases can't store.
    return (
        isinstance(value, str) and len(value) <= LONGEST_VALUE and not re.search("[\0\ud800-\udfff]", value)
    )
