"""Questions that get in each other's way: one gives another away, or says it twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import LintedBank, bank_rule, found
from quiz.core.lint.texts import PlacedText, words_in
from quiz.core.messages import N_

_SAME_MATTER = 0.5
"""Share of what another question is about, weighed by rarity, that a stem about the same must hold."""
_OFTEN = 4
"""Questions in which a sentence stands before it counts as a formula of the bank."""

_MOST_HOLDERS = 50
"""Questions with the same key and rare word that a stem is held against, so that clones can't make it n²."""

Phrase = tuple[str, ...]
Keyed = dict[str, dict[Phrase, dict[str, list[int]]]]
"""By first word and key: the questions that have that key, by each of the rarest roots in their stems."""


@bank_rule(
    "warning",
    N_(
        "Who meets both questions copies the answer from one to the other. Reword one, or keep "
        "them out of one quiz."
    ),
)
def cues_another(bank: LintedBank) -> Iterator[tuple[str, Found]]:
    questions = bank.questions
    known = Counter(root for question in questions for root in question.stem.roots)
    keyed = _keyed(questions, known)
    for n, question in enumerate(questions):
        for phrase in dict.fromkeys(_keys_in(question.stem.words, keyed)):
            about = keyed[phrase[0]][phrase]
            near = sorted({m for root in question.stem.roots for m in about.get(root, ()) if m != n})
            other = next((m for m in near if _same_matter(question, questions[m], known)), None)
            if other is not None:
                key = next(k.plain for k in questions[other].view.keys if k.words == phrase)
                yield (
                    question.id,
                    found(
                        "stem",
                        N_("the stem holds the key of {other}: “{key}”"),
                        other=questions[other].id,
                        key=key,
                    ),
                )


@bank_rule(
    "warning",
    N_(
        "Two wordings of one question count twice, and one gives the other away. Merge them, or "
        "make them differ."
    ),
)
def near_duplicate(bank: LintedBank) -> Iterator[tuple[str, Found]]:
    for pair in bank.near:
        first, second = bank.questions[pair.first], bank.questions[pair.second]
        yield (
            second.id,
            found(
                "stem",
                N_("nearly the same as {other} ({likeness:.0%} alike)"),
                other=first.id,
                likeness=pair.likeness,
            ),
        )


def texts_to_compare(questions: Sequence[LintedQuestion]) -> list[str]:
    """Return what near-duplicates are found by: words and key, without the formulas of the bank."""
    formulas = Counter(sentence for question in questions for sentence in set(question.stem.sentences))
    return [_compared(question, formulas) for question in questions]


def _compared(question: LintedQuestion, formulas: Counter[str]) -> str:
    own = [s for s in question.stem.sentences if formulas[s] < _OFTEN]
    words = [word for sentence in own for word in words_in(sentence)]
    words += [word for text in question.view.asked for word in text.words]
    words += [word for option in sorted(question.options, key=lambda o: o.words) for word in option.words]
    return " ".join([*words, "=", *(word for key in question.view.keys[:1] for word in key.words)])


def _keyed(questions: Sequence[LintedQuestion], known: Counter[str]) -> Keyed:
    """Return the rarest roots of the stem: a stem about the same matter must hold one of them."""
    keyed: Keyed = {}
    for n, question in enumerate(questions):
        telling = _telling_roots(question, known)
        for key in question.view.keys:
            if _can_be_recognised(key) and not _holds(question.stem.words, key.words):
                about = keyed.setdefault(key.words[0], {}).setdefault(key.words, {})
                for root in telling:
                    if len(holders := about.setdefault(root, [])) < _MOST_HOLDERS:
                        holders.append(n)
    return keyed


def _telling_roots(question: LintedQuestion, known: Counter[str]) -> list[str]:
    """Return the rarest roots of the stem: any stem about the same matter must hold one of them."""
    rarest = sorted(question.stem.roots, key=lambda root: (known[root], root))
    room = (1 - _SAME_MATTER) * sum(1 / known[root] for root in rarest)
    telling = []
    for root in rarest:
        if room < 0:
            break
        telling.append(root)
        room -= 1 / known[root]
    return telling


def _can_be_recognised(key: PlacedText) -> bool:
    """A short number or word stands everywhere by accident; a year, a name or a phrase does not."""
    if len(key.words) == 1:
        return (key.words[0].isdigit() and len(key.words[0]) == 4) or (
            len(key.words[0]) > 4 and key.plain[:1].isupper()
        )
    return any(len(word) > 3 for word in key.words)


def _keys_in(words: Phrase, keyed: Keyed) -> Iterator[Phrase]:
    for place, word in enumerate(words):
        for phrase in keyed.get(word, ()):
            if words[place : place + len(phrase)] == phrase:
                yield phrase


def _same_matter(question: LintedQuestion, other: LintedQuestion, known: Counter[str]) -> bool:
    asked = other.stem.roots
    weight = sum(1 / known[root] for root in asked)
    return sum(1 / known[root] for root in asked & question.stem.roots) >= _SAME_MATTER * weight > 0


def _holds(words: Phrase, phrase: Phrase) -> bool:
    return any(words[n : n + len(phrase)] == phrase for n in range(len(words) - len(phrase) + 1))
