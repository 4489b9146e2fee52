"""Texts as the rules read them: without Markdown, cut into words and sentences once and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quiz.core.lint.kept import kept
from quiz.core.lint.word_lists import EMPTY_WORDS
from quiz.core.text_folding import fold

# What opens a mark ends the search for its end, so that a thousand openings don't take a million steps.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_MARKS = re.compile(r"[*`]+|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)")
_HAS_MARKS = re.compile(r"[*`_]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# An abbreviation's point does not end a sentence: a capital letter must follow, and no single letter go
# before.
_SENTENCE_END = re.compile(r"(?<=[.!?…؟。])(?<!\b\w\.)[\"”»)]*\s+(?=[\"“«(]*[^\sa-z])")
_TYPOGRAPHY = str.maketrans("’‘“”–—…−\xa0", "''\"\"--.- ")
_ENDINGS = re.compile(r"(?:'s|s'|ies|ing|ed|es|s|y|e)$")


@dataclass(frozen=True)
class PlacedText:
    """A text and where it stands. text: Markdown, as written."""

    where: str
    text: str

    @kept
    def plain(self) -> str:
        """Return the text without the marks of Markdown and HTML."""
        return plain_text(self.text)

    @kept
    def words(self) -> tuple[str, ...]:
        """Return the words, folded, in order."""
        return words_in(self.plain)

    @kept
    def sentences(self) -> tuple[str, ...]:
        """Return the sentences, without marks."""
        return tuple(s.strip() for s in _SENTENCE_END.split(self.plain) if s.strip())

    @kept
    def roots(self) -> frozenset[str]:
        """Return the roots of the words that carry meaning."""
        return roots_of(self.words)


def plain_text(text: str) -> str:
    """Return the text without the marks of Markdown and HTML; of a picture, its description stays."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _MARKS.sub("", text) if _HAS_MARKS.search(text) else text


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of the text, folded, in order."""
    # Folding takes 30 times as long as this, and few texts need it once their quotes and dashes are plain.
    plain = text if text.isascii() else text.translate(_TYPOGRAPHY)
    return tuple(_WORD.findall(plain.lower() if plain.isascii() else fold(plain)))


def roots_of(words: tuple[str, ...]) -> frozenset[str]:
    """Return the roots of those words that carry meaning, in English; numbers are their own."""
    return frozenset(
        root_of(word) for word in words if word not in EMPTY_WORDS and (len(word) > 1 or word.isdigit())
    )


@lru_cache(maxsize=50_000)
def root_of(word: str) -> str:
    """Return the word without its usual English endings, so that "ally" meets "allies".

    Rough, but the same each time.
    """
    if len(word) < 5 or not word.isalpha() and "'" not in word:
        return word.removesuffix("'s")
    return _ENDINGS.sub("", word)
