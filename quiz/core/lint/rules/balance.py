"""Habits of a bank that a guesser can learn: where keys stand, how long they are, how often they are true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.question import OptionList
from quiz.core.lint.rule import BANK, LintedBank, bank_rule, found
from quiz.core.lint.statistics import at_least, binomial_two_sided, chi_square_tail
from quiz.core.messages import N_

TOO_RARE = 0.05
"""How unlikely a distribution must be under chance to be told: one fair bank in twenty is told too."""
_LEAST_EXPECTED = 5
"""Keys expected at each place, below which the chi-square test is not to be trusted."""


@bank_rule(
    "warning",
    N_(
        "Who notices the habit guesses better than chance, wherever options stand as they are "
        "listed. Move some keys."
    ),
)
def key_position_bias(bank: LintedBank) -> Iterator[tuple[str, Found]]:
    for size, places in sorted(_places(bank).items()):
        count = len(places)
        if count < _LEAST_EXPECTED * size:
            continue
        counts = Counter(places)
        shares = [counts[place] for place in range(size)]
        expected = count / size
        square = sum((share - expected) ** 2 / expected for share in shares)
        chance = chi_square_tail(square, size - 1)
        if chance < TOO_RARE:
            yield "", found(
                BANK,
                N_(
                    "of {count} keys among {size} options, {shares} stand at places 1 to {size} "
                    "(chi-square, p = {chance:.3f})"
                ),
                count=count, size=size, shares=", ".join(map(str, shares)), chance=chance,
            )  # fmt: skip


@bank_rule(
    "warning",
    N_("Choosing the longest option then beats guessing. Lengthen some distractors or shorten some keys."),
)
def key_is_longest_by_habit(bank: LintedBank) -> Iterator[tuple[str, Found]]:
    lists = [options for options in _single_key_lists(bank) if len(options.options) > 2 and _longest(options)]
    longest = sum(options.key is _longest(options) for options in lists)
    by_chance = sum(1 / len(options.options) for options in lists) / len(lists) if lists else 0.0
    chance = at_least(longest, len(lists), by_chance)
    if lists and chance < TOO_RARE / 5:
        yield "", found(
            BANK,
            N_("in {longest} of {count} lists the key is the longest option (binomial, p = {chance:.4f})"),
            longest=longest, count=len(lists), chance=chance,
        )  # fmt: skip


@bank_rule(
    "warning", N_("If most statements are true, saying true is a good guess. Turn some of them round.")
)
def true_false_balance(bank: LintedBank) -> Iterator[tuple[str, Found]]:
    answers = [question.view.judged for question in bank.questions if question.view.judged is not None]
    true = sum(answers)
    chance = binomial_two_sided(true, len(answers))
    if answers and chance < TOO_RARE:
        yield "", found(
            BANK,
            N_("{true} of {count} statements are true (exact binomial test, p = {chance:.3f})"),
            true=true, count=len(answers), chance=chance,
        )  # fmt: skip


def _places(bank: LintedBank) -> dict[int, list[int]]:
    """Return where the keys stand, by the number of options.

    Lists whose order the numbers give are no habit.
    """
    places: dict[int, list[int]] = {}
    for options in _single_key_lists(bank):
        if options.is_shuffled and options.key_place is not None:
            places.setdefault(len(options.options), []).append(options.key_place)
    return places


def _single_key_lists(bank: LintedBank) -> Iterator[OptionList]:
    for question in bank.questions:
        yield from (options for options in question.view.lists if options.key)


def _longest(options: OptionList) -> object | None:
    """Return the option that is longer than all others, None if two share that."""
    ordered = sorted(options.options, key=lambda option: len(option.plain), reverse=True)
    return ordered[0] if len(ordered[0].plain) > len(ordered[1].plain) else None
