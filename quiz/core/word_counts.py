"""Words of a free text: how many there are, and what is said where they are too few or too many."""

from __future__ import annotations

from quiz.core.messages import N_, Explained


class TooFewWords(Explained):
    """The text is kept, and its writer is told."""

    def __init__(self, count: int, least: int) -> None:
        super().__init__(N_("{count} words, of at least {least}"), count=count, least=least)


class TooManyWords(Explained):
    """The text is kept, and its writer is told."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(N_("{count} words, of {most} at most"), count=count, most=most)


def count_words(text: str) -> int:
    """Return how many words the text has: what stands between white space, as word processors count.

    static/answering.js and the essay's page count in the same way.
    """
    return len(text.split())
