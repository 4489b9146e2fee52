"""QTI's expressions, worked out: operators over variables, with null for what has no value."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from quiz.core.qti.nodes import Node
from quiz.core.qti.operators import OPERATORS
from quiz.core.qti.values import (
    Declaration,
    NotUnderstood,
    Value,
    as_number,
    read_scalar,
    same_value,
    values_of,
)


@dataclass
class Budget:
    """How much may still be worked out for one item: each try runs all of a stranger's rules."""

    left: int

    def spend(self, amount: int) -> None:
        """Raises NotUnderstood when nothing is left."""
        self.left -= amount
        if self.left < 0:
            raise NotUnderstood("rules of this length")


@dataclass
class Scope:
    """What expressions may look at. values: the outcomes as they stand."""

    responses: dict[str, Declaration]
    outcomes: dict[str, Declaration]
    given: dict[str, Value]
    values: dict[str, Value]
    budget: Budget

    def variable(self, name: str) -> Value:
        if name in self.given or name in self.responses:
            return self.given.get(name)
        if name not in self.values:
            raise NotUnderstood(f"the variable “{name}”, which is not declared")
        return self.values[name]


def evaluate(node: Node, scope: Scope) -> Value:
    """Return the expression's value, None for null. Raises NotUnderstood, naming what is not known."""
    scope.budget.spend(1)
    leaf = _LEAVES.get(node.name)
    if leaf is not None:
        return leaf(node, scope)
    operator = OPERATORS.get(node.name)
    if operator is None:
        raise NotUnderstood(f"the operator <{node.name}>")
    return operator(node, [evaluate(part, scope) for part in node.elements()])


def is_true(value: Value) -> bool:
    return value is True


def number_of(value: Value) -> Decimal | None:
    """Return the value as a number, None for null and for what is no number."""
    parts = values_of(value)
    return as_number(parts[0]) if len(parts) == 1 else None


# -- leaves ----------------------------------------------------------------------------------------
def _declared(node: Node, scope: Scope) -> Declaration:
    name = node.get("identifier")
    found = scope.responses.get(name) or scope.outcomes.get(name)
    if found is None:
        raise NotUnderstood(f"the variable “{name}”, which is not declared")
    return found


def _map_response(node: Node, scope: Scope) -> Value:
    declared = _declared(node, scope)
    if declared.mapping is None:
        # Official examples name the template map_response and give only a right answer: then that earns 1.
        given = scope.variable(declared.identifier)
        return Decimal(int(same_value(given, declared.correct)))
    scope.budget.spend(len(declared.mapping.entries))
    return declared.mapping.of(scope.variable(declared.identifier))


def _base_value(node: Node, scope: Scope) -> Value:
    return read_scalar(node.text(), node.get("baseType", "string"))


def _default(node: Node, scope: Scope) -> Value:
    return _declared(node, scope).default


def _correct(node: Node, scope: Scope) -> Value:
    return _declared(node, scope).correct


def _constant(node: Node, scope: Scope) -> Value:
    known = {"pi": math.pi, "e": math.e}
    name = node.get("name")
    if name not in known:
        raise NotUnderstood(f"the constant “{name}”")
    return Decimal(repr(known[name]))


_LEAVES: dict[str, Callable[[Node, Scope], Value]] = {
    "variable": lambda node, scope: scope.variable(node.get("identifier")),
    "correct": _correct,
    "default": _default,
    "mapResponse": _map_response,
    "baseValue": _base_value,
    "null": lambda node, scope: None,
    "mathConstant": _constant,
}
