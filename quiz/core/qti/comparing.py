"""Telling whether a question that was written says what it said: it is read back at once and compared."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.interchange import Remark
from quiz.core.items import Item
from quiz.core.losses import name_of

_PARTS = {
    "prompt": "its text",
    "interaction": "what it asks",
    "prompt_format": "the format of its texts",
    "points": "its points",
    "general_feedback": "its feedback",
    "feedback_right": "its feedback",
    "feedback_partial": "its feedback",
    "feedback_wrong": "its feedback",
    "feedback_format": "its feedback",
    "files": "its files",
    "language": "its language",
}


def differences(item: Item, back: Item | None, label: str, told: list[Remark]) -> list[Remark]:
    """Return a warning that names what came back otherwise, nothing if all is the same or was told already.

    back: the question as it was read from what was written, None if it could not be read.
    """
    if any(remark.severity != "note" for remark in told):
        return []
    if back is None:
        return [Remark(f"Written as {label} it can't be read back; check it there.", where=name_of(item))]
    other = [
        what for part, what in _PARTS.items() if getattr(item, part) != getattr(_alike(back, item), part)
    ]
    if not other:
        return []
    named = " and ".join(dict.fromkeys(other))
    return [
        Remark(
            f"{label} can't say it quite so: {named} would come back a little different.", where=name_of(item)
        )
    ]


def _alike(back: Item, item: Item) -> Item:
    """Return the question with the files in the order in which the item has them."""
    order = {file.name: n for n, file in enumerate(item.files)}
    return replace(back, files=tuple(sorted(back.files, key=lambda file: order.get(file.name, len(order)))))
