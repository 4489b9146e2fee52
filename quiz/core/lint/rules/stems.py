"""Flaws in the question itself: nothing asked, blanks, negatives, length, hard reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import found, rule
from quiz.core.lint.texts import PlacedText, words_in
from quiz.core.lint.word_lists import INSTRUCTIONS, NEGATIVE_WORDS
from quiz.core.messages import N_

_BLANK = re.compile(r"_{2,}|\.{4,}|…(?=\s*\w)|\[\s*(?:blank|\.{3}|…)?\s*\]|\(\s*(?:\.{3}|…|_+)\s*\)")
_NEGATIVE = re.compile(rf"(?<![\w*_])(?:{'|'.join(NEGATIVE_WORDS)}|\w+n['’]t)(?![\w*_])", re.IGNORECASE)
# "whether or not" and "not only" negate nothing.
_NO_NEGATIVE = re.compile(r"\bwhether or not\b|\bnot only\b|\bat least\b|\bnot yet\b", re.IGNORECASE)
_QUESTION_MARKS = ("?", "؟", "？", ";", "՞")

MOST_WORDS = 80
MOST_WORDS_IN_A_SENTENCE = 40
HARDEST = 65
"""LIX above which a stem is told to be hard: 60 and more is the level of laws and specialist journals."""
_ENOUGH_FOR_LIX = 25


@rule("error", N_("Without a question there is nothing to answer."))
def no_stem(question: LintedQuestion) -> Iterator[Found]:
    if not question.stem.plain.strip() and not question.view.has_gaps:
        yield found("stem", N_("there is no question text"))


@rule(
    "warning",
    N_("A stem should ask one whole question, so that it can be answered before the options are read."),
    english_only=True,
)
def stem_without_question(question: LintedQuestion) -> Iterator[Found]:
    view, stem = question.view, question.stem
    if not view.is_question or view.judged is not None or view.has_gaps or not stem.plain.strip():
        return
    asks = any(sentence.rstrip('"”» )').endswith(_QUESTION_MARKS) for sentence in stem.sentences)
    if not asks and not any(INSTRUCTIONS & set(words_in(part)[:2]) for part in _clauses(stem)):
        yield found("stem", N_("the stem neither asks a question nor says what to do"))


@rule(
    "warning",
    N_(
        "A blank makes learners hold the sentence in mind while they read the options. Ask, or use "
        "a text with gaps."
    ),
)
def blank_in_stem(question: LintedQuestion) -> Iterator[Found]:
    blank = _BLANK.search(question.stem.text)
    if blank and not question.view.has_gaps:
        yield found("stem", N_("there is a blank in the stem: {blank}"), blank=blank[0])


@rule(
    "warning",
    N_("A negative is overlooked by those who know the matter. Ask for what is so, or emphasise the word."),
    english_only=True,
)
def negative_wording(question: LintedQuestion) -> Iterator[Found]:
    stem = question.stem
    if question.view.judged is not None:
        sentence = stem.sentences[-1] if stem.sentences else ""
    else:
        sentence = next((s for s in reversed(stem.sentences) if s.endswith(_QUESTION_MARKS)), "")
    words = {n[0] for n in _NEGATIVE.finditer(_NO_NEGATIVE.sub(" ", sentence)) if n[0] != n[0].upper()}
    bare = [word for word in words if re.search(rf"(?<![\w*_]){re.escape(word)}(?![\w*_])", stem.text)]
    if bare:
        fix = stem.text
        for word in bare:
            fix = re.sub(rf"(?<![\w*_]){re.escape(word)}(?![\w*_])", f"**{word}**", fix)
        yield found(
            "stem",
            N_("the question is negative ({words}), and the word is not emphasised"),
            words=", ".join(sorted(bare)),
            fix=fix,
        )


@rule(
    "warning",
    N_("What has to be read twice measures reading, and time. Put the background elsewhere, or cut it."),
)
def long_stem(question: LintedQuestion) -> Iterator[Found]:
    count = len(question.stem.words)
    if count > MOST_WORDS:
        yield found(
            "stem",
            N_("the stem has {count} words; more than {most} are hard to hold in mind"),
            count=count,
            most=MOST_WORDS,
        )
    longest = max((len(words_in(sentence)) for sentence in question.stem.sentences), default=0)
    if longest > MOST_WORDS_IN_A_SENTENCE and question.view.is_question:
        yield found("stem", N_("a sentence of the stem has {count} words; cut it in two"), count=longest)


@rule(
    "warning",
    N_(
        "Long sentences of long words keep people out who know the answer. Shorter words and "
        "sentences say the same."
    ),
)
def hard_to_read(question: LintedQuestion) -> Iterator[Found]:
    index = lix(question.stem)
    if index is not None and index > HARDEST and question.stem.plain.isascii() | question.is_english:
        yield found(
            "stem",
            N_("the readability index of the stem is {index:.0f}; above {most} it is hard to read"),
            index=index,
            most=HARDEST,
        )


def lix(text: PlacedText) -> float | None:
    """Return the readability index: about 20 is very easy, 40 medium, 60 very hard; None for a short text.

    LIX: words per sentence plus per cent of words of more than six letters. C.-H. Björnsson, Läsbarhet
    (Stockholm 1968); for English: J. Anderson, "Lix and Rix: Variations on a Little-Known Readability
    Index", Journal of Reading 26 (1983). It counts no syllables, so it needs no dictionary. Names don't count
    as long words: they are what is asked about.
    """
    if len(text.words) < _ENOUGH_FOR_LIX or not text.sentences:
        return None
    cut = [[word.strip(".,;:?!()[]\"'“”’") for word in sentence.split()] for sentence in text.sentences]
    long = sum(len(word) > 6 and (not n or word.islower()) for words in cut for n, word in enumerate(words))
    return len(text.words) / len(text.sentences) + 100 * long / len(text.words)


def _clauses(stem: PlacedText) -> Iterator[str]:
    """Give the sentences of the stem, and what follows a colon or a comma: "Four battles: match each …"."""
    for sentence in stem.sentences:
        yield sentence
        yield from sentence.split(":")[1:]
        yield from sentence.split(",")[1:]
