"""QTI's operators: values in, a value out, null (None) for what has no value."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from quiz.core.qti.nodes import Node
from quiz.core.qti.patterns import pattern_matches
from quiz.core.qti.values import (
    Container,
    NotUnderstood,
    Value,
    as_number,
    container,
    same_scalar,
    same_value,
    values_of,
)

Parts = Sequence[Value]
Operator = Callable[[Node, Parts], Value]


def _gathered(parts: Parts, *, ordered: bool) -> Value:
    return container(tuple(scalar for part in parts for scalar in values_of(part)), ordered=ordered)


def _numbers(parts: Parts) -> list[Decimal] | None:
    """Return all numbers of the parts, None if one is null or none."""
    numbers: list[Decimal] = []
    for part in parts:
        values = values_of(part)
        found = [as_number(value) for value in values]
        if not values or None in found:
            return None
        numbers.extend(number for number in found if number is not None)
    return numbers


def _calculated(work: Callable[[list[Decimal]], Decimal | None]) -> Operator:
    def operator(node: Node, parts: Parts) -> Value:
        numbers = _numbers(parts)
        return work(numbers) if numbers else None

    return operator


def _compared(holds: Callable[[Decimal, Decimal], bool]) -> Operator:
    def operator(node: Node, parts: Parts) -> Value:
        numbers = _numbers(parts)
        return None if numbers is None or len(numbers) != 2 else holds(numbers[0], numbers[1])

    return operator


def _and(node: Node, parts: Parts) -> Value:
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else all(part is True for part in parts)


def _or(node: Node, parts: Parts) -> Value:
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False


def _not(node: Node, parts: Parts) -> Value:
    return None if not parts or parts[0] is None else parts[0] is not True


def _any_n(node: Node, parts: Parts) -> Value:
    least, most = int(node.get("min", "0")), int(node.get("max", str(len(parts))))
    return least <= sum(part is True for part in parts) <= most


def _match(node: Node, parts: Parts) -> Value:
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    return same_value(parts[0], parts[1])


def _equal(node: Node, parts: Parts) -> Value:
    numbers = _numbers(parts)
    if numbers is None or len(numbers) != 2:
        return None
    lower, upper = tolerance_bounds(node, numbers[0])
    above = numbers[1] >= lower if node.get("includeLowerBound", "true") != "false" else numbers[1] > lower
    below = numbers[1] <= upper if node.get("includeUpperBound", "true") != "false" else numbers[1] < upper
    return above and below


def tolerance_bounds(node: Node, around: Decimal) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest number that an ``equal`` lets pass for this one.

    Raises NotUnderstood.
    """
    mode = node.get("toleranceMode", "exact")
    if mode == "exact":
        return around, around
    widths = [Decimal(text) for text in node.get("tolerance").split() if _is_decimal(text)]
    if not widths or mode not in ("absolute", "relative"):
        raise NotUnderstood(f"the tolerance “{node.get('tolerance')}” ({mode})")
    low, high = widths[0], widths[-1]
    if mode == "absolute":
        return around - low, around + high
    bounds = (around * (1 - low / 100), around * (1 + high / 100))
    return min(bounds), max(bounds)


def _is_decimal(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d*)?([eE][+-]?\d{1,3})?|\.\d+", text) is not None


def _equal_rounded(node: Node, parts: Parts) -> Value:
    numbers = _numbers(parts)
    if numbers is None or len(numbers) != 2:
        return None
    return _rounded(node, numbers[0]) == _rounded(node, numbers[1])


def _rounded(node: Node, number: Decimal) -> Decimal:
    mode, figures = node.get("roundingMode", "significantFigures"), node.get("figures", "3")
    if not figures.isdigit() or int(figures) > 30:
        raise NotUnderstood(f"rounding to “{figures}” figures")
    places = int(figures)
    if mode != "decimalPlaces":
        places = places - 1 - number.adjusted() if number else places
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _round_to(node: Node, parts: Parts) -> Value:
    numbers = _numbers(parts)
    return _rounded(node, numbers[0]) if numbers else None


def _member(node: Node, parts: Parts) -> Value:
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    sought = values_of(parts[0])[0]
    return any(same_scalar(sought, value) for value in values_of(parts[1]))


def _contains(node: Node, parts: Parts) -> Value:
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    whole, sought = list(values_of(parts[0])), list(values_of(parts[1]))
    if isinstance(parts[0], Container) and parts[0].ordered:
        return any(whole[n : n + len(sought)] == sought for n in range(len(whole)))
    return all(whole.count(value) >= sought.count(value) for value in sought)


