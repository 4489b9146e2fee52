"""Dates as precise as is known: 2024, 2024-04 or 2024-04-01, as ISO 8601 text."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from quiz.core.messages import N_, Explained

Precision = Literal["year", "month", "day"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class NotADate(Explained):
    """The text is no date of the calendar."""


def precision_of(text: str) -> Precision:
    """Return how precise the date is. Raises NotADate."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise NotADate(N_("“{text}” is not a date; write 2024, 2024-04 or 2024-04-01"), text=text)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise NotADate(N_("“{text}” is not in the calendar"), text=text) from None
    return "day" if day else "month" if month else "year"


def earliest(texts: list[str]) -> str:
    """Return the one that begins first; of two that begin together, the more precise. texts: at least one."""
    return min(texts, key=lambda text: ((text + "-01-01")[:10], -len(text)))
