"""Titles that instructors give to classes and quizzes."""

from __future__ import annotations

import unicodedata

from quiz.core.messages import N_, Explained

LONGEST_TITLE = 120


class UnusableTitle(Explained):
    """What was typed makes no title."""


def usable_title(typed: str) -> str:
    """Return the title with its white space collapsed. Raises UnusableTitle if none is left, or too much."""
    normal = unicodedata.normalize("NFC", typed)
    title = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in normal).split())
    if not title:
        raise UnusableTitle(N_("Enter a title"))
    if len(title) > LONGEST_TITLE:
        raise UnusableTitle(N_("The title must have {most} characters at most"), most=LONGEST_TITLE)
    return title
