"""Partial credit for an order, told as rules that add up what is in its place."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise, permutations

from quiz.core.orderings import Grading, ordering_fraction
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.writing import chain, number, set_outcome, variable, when

_LONGEST_FOR_PAIRS = 6
_LONGEST_FOR_ALL = 4


def order_rules(right: list[str], grading: Grading, points: Decimal) -> list[Node] | None:
    """Return rules that mark an order; none for all or nothing, None if they can't be told."""
    if grading == "all_or_nothing" or len(right) < 2:
        return []
    if grading in ("longest_ordered_subset", "longest_contiguous_subset"):
        return _by_listing(right, grading, points) if len(right) <= _LONGEST_FOR_ALL else None
    if grading == "relative_all_previous_and_next" and len(right) > _LONGEST_FOR_PAIRS:
        return None
    # Counts are added first and made a share at the end: thirds have no end as decimals.
    counted, full = _COUNTERS[grading](right)
    scaled = node("divide", node("product", variable("SCORE"), number(points)), number(Decimal(full)))
    return [*counted, set_outcome("SCORE", scaled)]


def _at(place: int, step: str) -> Node:
    taken = Node("index", {"n": str(place)}, [variable("RESPONSE")])
    return node("match", taken, node("baseValue", step, baseType="identifier"))


def _add(amount: int) -> Node:
    return set_outcome("SCORE", node("sum", variable("SCORE"), number(Decimal(amount))))


def _absolute(right: list[str]) -> tuple[list[Node], int]:
    return [when(_at(n, step), _add(1)) for n, step in enumerate(right, 1)], len(right)


def _neighbours(right: list[str], *, first: bool, last: bool, each: int = 1) -> tuple[list[Node], int]:
    """Count each two that follow one another; first and last: also what begins and what ends the order."""
    places = range(1, len(right))
    rules = [
        when(Node("or", {}, [node("and", _at(n, a), _at(n + 1, b)) for n in places]), _add(each))
        for a, b in pairwise(right)
    ]
    rules += [when(_at(1, right[0]), _add(1))] if first else []
    rules += [when(_at(len(right), right[-1]), _add(1))] if last else []
    return rules, each * (len(right) - 1) + first + last


def _all_before(right: list[str]) -> tuple[list[Node], int]:
    places = list(combinations(range(1, len(right) + 1), 2))
    rules = [
        when(Node("or", {}, [node("and", _at(m, a), _at(n, b)) for m, n in places]), _add(1))
        for a, b in combinations(right, 2)
    ]
    return rules, len(rules)


def _nearness(right: list[str]) -> tuple[list[Node], int]:
    count = len(right)
    rules = []
    for n, step in enumerate(right, 1):
        cases = [(_at(m, step), [_add(count - 1 - abs(n - m))]) for m in range(1, count + 1)]
        rules.append(chain(cases))
    return rules, count * (count - 1)


_COUNTERS = {
    "absolute_position": _absolute,
    "relative_next_exclude_last": lambda right: _neighbours(right, first=False, last=False),
    "relative_next_include_last": lambda right: _neighbours(right, first=False, last=True),
    "relative_one_previous_and_next": lambda right: _neighbours(right, first=True, last=True, each=2),
    "relative_all_previous_and_next": _all_before,
    "relative_to_correct": _nearness,
}


def _by_listing(right: list[str], grading: Grading, points: Decimal) -> list[Node]:
    """Return one case for each order that earns something."""
    cases = []
    for order in permutations(right):
        fraction = ordering_fraction(right, order, grading)
        if fraction:
            # A count of the steps, so that it is told without an end of decimals.
            count = round(fraction * len(right))
            steps = [node("baseValue", step, baseType="identifier") for step in order]
            earned = node(
                "divide", node("product", number(points), number(Decimal(count))), number(Decimal(len(right)))
            )
            cases.append(
                (node("match", variable("RESPONSE"), node("ordered", *steps)), [set_outcome("SCORE", earned)])
            )
    return [chain(cases)]
