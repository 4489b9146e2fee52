"""Words that give the key away, or blur it: absolute and vague terms, echoes, convergence, grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedOption, LintedQuestion, OptionList
from quiz.core.lint.rule import found, rule
from quiz.core.lint.texts import PlacedText, root_of
from quiz.core.lint.word_lists import ABSOLUTE_TERMS, VAGUE_TERMS
from quiz.core.messages import N_

# "in all" sums up, "not at all" only strengthens, "first of all" orders; "above all" ranks.
_IDIOMS = re.compile(r"\b(?:in|first of|above|after) all\b|\ball (?:of a sudden|the same|too)\b")
# "more often" and "how many" compare and count; alone the words would blur.
_COUNTING = re.compile(
    r"\b(?:(?:more|as|so|less|how|too) )(?:often|frequently|many|few|several)\b|\bcommonly known\b"
)
_ARTICLES = ("a", "an", "the")
_SHORT = 5
"""Words up to which options are phrases; whole sentences begin as they must."""
_VOWEL = re.compile(r"[aeiou]|ho(?:ur|nest|no)|h(?:eir)", re.IGNORECASE)
_LIKE_A_CONSONANT = re.compile(r"(?:eu|u(?:ni|se|ti|ra|k\b)|one)", re.IGNORECASE)
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_ENDS_IN_ARTICLE = re.compile(r"\b(a|an)\s*(?:…|_+|:)?\s*$", re.IGNORECASE)


@rule(
    "warning",
    N_("Few things hold always or never, so such options are nearly always wrong, and learners know it."),
    english_only=True,
)
def absolute_terms(question: LintedQuestion) -> Iterator[Found]:
    for text in _judged_texts(question):
        words = _words_of(text, ABSOLUTE_TERMS, _IDIOMS)
        if words:
            yield found(
                text.where, N_("“{words}” leaves no exception"), words=", ".join(dict.fromkeys(words))
            )


@rule(
    "warning",
    N_(
        "Everybody reads such words otherwise, so the key can be argued about. Say how many, how "
        "often, by whose count."
    ),
    english_only=True,
)
def vague_terms(question: LintedQuestion) -> Iterator[Found]:
    for text in _judged_texts(question):
        words = _words_of(text, VAGUE_TERMS, _COUNTING)
        if words:
            yield found(text.where, N_("“{words}” can mean anything"), words=", ".join(dict.fromkeys(words)))


@rule(
    "warning",
    N_(
        "An option that echoes a word of the question is chosen for its sound. Use the word in all "
        "options, or in none."
    ),
    english_only=True,
)
def word_repeated_in_key(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        if options.key is None or len(options.wrong) < 2:
            continue
        elsewhere = frozenset[str]().union(*(option.roots for option in options.wrong))
        stem = question.stem.roots
        echoed = {root for root in options.key.roots & stem if len(root) > 3} - elsewhere
        # Where each option takes up another word of the stem, none of them stands out.
        if echoed and not all((option.roots & stem) - options.key.roots for option in options.wrong):
            words = [word for word in options.key.words if root_of(word) in echoed]
            yield found(
                options.key.where,
                N_("of all options only the right one repeats “{words}” from the question"),
                words=", ".join(dict.fromkeys(words)),
            )


@rule(
    "warning",
    N_("The option that shares most with the others is usually the key, since distractors are made from it."),
    english_only=True,
)
def convergence(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        if options.key is None or len(options.wrong) < 3:
            continue
        shared = _shared_with_others(options)
        key = shared[options.key.where]
        next_most = max(count for where, count in shared.items() if where != options.key.where)
        # Half as much again, and two words more, is what a learner who only compares options would notice.
        if key >= max(4, next_most * 1.5, next_most + 2):
            yield found(
                options.key.where,
                N_("the right option shares more words with the others than any of them does"),
            )


@rule(
    "warning",
    N_("What does not fit the grammar of the question can be struck out without knowing anything."),
    english_only=True,
)
def grammatical_cue(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        article = _ENDS_IN_ARTICLE.search(options.lead)
        if article and len(options.options) > 1:
            fitting = [_takes_an(o.plain) == (article[1].lower() == "an") for o in options.options]
            if not all(fitting):
                yield found(
                    options.where,
                    N_("“{article}” before the options fits only some of them"),
                    article=article[1],
                )
        yield from _odd_one_out(options)


def _odd_one_out(options: OptionList) -> Iterator[Found]:
    """Find what the key alone has, or alone lacks: a leading article, a plural, a full stop."""
    key = options.key
    if key is None or len(options.wrong) < 2 or not all(option.words for option in options.options):
        return
    looks: dict[str, Callable[[LintedOption], bool]] = {
        N_("a full stop ends the right option alone, or all others"): lambda o: o.plain.rstrip().endswith(
            "."
        ),
        N_("a capital letter begins the right option alone, or all others"): _begins_with_a_capital,
    }
    if max(len(option.words) for option in options.options) <= _SHORT:
        looks[N_("an article begins the right option alone, or all others")] = lambda o: (
            o.words[0] in _ARTICLES
        )
    for sentence, has in looks.items():
        if all(has(option) != has(key) for option in options.wrong):
            yield found(key.where, sentence)
    if all(len(o.words) == 1 and len(o.words[0]) > 3 for o in options.options):
        plural = {
            o.where: o.words[0].endswith("s") and not o.words[0].endswith(("ss", "us", "is"))
            for o in options.options
        }
        capital = all(o.plain[:1].isupper() for o in options.options)
        if not capital and all(plural[o.where] != plural[key.where] for o in options.wrong):
            yield found(
                key.where, N_("the right option differs from all others in number (singular or plural)")
            )


def _begins_with_a_capital(option: LintedOption) -> bool:
    """Tell whether the option does, a lower-case article before a name aside."""
    firsts = (option.plain[:1], _LEADING_ARTICLE.sub("", option.plain)[:1])
    return any(first.isupper() or not first.isalpha() for first in firsts)


def _shared_with_others(options: OptionList) -> dict[str, int]:
    """Return for each option how often its words stand in others; words that stand in all say nothing."""
    counts = Counter(root for option in options.options for root in option.roots)
    everywhere = len(options.options)
    return {
        o.where: sum(counts[root] - 1 for root in o.roots if 1 < counts[root] < everywhere)
        for o in options.options
    }


def _judged_texts(question: LintedQuestion) -> Iterator[PlacedText]:
    """Give what a learner judges to be right or wrong: options, and a statement that is judged."""
    yield from question.options
    if question.view.judged is not None:
        yield question.stem


def _words_of(text: PlacedText, terms: frozenset[str], idioms: re.Pattern[str]) -> list[str]:
    """Return the terms that the text uses, idioms aside."""
    if terms.isdisjoint(text.words):
        return []
    return [word for word in idioms.sub(" ", " ".join(text.words)).split() if word in terms]


def _takes_an(text: str) -> bool:
    return bool(_VOWEL.match(text)) and not _LIKE_A_CONSONANT.match(text)
