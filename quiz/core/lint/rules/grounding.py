"""What keys rest on: no claim at all, a doubtful claim, a claim that does not speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from quiz.core.claims import Claim
from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import found, rule
from quiz.core.lint.texts import PlacedText, root_of, roots_of, words_in
from quiz.core.lint.word_lists import MONTHS, SMALL_NUMBERS
from quiz.core.messages import N_

_NAMES_A_SOURCE = re.compile(
    r"\b(?:according to|article|author|faq|text|source|page|passage|report|paper|book|document|says|writes"
    r"|names)\b",
    re.IGNORECASE,
)


@rule(
    "warning",
    N_("A key that rests on nothing can't be checked, and never counts. Cite the claim that it comes from."),
)
def no_citation(question: LintedQuestion) -> Iterator[Found]:
    # Where a person answers for the mark, it counts without a claim.
    if question.view.is_question and not question.cited and question.standing.about == "key":
        yield found("key", N_("the question cites no claim"))


@rule(
    "warning",
    N_(
        "A question about what is so, resting on a claim that is not supported, stands as "
        "Unverified and is not counted."
    ),
)
def unverified_key(question: LintedQuestion) -> Iterator[Found]:
    if question.basis == "text" or not question.cited or question.standing.is_verified:
        return
    for reason in question.standing.reasons:
        verdict = str(reason.verdict or "") or reason.sentence.format(date=reason.since)
        yield found(
            "key",
            N_("{claim}, which the question leans on, is not verified: {verdict}"),
            claim=reason.claim,
            verdict=verdict,
        )


@rule(
    "note",
    N_(
        "Such a question shows In the source and Unverified side by side, and is not counted "
        "unless the quiz says so."
    ),
)
def unverified_text_key(question: LintedQuestion) -> Iterator[Found]:
    if question.basis == "text" and question.cited and not question.standing.is_verified:
        claims = ", ".join(reason.claim for reason in question.standing.reasons if reason.claim)
        yield found("key", N_("what the source says here is not verified as a fact: {claims}"), claims=claims)


@rule(
    "warning",
    N_("Read without the badge, what a source says must not sound like a fact. Begin with “According to …”."),
    english_only=True,
)
def source_not_named(question: LintedQuestion) -> Iterator[Found]:
    if question.basis == "text" and not _NAMES_A_SOURCE.search(question.stem.plain):
        yield found("stem", N_("the question asks what a source says and does not name the source"))


@rule(
    "warning",
    N_(
        "Either the wrong claim is cited, or the key goes further than the claim. Cite the claim "
        "that says it."
    ),
    english_only=True,
)
def key_not_in_claims(question: LintedQuestion) -> Iterator[Found]:
    if not question.cited or not question.view.keys:
        return
    claims = _claim_roots(question)
    for place, keys in _by_place(question.view.keys).items():
        roots = [_searched(key) for key in keys]
        if all(root and not root & claims for root in roots):
            yield found(place, N_("no cited claim mentions “{key}”"), key=keys[0].plain)


@rule(
    "note",
    N_(
        "A distractor that nothing speaks of may be right after all, and learners get no reason "
        "why it is wrong."
    ),
    english_only=True,
)
def unsupported_options(question: LintedQuestion) -> Iterator[Found]:
    if not question.cited:
        return
    known = _claim_roots(question) | question.feedback.roots
    for options in question.view.lists:
        silent = [
            o
            for o in options.wrong
            if not o.feedback and (o.roots - question.stem.roots) and not o.roots & known
        ]
        if silent:
            texts = "; ".join(option.plain for option in silent)
            yield found(options.where, N_("no cited claim and no feedback speaks of: {texts}"), texts=texts)


def _claim_roots(question: LintedQuestion) -> frozenset[str]:
    return frozenset[str]().union(*(_roots_of_claim(cited.claim) for cited in question.cited))


@lru_cache(maxsize=1000)
def _roots_of_claim(claim: Claim) -> frozenset[str]:
    return roots_of(
        words_in(f"{claim.statement} {claim.correction} {claim.reason} {claim.asserted_by} {claim.as_of}")
    )


def _by_place(keys: tuple[PlacedText, ...]) -> dict[str, list[PlacedText]]:
    places: dict[str, list[PlacedText]] = {}
    for key in keys:
        places.setdefault(key.where, []).append(key)
    return places


def _searched(key: PlacedText) -> frozenset[str]:
    # Of a date the year has to be there: claims may write it as 2024-04-01, and the day may follow from
    # another fact.
    years = frozenset(word for word in key.words if len(word) == 4 and word.isdigit())
    is_date = all(word.isdigit() or word in MONTHS for word in key.words)
    in_words = {
        root_of(SMALL_NUMBERS[int(word)])
        for word in key.words
        if word.isdigit() and int(word) < len(SMALL_NUMBERS)
    }
    return years if years and is_date else key.roots | in_words
