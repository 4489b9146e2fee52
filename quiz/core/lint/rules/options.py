"""Flaws in the shape of an option list: options about options, twins, lengths, lost order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedQuestion, OptionList
from quiz.core.lint.rule import found, rule
from quiz.core.lint.sequences import in_order
from quiz.core.messages import N_
from quiz.core.text_folding import fold

_ALL_OR_NONE = re.compile(
    r"\b(?:all|none|any|both|neither) (?:of )?(?:the |these |those )?"
    r"(?:above|below|others|(?:other )?(?:options|answers|choices)|foregoing|preceding)\b"
    r"|^(?:all|none|both|neither) of (?:these|those|them)\b|^(?:all|none|both|neither)[.!]?$"
)
_LETTER = r"(?:\(?[a-h]\)?|\(?[1-9]\)?|\(?(?:i{1,3}|iv|v|vi)\)?)"
_COMBINED = re.compile(
    rf"^(?:both |only |neither |options? |answers? )*{_LETTER}(?:(?:, ?|,? (?:and|or|nor|&) |/){_LETTER})+"
    r"(?: only| are (?:right|correct|true))?[.]?$"
)
_PLACE = re.compile(r"\b(?:above|below|foregoing|preceding)\b")
_MARKEDLY = 1.3
_AT_LEAST = 12
_LONG_ENOUGH = 25


@rule(
    "warning",
    N_("Whoever knows one option can judge all of them; it tests logic, not the matter. Name what is meant."),
    english_only=True,
)
def all_or_none_of_the_above(question: LintedQuestion) -> Iterator[Found]:
    for option in question.options:
        if _ALL_OR_NONE.search(" ".join(option.words)):
            yield found(option.where, N_("“{text}” is an option about the other options"), text=option.plain)


@rule(
    "warning",
    N_("Combined options reward working out the combinations. Ask with several right options instead."),
    english_only=True,
)
def combined_options(question: LintedQuestion) -> Iterator[Found]:
    for option in question.options:
        # A row of bare numbers is an answer of its own, not a choice among numbered statements.
        if _COMBINED.match(option.plain.lower()) and option.plain.strip("0123456789.,/ "):
            yield found(option.where, N_("“{text}” combines other options"), text=option.plain)


@rule(
    "error",
    N_("Options are shuffled for each learner, so what stands above differs from one to the next."),
    english_only=True,
)
def place_named_in_shuffled_options(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        for option in options.options if options.is_shuffled else ():
            if _PLACE.search(option.plain.lower()) and _ALL_OR_NONE.search(" ".join(option.words)):
                yield found(
                    option.where,
                    N_("“{text}” names a place, but the options are shuffled"),
                    text=option.plain,
                )


@rule("error", N_("Learners can't tell two equal options apart, so choosing one of them is luck."))
def duplicate_options(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        seen: dict[str, str] = {}
        for option in options.options:
            same = " ".join(option.words) or fold(option.plain)
            if same in seen:
                yield found(
                    option.where, N_("“{text}” says the same as {other}"), text=option.plain, other=seen[same]
                )
            seen.setdefault(same, option.where)


@rule("error", N_("Whatever is chosen, nobody can be right."))
def no_right_option(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        if not options.right and not question.view.may_lack_key:
            yield found(options.where, N_("no option is marked as right"))


@rule(
    "warning",
    N_(
        "Authors make the right option exact and so the longest; test-wise learners know that. "
        "Even the lengths out."
    ),
)
def longest_option_is_key(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        key = options.key
        if key is None or len(options.wrong) < 2:
            continue
        length, longest = len(key.plain), max(len(option.plain) for option in options.wrong)
        if length >= _LONG_ENOUGH and length >= longest * _MARKEDLY and length - longest >= _AT_LEAST:
            yield found(
                key.where,
                N_("the right option has {length} characters, the next longest {longest}"),
                length=length, longest=longest,
            )  # fmt: skip


@rule(
    "warning",
    N_(
        "Numbers and dates out of order cost reading time and tell nothing. List them in order and "
        "don't shuffle them."
    ),
)
def unordered_options(question: LintedQuestion) -> Iterator[Found]:
    for options in question.view.lists:
        if options.may_be_ordered:
            yield from _unordered(options)


def _unordered(options: OptionList) -> Iterator[Found]:
    texts = [option.plain for option in options.options]
    ordered = in_order(texts)
    if ordered is None or len(texts) < 3:
        return
    listed = "\n".join(ordered)
    if texts not in (ordered, ordered[::-1]):
        yield found(
            options.where, N_("the options differ in their numbers or dates and are not in order"), fix=listed
        )
    elif options.is_shuffled:
        yield found(
            options.where,
            N_("the options are listed in order of numbers or dates, but are shuffled for learners"),
        )
