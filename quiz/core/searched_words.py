"""The words of a text, as search keeps them: folded, and bare of every sign."""

from __future__ import annotations

import re

from quiz.core.text_folding import fold_for_search

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the folded words of the text, in order, without any sign between them."""
    return _WORD.findall(fold_for_search(text))
