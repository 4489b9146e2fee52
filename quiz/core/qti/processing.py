"""Response processing, carried out: what a given response earns, and which feedback it brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException, localcontext

from quiz.core.qti.expressions import Budget, Scope, evaluate, is_true, number_of
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.values import Container, Declaration, NotUnderstood, Value, values_of

_TEMPLATES = {
    "match_correct": "match",
    "match": "match",
    "cc2_match": "match",
    "cc2_match_basic": "match",
    "cc2_match_correct": "match",
    "map_response": "map",
    "cc2_map_response": "map",
    "map_response_point": "point",
}
LARGEST_WORK = 250_000
"""Expressions worked out for one item, all tries together; about a second."""


class _Exit(Exception):
    """The processing was left early."""


@dataclass
class Result:
    """outcomes: every outcome's value after the response. assigned: those that some rule has set."""

    outcomes: dict[str, Value]
    assigned: set[str] = field(default_factory=set)


@dataclass
class Processing:
    """An item's rules, ready to be carried out as often as one likes."""

    rules: list[Node]
    responses: dict[str, Declaration]
    outcomes: dict[str, Declaration]
    budget: Budget = field(default_factory=lambda: Budget(LARGEST_WORK))

    def run(self, given: dict[str, Value]) -> Result:
        """Return what the response brings. Raises NotUnderstood if a rule is not known."""
        scope = Scope(self.responses, self.outcomes, dict(given), self._first_outcomes(), self.budget)
        result = Result(scope.values)
        with localcontext() as context:
            context.prec = 50
            try:
                _carry_out(self.rules, scope, result)
            except _Exit:
                pass
            except DecimalException:
                raise NotUnderstood("a calculation without a result") from None
        return result

    def _first_outcomes(self) -> dict[str, Value]:
        values: dict[str, Value] = {
            "completionStatus": "unknown",
            "numAttempts": Decimal(1),
            "duration": Decimal(0),
        }
        for name, declared in self.outcomes.items():
            numeric = declared.base_type in ("float", "integer") and declared.cardinality == "single"
            values[name] = Decimal(0) if declared.default is None and numeric else declared.default
        return values


def template_of(processing: Node) -> str:
    """Return "match", "map" or "point" for a standard template, "" for none.

    Raises NotUnderstood for another.
    """
    address = (processing.get("template") or processing.get("templateLocation")).strip()
    if not address:
        return ""
    name = address.rstrip("/").rpartition("/")[2].lower().removesuffix(".xml").replace("-", "_")
    if name not in _TEMPLATES:
        raise NotUnderstood(f"the response processing template “{address}”")
    return _TEMPLATES[name]


def rules_of_template(template: str, response: str) -> list[Node]:
    """Return the rules of a standard template for the response of that identifier."""
    variable = node("variable", identifier=response)
    if template == "map":
        return [node("setOutcomeValue", node("mapResponse", identifier=response), identifier="SCORE")]
    is_right = node("match", variable, node("correct", identifier=response))
    one, zero = (node("baseValue", value, baseType="float") for value in "10")
    return [
        node(
            "responseCondition",
            node("responseIf", is_right, node("setOutcomeValue", one, identifier="SCORE")),
            node("responseElse", node("setOutcomeValue", zero, identifier="SCORE")),
        )
    ]


def _carry_out(rules: Iterable[Node], scope: Scope, result: Result) -> None:
    for rule in rules:
        scope.budget.spend(1)
        match rule.name:
            case "responseCondition":
                _carry_out(_branch(rule, scope), scope, result)
            case "setOutcomeValue":
                value = evaluate(_only(rule), scope)
                _assign(rule.get("identifier"), value, scope, result)
            case "lookupOutcomeValue":
                _look_up(rule, scope, result)
            case "responseProcessingFragment":
                _carry_out(rule.elements(), scope, result)
            case "exitResponse":
                raise _Exit
            case _:
                raise NotUnderstood(f"<{rule.name}> in the response processing")


def _branch(condition: Node, scope: Scope) -> list[Node]:
    for branch in condition.elements():
        if branch.name == "responseElse":
            return branch.elements()
        parts = branch.elements()
        if not parts:
            raise NotUnderstood(f"<{branch.name}> without a condition")
        if is_true(evaluate(parts[0], scope)):
            return parts[1:]
    return []


def _only(rule: Node) -> Node:
    parts = rule.elements()
    if len(parts) != 1:
        raise NotUnderstood(f"<{rule.name}> without exactly one expression")
    return parts[0]


def _assign(name: str, value: Value, scope: Scope, result: Result) -> None:
    declared = scope.outcomes.get(name)
    if declared is not None and declared.cardinality == "single" and isinstance(value, Container):
        value = value.values[0] if len(value.values) == 1 else value
    scope.values[name] = value
    result.assigned.add(name)


def _look_up(rule: Node, scope: Scope, result: Result) -> None:
    name = rule.get("identifier")
    declared = scope.outcomes.get(name)
    source = number_of(evaluate(_only(rule), scope))
    table = (
        None
        if declared is None
        else (declared.node.first("matchTable") or declared.node.first("interpolationTable"))
    )
    if table is None:
        raise NotUnderstood("<lookupOutcomeValue> without a table")
    found: Value = None
    for entry in table.elements():
        bound = Decimal(entry.get("sourceValue", "0"))
        if source is not None and (source == bound if table.name == "matchTable" else source >= bound):
            found = _of_outcome(entry.get("targetValue"), declared)
            break
    else:
        default = table.get("defaultValue")
        found = _of_outcome(default, declared) if default else None
    _assign(name, found, scope, result)


def _of_outcome(text: str, declared: Declaration | None) -> Value:
    if declared is not None and declared.base_type in ("float", "integer"):
        return Decimal(text)
    return text


def score_of(result: Result, name: str) -> Decimal | None:
    """Return the outcome as a number, None if it is none."""
    return number_of(result.outcomes.get(name))


def shown(result: Result, outcome: str, identifier: str, show_hide: str) -> bool:
    """Tell whether a feedback of that outcome and identifier is to be seen."""
    held = any(str(value).strip() == identifier for value in values_of(result.outcomes.get(outcome)))
    return held if show_hide != "hide" else not held
