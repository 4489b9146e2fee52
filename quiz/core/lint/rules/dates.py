"""Words and offices that are true on one day only: each needs a date beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import found, rule
from quiz.core.lint.texts import PlacedText, words_in
from quiz.core.lint.word_lists import HOLDING_VERBS, OFFICES, TIME_WORDS
from quiz.core.messages import N_

_TIME_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(TIME_WORDS)})(?![\w-])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
_OFFICE = "|".join(re.escape(office) for office in sorted(OFFICES, key=len, reverse=True))
# "Who is buried beside the president" speaks of no office: a preposition keeps the verb and the office apart.
_APART = (
    "about|after|against|as|at|before|behind|beside|between|by|for|from|in|near|on|over|than|through|to|under"
    "|with|without"
)
# A text that has none of these words needs no search.
_TELLING = frozenset(
    f"{word}{ending}"
    for word in (
        "now", "nowadays", "currently", "current", "presently", "today", "tonight", "yesterday", "tomorrow", "recent",
        "recently", "lately", "newly", "soon", "far", "present", "moment", "these", "this", "last", "next", "past",
    )
    for ending in ("", "'s")
)  # fmt: skip
_OFFICE_WORDS = frozenset(
    f"{word}{ending}"
    for office in OFFICES
    for word in words_in(office)
    if word != "of"
    for ending in ("", "'s")
)
_HOLDS_OFFICE = re.compile(
    rf"\b(?:{'|'.join(HOLDING_VERBS)})\s+(?:(?!(?:{_APART})\b)[\w'’-]+\s+){{0,3}}?(?:{_OFFICE})\b|\b(?:current|present|incumbent|sitting)\s+(?:{_OFFICE})\b",
    re.IGNORECASE,
)


@rule(
    "warning",
    N_(
        "It is read on another day than it was written. Put the date in its place: “as of June "
        "2026”, “in April 2024”."
    ),
    english_only=True,
)
def time_word_without_date(question: LintedQuestion) -> Iterator[Found]:
    for text in (*question.shown, *question.told):
        if _TELLING.isdisjoint(text.words):
            continue
        for sentence in _undated(question, text):
            if word := _TIME_WORD.search(sentence):
                yield found(text.where, N_("“{word}” without a date"), word=word[0])
                break


@rule(
    "warning",
    N_("Office-holders change. Say for which date it is asked, or ask about a date that does not change."),
    english_only=True,
)
def office_holder_without_date(question: LintedQuestion) -> Iterator[Found]:
    for text in question.shown:
        if _OFFICE_WORDS.isdisjoint(text.words):
            continue
        for sentence in _undated(question, text):
            if office := _HOLDS_OFFICE.search(sentence):
                yield found(
                    text.where,
                    N_("“{words}” speaks of an office in the present tense, without a date"),
                    words=office[0],
                )
                break


def _undated(question: LintedQuestion, text: PlacedText) -> Iterator[str]:
    """Give the sentences without a year; none if the question itself dates what its options say."""
    if text.where != "stem" and _YEAR.search(question.stem.plain):
        return
    yield from (sentence for sentence in text.sentences if not _YEAR.search(sentence))
