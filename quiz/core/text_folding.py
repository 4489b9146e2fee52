"""Folding text so that spellings which mean the same compare equal, in search and in typed answers."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "ک": "ك", "ی": "ي", "گ": "ك", "ـ": None,
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "ß": "ss", "ø": "o", "đ": "d", "ł": "l",
    }
)  # fmt: skip


def fold(text: str, *, case_sensitive: bool = False) -> str:
    """Return the text with accents, tashkeel, width, dashes, quotes and spaces made alike; and case, unless told."""
    if text.isascii():
        # Most of what is indexed is: ten times as fast, and nothing of the rest would change it.
        return " ".join((text if case_sensitive else text.lower()).replace("`", "'").split())
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in plain)
    plain = unicodedata.normalize("NFKC", plain if case_sensitive else plain.casefold()).translate(_LETTERS)
    return " ".join(plain.split())


_ARTICLE = re.compile(r"\b(?:و?ال|بال|لل)(?=\w{3,})")


def fold_for_search(text: str) -> str:
    """Return the folded text as search keeps it: the Arabic article is dropped too."""
    folded = fold(text)
    return folded if folded.isascii() else _ARTICLE.sub("", folded)
