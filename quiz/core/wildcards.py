"""Matching a text against a pattern with wildcards, in time that no pattern can stretch."""

from __future__ import annotations

from collections.abc import Sequence


def has_parts_in_order(text: str, parts: Sequence[str]) -> bool:
    """Tell whether the text is the parts, at least one, in this order with any runs of characters between them.

    The first part stands at its beginning and the last at its end. Each of the others is taken where it first occurs:
    that can't miss a match, and it never goes back.
    """
    first, rest = parts[0], parts[1:]
    if not rest:
        return text == first
    *middle, last = rest
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True
