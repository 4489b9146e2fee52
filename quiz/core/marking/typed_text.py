"""Typed words against accepted answers, compared as Moodle does: ``*``, ``\\*``, and nothing else.

It folds less than our own types do (an accent counts), since other people's keys were written for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from quiz.core.items import TextAnswer
from quiz.core.wildcards import has_parts_in_order

_STAR = re.compile(r"(?<!\\)\*+")


def accepts(pattern: str, typed: str, *, case_sensitive: bool) -> bool:
    """Tell whether the text is what the pattern accepts, from its first character to its last."""
    parts = [part.replace("\\*", "*") for part in _STAR.split(_comparable(pattern, case_sensitive))]
    return has_parts_in_order(_comparable(typed, case_sensitive), parts)


def first_accepting(answers: Sequence[TextAnswer], typed: str, *, case_sensitive: bool) -> TextAnswer | None:
    """Return the first answer that accepts the text, None if none does.

    An answer without text accepts nothing.
    """
    for answer in answers:
        if answer.text.strip() and accepts(answer.text, typed, case_sensitive=case_sensitive):
            return answer
    return None


def _comparable(text: str, case_sensitive: bool) -> str:
    plain = unicodedata.normalize("NFC", text).strip()
    return plain if case_sensitive else "".join(_folded(c) for c in plain)


def _folded(character: str) -> str:
    # One character for one: "ß" is no "ss" to Moodle's pattern, though it is to str.casefold().
    folded = character.casefold()
    return folded if len(folded) == 1 else character
