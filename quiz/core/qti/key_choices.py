"""The keys of choices and of orders, found by trying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations
from typing import NamedTuple

from quiz.core.orderings import GRADINGS, Grading, ordering_fraction
from quiz.core.qti.probing import NoKey

_ALL_SUBSETS_UP_TO = 8
_ALL_ORDERS_UP_TO = 5
_SAME = 1e-6

Score = Callable[[Sequence[str]], Decimal]


class OneKey(NamedTuple):
    """best: the score that counts as full. fractions: of each choice, of that."""

    best: Decimal
    fractions: tuple[float, ...]


@dataclass(frozen=True)
class SeveralKey:
    """exact: whether the fractions give every score that was tried."""

    best: Decimal
    fractions: tuple[float, ...]
    all_or_nothing: bool
    exact: bool


def fraction_of(score: Decimal, best: Decimal) -> float:
    """Return the share of the best score, -1 to 1."""
    return max(-1.0, min(1.0, float(score / best)))


def key_of_one(choices: Sequence[str], score: Score) -> OneKey:
    """Return what each choice alone earns. Raises NoKey if none earns anything."""
    scores = [score([choice]) for choice in choices]
    best = max(scores, default=Decimal(0))
    if best <= 0:
        raise NoKey
    return OneKey(best, tuple(fraction_of(s, best) for s in scores))


def key_of_several(choices: Sequence[str], correct: Sequence[str], score: Score) -> SeveralKey:
    """Return what the choices earn together. Raises NoKey if nothing earns anything."""
    tried = {frozenset(chosen): score(chosen) for chosen in _subsets(choices, correct)}
    best_set = max(tried, key=lambda chosen: (tried[chosen], chosen == frozenset(correct), -len(chosen)))
    best = tried[best_set]
    if best <= 0:
        raise NoKey
    if all(s <= 0 for chosen, s in tried.items() if chosen != best_set):
        return SeveralKey(best, tuple(float(choice in best_set) for choice in choices), True, True)
    shares = {choice: _share(choice, best_set, score) for choice in choices}
    exact = all(_same(_clipped(sum((shares[c] for c in chosen), Decimal(0)), best), _clipped(s, best))
                for chosen, s in tried.items())  # fmt: skip
    return SeveralKey(best, tuple(fraction_of(shares[c], best) for c in choices), False, exact)


def _subsets(choices: Sequence[str], correct: Sequence[str]) -> list[tuple[str, ...]]:
    if len(choices) <= _ALL_SUBSETS_UP_TO:
        return [chosen for n in range(len(choices) + 1) for chosen in combinations(choices, n)]
    right = tuple(choice for choice in choices if choice in correct)
    near = [right, *(tuple(c for c in right if c != left_out) for left_out in right)]
    more = [(*right, choice) for choice in choices if choice not in right]
    return [(), *near, *more, tuple(choices), *((c,) for c in choices), *list(combinations(choices, 2))[:300]]


def _share(choice: str, best_set: frozenset[str], score: Score) -> Decimal:
    """Return what the choice adds, seen where no bound hides it: beside the best, or alone."""
    best = sorted(best_set)
    if choice in best_set:
        rest = [c for c in best if c != choice]
        return max(score(best) - score(rest), score([choice]) - score([]))
    return min(score([*best, choice]) - score(best), Decimal(0)) or (score([choice]) - score([]))


def _clipped(score: Decimal, best: Decimal) -> Decimal:
    return max(Decimal(0), min(best, score))


def _same(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= Decimal("1e-6") * max(abs(a), abs(b), Decimal(1))


class OrderKey(NamedTuple):
    best: Decimal
    grading: Grading
    exact: bool


def key_of_order(right: Sequence[str], score: Score) -> OrderKey:
    """Return the way of marking that gives what the orders earn, or comes nearest. Raises NoKey."""
    tried = {order: score(order) for order in _orders(tuple(right))}
    best = tried[tuple(right)]
    if best <= 0:
        raise NoKey
    misses = {
        grading: max(
            abs(ordering_fraction(right, order, grading) - float(s / best)) for order, s in tried.items()
        )
        for grading in GRADINGS
    }
    nearest = min(GRADINGS, key=lambda grading: (misses[grading] > _SAME, misses[grading]))
    return OrderKey(best, nearest, misses[nearest] <= _SAME)


def _orders(right: tuple[str, ...]) -> list[tuple[str, ...]]:
    if len(right) <= _ALL_ORDERS_UP_TO:
        return list(permutations(right))
    orders = [right, right[::-1], right[1:] + right[:1], right[2:] + right[:2], right[-1:] + right[:-1]]
    for n in range(len(right) - 1):
        orders.append((*right[:n], right[n + 1], right[n], *right[n + 2 :]))
    for n in range(len(right) - 2):
        orders.append((*right[:n], *right[n + 1 :], right[n]))
    return list(dict.fromkeys(orders))
