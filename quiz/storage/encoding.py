"""How values become text in a row, and come back: ids, times, JSON."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

# Made once: json.dumps makes one at every call that says anything of how to write.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(now: datetime) -> str:
    """Return a fresh id: 26 letters and digits, 48 bits of time, so that neighbours lie together, then 80 of chance."""
    number = (int(now.timestamp() * 1000) << 80) | secrets.randbits(80)
    return _id_text(number)


def new_ids(now: datetime) -> Iterator[str]:
    """Give fresh ids as new_id does, each higher than the one before: what is made together sorts as it was made."""
    number = (int(now.timestamp() * 1000) << 80) | secrets.randbits(79)
    while True:
        yield _id_text(number)
        number += 1 + secrets.randbits(48)


def time_text(time: datetime) -> str:
    """Return the time as rows keep it: UTC, milliseconds, a Z; always as long, so that text sorts as time."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def time_from(text: str) -> datetime:
    """Return the time behind time_text, aware, in UTC."""
    return datetime.fromisoformat(text)


def time_or_none(text: str | None) -> datetime | None:
    """Return time_from the text, or None if there is none."""
    return time_from(text) if text else None


def json_text(value: Any) -> str:
    """Return the value as JSON, letters as they are, keys in order, so that equal values make equal text."""
    return _JSON.encode(value)


def json_from(text: str) -> Any:
    """Return the value behind json_text."""
    return json.loads(text)


def _id_text(number: int) -> str:
    return "".join(_ID_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
