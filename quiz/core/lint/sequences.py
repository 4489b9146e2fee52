"""Sequences: texts that differ in nothing but numbers or dates, and the order that those give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quiz.core.lint.word_lists import MONTHS

_MONTH = "|".join(MONTHS)
_PIECE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?"
    r"|(?P<number>-?\d+(?:[.,]\d+)*)"
)

_NUMBER = re.compile(r"(?P<number>-?\d+(?:[.,]\d+)*)")
_HAS_SOME = re.compile(rf"\d|{_MONTH}")

Order = tuple[tuple[float, ...], ...]


def in_order(texts: Sequence[str]) -> list[str] | None:
    """Return the texts in the order of their numbers or dates; None if they differ in more, or in nothing."""
    if not texts or not _HAS_SOME.search(texts[0].lower()):
        return None
    read = [_read(text) for text in texts]
    if len({(frame, len(order)) for frame, order in read}) != 1 or not read[0][1]:
        return None
    orders = [order for _, order in read]
    if len(set(orders)) < len(orders):
        return None
    return [text for _, text in sorted(zip(orders, texts, strict=True))]


def _read(text: str) -> tuple[str, Order]:
    """Return the text with its numbers and dates taken out, and what they are."""
    order: list[tuple[float, ...]] = []

    lower = " ".join(text.lower().split())
    has_month = any(month in lower for month in MONTHS)

    def taken(piece: re.Match[str]) -> str:
        if has_month and piece["month"]:
            order.append(
                (float(piece["year"] or 0), MONTHS.index(piece["month"]) + 1.0, float(piece["day"] or 0))
            )
            return "<date>"
        order.append(
            (float(piece["number"].replace(",", "") or 0),) if piece["number"].count(".") < 2 else (0.0,)
        )
        return "<number>"

    # Looking for months at each letter is what takes the time.
    return (_PIECE if has_month else _NUMBER).sub(taken, lower), tuple(order)
