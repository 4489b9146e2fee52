"""Loaded words: what takes a side before the question is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.neutral_words import NEUTRAL_WORDS, NOT_LOADED
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import found, rule
from quiz.core.lint.texts import words_in
from quiz.core.messages import N_

_LONGEST_FIRST = sorted(NEUTRAL_WORDS, key=len, reverse=True)
_LOADED = re.compile(
    rf"(?P<term>{'|'.join(map(re.escape, NOT_LOADED))})"
    rf"|(?<![\w-])(?P<loaded>{'|'.join(map(re.escape, _LONGEST_FIRST))})(?![\w-])",
    re.IGNORECASE,
)

# The longest word of each phrase: a text that has none of them needs no search.
_TELLING_WORDS = frozenset(max(words_in(phrase), key=len) for phrase in NEUTRAL_WORDS)


@rule(
    "warning",
    N_(
        "The word takes a side. A fair question says who did what, and when; its learners may "
        "stand on either side."
    ),
    english_only=True,
)
def loaded_words(question: LintedQuestion) -> Iterator[Found]:
    for text in (*question.shown, *question.told):
        if _TELLING_WORDS.isdisjoint(text.words):
            continue
        loaded = [match["loaded"] for match in _LOADED.finditer(text.text) if match["loaded"]]
        for word in dict.fromkeys(loaded):
            neutral = NEUTRAL_WORDS[word.lower()]
            if neutral:
                sentence = N_("“{word}” is loaded; “{neutral}” says it without taking a side")
                yield found(
                    text.where, sentence, word=word, neutral=neutral, fix=_replaced(text.text, word, neutral)
                )
            else:
                yield found(
                    text.where, N_("“{word}” is loaded; say what was done, by whom and when"), word=word
                )


def _replaced(text: str, word: str, neutral: str) -> str:
    put = neutral[:1].upper() + neutral[1:] if word[:1].isupper() else neutral
    return re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", put, text)