def _delete(node: Node, parts: Parts) -> Value:
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    gone = values_of(parts[0])[0]
    ordered = isinstance(parts[1], Container) and parts[1].ordered
    return container(tuple(v for v in values_of(parts[1]) if not same_scalar(v, gone)), ordered=ordered)


def _index(node: Node, parts: Parts) -> Value:
    values, n = values_of(parts[0] if parts else None), node.get("n", "1")
    if not n.isdigit():
        raise NotUnderstood(f"the index “{n}”")
    return values[int(n) - 1] if 1 <= int(n) <= len(values) else None


def _text_pair(node: Node, parts: Parts) -> tuple[str, str] | None:
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    first, second = (str(values_of(part)[0]) for part in parts)
    return (
        (first, second)
        if node.get("caseSensitive", "true") != "false"
        else (first.casefold(), second.casefold())
    )


def _substring(node: Node, parts: Parts) -> Value:
    texts = _text_pair(node, parts)
    return None if texts is None else texts[0] in texts[1]


def _string_match(node: Node, parts: Parts) -> Value:
    texts = _text_pair(node, parts)
    if texts is None:
        return None
    return texts[0] in texts[1] if node.get("substring") == "true" else texts[0] == texts[1]


def _pattern_match(node: Node, parts: Parts) -> Value:
    if not parts or parts[0] is None:
        return None
    return pattern_matches(node.get("pattern"), str(values_of(parts[0])[0]))


def _is_null(node: Node, parts: Parts) -> Value:
    return not parts or parts[0] is None or values_of(parts[0]) == ("",)


def _power(numbers: list[Decimal]) -> Decimal | None:
    if len(numbers) != 2 or abs(numbers[1]) > 1000:
        raise NotUnderstood("a power of this size")
    return numbers[0] ** numbers[1]


def _divided(numbers: list[Decimal]) -> Decimal | None:
    return numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else None


def _whole(numbers: list[Decimal]) -> Decimal | None:
    return (
        (numbers[0] / numbers[1]).to_integral_value(ROUND_FLOOR) if len(numbers) == 2 and numbers[1] else None
    )


def _modulus(numbers: list[Decimal]) -> Decimal | None:
    whole = _whole(numbers)
    return None if whole is None else numbers[0] - whole * numbers[1]


def _size(node: Node, parts: Parts) -> Value:
    return Decimal(len(values_of(parts[0] if parts else None)))


def _repeat(node: Node, parts: Parts) -> Value:
    times = node.get("numberRepeats", "1")
    if not times.isdigit() or int(times) > 1000:
        raise NotUnderstood(f"repeating “{times}” times")
    return _gathered(list(parts) * int(times), ordered=True)


OPERATORS: dict[str, Operator] = {
    "multiple": lambda node, parts: _gathered(parts, ordered=False),
    "ordered": lambda node, parts: _gathered(parts, ordered=True),
    "containerSize": _size,
    "isNull": _is_null,
    "index": _index,
    "delete": _delete,
    "contains": _contains,
    "member": _member,
    "repeat": _repeat,
    "substring": _substring,
    "stringMatch": _string_match,
    "patternMatch": _pattern_match,
    "and": _and,
    "or": _or,
    "not": _not,
    "anyN": _any_n,
    "match": _match,
    "equal": _equal,
    "equalRounded": _equal_rounded,
    "roundTo": _round_to,
    "lt": _compared(lambda a, b: a < b),
    "gt": _compared(lambda a, b: a > b),
    "lte": _compared(lambda a, b: a <= b),
    "gte": _compared(lambda a, b: a >= b),
    "durationLT": _compared(lambda a, b: a < b),
    "durationGTE": _compared(lambda a, b: a >= b),
    "sum": _calculated(lambda numbers: sum(numbers, Decimal(0))),
    "product": _calculated(lambda numbers: Decimal(math.prod(numbers))),
    "subtract": _calculated(lambda numbers: numbers[0] - numbers[1] if len(numbers) == 2 else None),
    "divide": _calculated(_divided),
    "integerDivide": _calculated(_whole),
    "integerModulus": _calculated(_modulus),
    "power": _calculated(_power),
    "min": _calculated(min),
    "max": _calculated(max),
    "gcd": _calculated(lambda numbers: Decimal(math.gcd(*(int(number) for number in numbers)))),
    "round": _calculated(lambda numbers: numbers[0].quantize(Decimal(1), ROUND_HALF_UP)),
    "truncate": _calculated(lambda numbers: Decimal(int(numbers[0]))),
    "integerToFloat": _calculated(lambda numbers: numbers[0]),
}
