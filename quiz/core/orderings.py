"""Partial credit for putting things in order: nine ways, by the names Moodle's ordering question gave them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, get_args

Grading = Literal[
    "all_or_nothing",
    "absolute_position",
    "relative_next_exclude_last",
    "relative_next_include_last",
    "relative_one_previous_and_next",
    "relative_all_previous_and_next",
    "longest_ordered_subset",
    "longest_contiguous_subset",
    "relative_to_correct",
]
GRADINGS: tuple[Grading, ...] = get_args(Grading)


def ordering_fraction(right: Sequence[str], given: Sequence[str], grading: Grading) -> float:
    """Return what the given order earns, 0 to 1.

    right, given: the same distinct things, each in its order. Raises ValueError if they are not the same things.
    """
    if sorted(right) != sorted(given):
        raise ValueError("both orders must hold the same things, each once")
    return _FRACTIONS[grading](right, given)


def _all_or_nothing(right: Sequence[str], given: Sequence[str]) -> float:
    return float(list(right) == list(given))


def _absolute_position(right: Sequence[str], given: Sequence[str]) -> float:
    return sum(r == g for r, g in zip(right, given, strict=True)) / len(right)


def _relative_next(right: Sequence[str], given: Sequence[str], *, include_last: bool) -> float:
    # The last thing has no next; counted, it is right when nothing follows it.
    ends = (None,) if include_last else ()
    right_neighbours = set(pairwise((*right, *ends)))
    neighbours = list(pairwise((*given, *ends)))
    return sum(pair in right_neighbours for pair in neighbours) / max(len(neighbours), 1)


def _relative_one_previous_and_next(right: Sequence[str], given: Sequence[str]) -> float:
    right_next = dict(pairwise((None, *right, None)))
    right_previous = {after: before for before, after in pairwise((None, *right, None))}
    earned = 0
    for before, thing, after in zip((None, *given), given, (*given[1:], None), strict=False):
        earned += (right_previous[thing] == before) + (right_next[thing] == after)
    return earned / (2 * len(given))


def _relative_all_previous_and_next(right: Sequence[str], given: Sequence[str]) -> float:
    place = {thing: n for n, thing in enumerate(given)}
    count = len(right)
    kept = sum(place[a] < place[b] for n, a in enumerate(right) for b in right[n + 1 :])
    return kept / max(count * (count - 1) // 2, 1)


def _longest_ordered_subset(right: Sequence[str], given: Sequence[str]) -> float:
    place = {thing: n for n, thing in enumerate(right)}
    tails: list[int] = []
    for n in (place[thing] for thing in given):
        at = bisect_left(tails, n)
        tails[at : at + 1] = [n]
    return len(tails) / len(right) if len(tails) > 1 else 0.0


def _longest_contiguous_subset(right: Sequence[str], given: Sequence[str]) -> float:
    place = {thing: n for n, thing in enumerate(right)}
    longest = run = 1
    for a, b in pairwise(given):
        run = run + 1 if place[b] == place[a] + 1 else 1
        longest = max(longest, run)
    return longest / len(right) if longest > 1 else 0.0


def _relative_to_correct(right: Sequence[str], given: Sequence[str]) -> float:
    place = {thing: n for n, thing in enumerate(right)}
    count = len(right)
    if count < 2:
        return 1.0
    return sum((count - 1) - abs(n - place[thing]) for n, thing in enumerate(given)) / (count * (count - 1))


_FRACTIONS: dict[Grading, Callable[[Sequence[str], Sequence[str]], float]] = {
    "all_or_nothing": _all_or_nothing,
    "absolute_position": _absolute_position,
    "relative_next_exclude_last": lambda right, given: _relative_next(right, given, include_last=False),
    "relative_next_include_last": lambda right, given: _relative_next(right, given, include_last=True),
    "relative_one_previous_and_next": _relative_one_previous_and_next,
    "relative_all_previous_and_next": _relative_all_previous_and_next,
    "longest_ordered_subset": _longest_ordered_subset,
    "longest_contiguous_subset": _longest_contiguous_subset,
    "relative_to_correct": _relative_to_correct,
}
