"""The values that QTI's variables hold, and the declarations that say what they may be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from quiz.core.qti.nodes import Node

Scalar = str | bool | Decimal | tuple[str, str]


class Container(NamedTuple):
    """Several values; an empty one is null and is told as None.

    alternatives: any one of them is meant, as where a single answer was declared with several right ones.
    """

    values: tuple[Scalar, ...]
    ordered: bool = False
    alternatives: bool = False


Value = Scalar | Container | None


class NotUnderstood(ValueError):
    """Something that we do not read. The message names it."""


@dataclass(frozen=True)
class MapEntry:
    key: Scalar
    value: Decimal
    case_sensitive: bool = True


@dataclass(frozen=True)
class Mapping:
    """What each value earns; anything else earns the default. Bounds are None where there are none."""

    entries: tuple[MapEntry, ...]
    default: Decimal = Decimal(0)
    lower: Decimal | None = None
    upper: Decimal | None = None

    def of(self, value: Value) -> Decimal:
        """Return what the value earns, each different thing of a container once."""
        total = sum((self._of_one(scalar) for scalar in dict.fromkeys(values_of(value))), Decimal(0))
        if self.lower is not None:
            total = max(total, self.lower)
        return total if self.upper is None else min(total, self.upper)

    def _of_one(self, scalar: Scalar) -> Decimal:
        for entry in self.entries:
            if same_scalar(entry.key, scalar):
                return entry.value
        for entry in self.entries:
            if not entry.case_sensitive and str(entry.key).casefold() == str(scalar).casefold():
                return entry.value
        return self.default


@dataclass(frozen=True)
class Declaration:
    """cardinality: single, multiple, ordered or record. base_type: "" where there is none.

    choices: for a lookup table, pairs of a bound and a value; see ``lookup``.
    """

    identifier: str
    cardinality: str = "single"
    base_type: str = ""
    correct: Value = None
    default: Value = None
    mapping: Mapping | None = None
    has_areas: bool = False
    node: Node = field(default_factory=lambda: Node(""))


def read_declaration(node: Node) -> Declaration:
    """Read a response or outcome declaration.

    Raises NotUnderstood if one of its values is not of its type.
    """
    cardinality, base_type = node.get("cardinality", "single"), node.get("baseType")
    mapping = node.first("mapping")
    return Declaration(
        node.get("identifier").strip(),
        cardinality,
        base_type,
        correct=_declared(node.first("correctResponse"), cardinality, base_type),
        default=_declared(node.first("defaultValue"), cardinality, base_type),
        mapping=None if mapping is None else read_mapping(mapping, base_type),
        has_areas=node.first("areaMapping") is not None,
        node=node,
    )


def read_mapping(node: Node, base_type: str) -> Mapping:
    entries = []
    for entry in node.elements("mapEntry"):
        key = entry.get("mapKey")
        # A string key is compared as it stands; all others are words or numbers.
        scalar = key if base_type in ("string", "") else read_scalar(key, base_type)
        sensitive = entry.get("caseSensitive", "true").strip() not in ("false", "0")
        entries.append(MapEntry(scalar, _number(entry.get("mappedValue", "0")), sensitive))
    lower, upper = node.get("lowerBound").strip(), node.get("upperBound").strip()
    return Mapping(
        tuple(entries),
        _number(node.get("defaultValue", "0") or "0"),
        _number(lower) if lower else None,
        _number(upper) if upper else None,
    )


def _declared(node: Node | None, cardinality: str, base_type: str) -> Value:
    if node is None:
        return None
    if cardinality == "record":
        raise NotUnderstood("a record of values")
    written = [value.text() for value in node.elements("value")]
    values = tuple(read_scalar(text, base_type) for text in written if text.strip() or base_type == "string")
    if cardinality == "single":
        if len(values) > 1 and base_type not in ("identifier", "boolean"):
            return Container(values, alternatives=True)
        return values[0] if values else None
    return container(values, ordered=cardinality == "ordered")


def read_scalar(text: str, base_type: str) -> Scalar:
    """Return the value as its base type reads it. Raises NotUnderstood."""
    stripped = " ".join(text.split()) if base_type != "string" else text.strip()
    match base_type:
        case "float" | "integer" | "duration":
            return _number(stripped)
        case "boolean":
            return stripped.lower() in ("true", "1")
        case "pair" | "directedPair":
            sides = stripped.split(" ")
            if len(sides) != 2:
                raise NotUnderstood(f"“{stripped}”, which is no pair")
            return as_pair(sides[0], sides[1], directed=base_type == "directedPair")
    return stripped


def as_pair(left: str, right: str, *, directed: bool) -> tuple[str, str]:
    """Return the pair; one without a direction is told the same whichever side comes first."""
    return (left, right) if directed or left <= right else (right, left)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", ".") if text.count(",") == 1 else text.strip())
    except InvalidOperation:
        raise NotUnderstood(f"“{text}”, which is no number") from None
    if not number.is_finite():
        raise NotUnderstood(f"“{text}”, which is no finite number")
    if abs(number.adjusted()) > 400:
        raise NotUnderstood(f"“{text}”, which is out of range")
    return number


def number_from(text: str) -> Decimal | None:
    """Return the number, None if the text is none."""
    try:
        return _number(text)
    except NotUnderstood:
        return None


def container(values: tuple[Scalar, ...], *, ordered: bool) -> Container | None:
    return Container(values, ordered) if values else None


def values_of(value: Value) -> tuple[Scalar, ...]:
    """Return the value's parts: none for null, one for a single value."""
    if value is None:
        return ()
    return value.values if isinstance(value, Container) else (value,)


def same_scalar(a: Scalar, b: Scalar) -> bool:
    """Tell whether two values are equal, numbers by their size and everything else as it is written."""
    if isinstance(a, Decimal) or isinstance(b, Decimal):
        first, second = as_number(a), as_number(b)
        return first is not None and first == second
    if isinstance(a, bool) or isinstance(b, bool):
        return str(a).lower() == str(b).lower()
    return a == b


def as_number(scalar: Scalar) -> Decimal | None:
    if isinstance(scalar, bool | tuple):
        return None
    return scalar if isinstance(scalar, Decimal) else number_from(scalar)


def same_value(a: Value, b: Value) -> bool:
    """Tell whether two values match: ordered ones in their order, multiple ones in any."""
    if a is None or b is None:
        return False
    first, second = values_of(a), values_of(b)
    if isinstance(b, Container) and b.alternatives:
        return len(first) == 1 and any(same_scalar(first[0], value) for value in second)
    if len(first) != len(second):
        return False
    ordered = isinstance(a, Container) and a.ordered
    if ordered or len(first) == 1:
        return all(same_scalar(x, y) for x, y in zip(first, second, strict=True))
    return Counter(map(_normal, first)) == Counter(map(_normal, second))


def _normal(scalar: Scalar) -> Scalar:
    return scalar.normalize() if isinstance(scalar, Decimal) else scalar
