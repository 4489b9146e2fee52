"""Items as plain JSON data and back: what ``flask quiz convert`` shows, and what ``mark`` is given."""

from __future__ import annotations

from quiz.core.item_json.reading import KINDS, interaction_from_plain, item_from_plain
from quiz.core.item_json.values import NotAnItem
from quiz.core.item_json.writing import interaction_to_plain, item_to_plain

__all__ = [
    "KINDS",
    "NotAnItem",
    "interaction_from_plain",
    "interaction_to_plain",
    "item_from_plain",
    "item_to_plain",
]
