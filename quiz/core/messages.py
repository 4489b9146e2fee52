"""Sentences for people that the core writes in English and the pages translate."""

from __future__ import annotations

from typing import Any


def N_(text: str) -> str:
    """Mark a literal for translation; return it unchanged."""
    return text


class Explained(ValueError):
    """A problem told to a person: a sentence with named gaps, and what fills them.

    The sentence is a literal, so that it can be translated before the gaps are filled.
    """

    def __init__(self, sentence: str, /, **values: Any) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values)
