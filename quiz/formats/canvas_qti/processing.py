"""QTI 1.2's response processing, carried out: what a response earns, and which feedback it brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.core.qti.nodes import Node
from quiz.core.qti.values import NotUnderstood, number_from

Given = Mapping[str, Sequence[str]]
"""What was answered to each response, by its ident."""

_COMPARISONS = {
    "vargt": lambda a, b: a > b,
    "vargte": lambda a, b: a >= b,
    "varlt": lambda a, b: a < b,
    "varlte": lambda a, b: a <= b,
}
_LARGEST_WORK = 300_000
_PLACES = {"varinside", "hotspot"}


@dataclass(frozen=True)
class Outcome:
    """feedback: the idents of what is displayed."""

    score: Decimal
    feedback: frozenset[str]


class Processing:
    """cardinalities: of each response, by ident: single, multiple or ordered."""

    def __init__(self, item: Node, cardinalities: Mapping[str, str]) -> None:
        self.conditions = item.find_all("respcondition")
        self._size = sum(1 for condition in self.conditions for _ in condition.walk())
        self._work = 0
        self.cardinalities = cardinalities
        declared = item.find_all("decvar")
        names = [d.get("varname", "SCORE").upper() for d in declared]
        self._defaults = {
            n: number_from(d.get("defaultval", "0")) or Decimal(0)
            for n, d in zip(names, declared, strict=True)
        }
        used = [v.get("varname", "SCORE").upper() for c in self.conditions for v in c.elements("setvar")]
        self._name = next((n for n in ("SCORE", "QUE_SCORE", *used) if n in used), "SCORE")
        if self._name not in names:
            self._defaults[self._name] = Decimal(0)
        maximum = next((d.get("maxvalue") for d in declared if d.get("maxvalue")), "")
        self.maximum = number_from(maximum) if maximum else None

    @property
    def has_key(self) -> bool:
        return any(condition.elements("setvar") for condition in self.conditions)

    def run(self, given: Given) -> Outcome:
        """Return what the response brings. Raises NotUnderstood, naming what is not known."""
        variables, shown = dict(self._defaults), set()
        self._work += self._size
        if self._work > _LARGEST_WORK:
            raise NotUnderstood("rules of this length")
        for condition in self.conditions:
            if not self._holds_all(condition.first("conditionvar"), given):
                continue
            for change in condition.elements("setvar"):
                _change(variables, change)
            shown |= {link.get("linkrefid").strip() for link in condition.elements("displayfeedback")}
            if condition.get("continue").strip().lower() == "no":
                break
        return Outcome(variables.get(self._name, Decimal(0)), frozenset(shown))

    def _holds_all(self, parts: Node | None, given: Given) -> bool:
        """Tell whether the parts hold together: for one field, several texts are so many ways to be right."""
        if parts is None:
            return False
        elements = parts.elements()
        equal = [part for part in elements if part.name == "varequal"]
        idents = {part.get("respident") for part in equal}
        if len(equal) > 1 and len(equal) == len(elements) and len(idents) == 1:
            cardinality = self.cardinalities.get(idents.pop(), "single")
            if cardinality == "ordered" and not any(part.get("index") for part in equal):
                respident = equal[0].get("respident")
                return list(given.get(respident, ())) == [part.text().strip() for part in equal]
            if cardinality == "single":
                return any(self._holds(part, given) for part in equal)
        return all(self._holds(part, given) for part in elements)

    def _holds(self, part: Node, given: Given) -> bool:
        match part.name:
            case "and":
                return self._holds_all(part, given)
            case "or":
                return any(self._holds(inner, given) for inner in part.elements())
            case "not":
                return not self._holds_all(part, given)
            case "other":
                return True
            case "unanswered":
                return not given.get(part.get("respident"))
            case "varequal" | "varsubset" | "varsubstring":
                return _is_given(part, given)
        if part.name in _COMPARISONS:
            return _compares(part, given)
        if part.name in _PLACES:
            raise NotUnderstood(f"<{part.name}>: places on a picture")
        raise NotUnderstood(f"the condition <{part.name}>")


def _is_given(part: Node, given: Given) -> bool:
    values, wanted = list(given.get(part.get("respident"), ())), part.text().strip()
    index = part.get("index")
    if index.isdigit():
        values = values[int(index) - 1 : int(index)]
    if part.get("case").strip().lower() != "yes":
        values, wanted = [value.casefold() for value in values], wanted.casefold()
    if part.name == "varsubstring":
        return any(wanted in value for value in values)
    if part.name == "varsubset":
        return set(wanted.split(",")) <= set(values)
    return wanted in [value.strip() for value in values] or any(
        _same_number(wanted, value) for value in values
    )


def _same_number(wanted: str, value: str) -> bool:
    # A tried number is marked as one, so that the word "1.0" is not the word "1".
    return value.startswith("#") and number_from(wanted) == number_from(value[1:]) is not None


def _compares(part: Node, given: Given) -> bool:
    bound = number_from(part.text())
    for value in given.get(part.get("respident"), ()):
        number = number_from(value.removeprefix("#"))
        if number is not None and bound is not None and _COMPARISONS[part.name](number, bound):
            return True
    return False


def _change(variables: dict[str, Decimal], change: Node) -> None:
    name, amount = change.get("varname", "SCORE").upper(), number_from(change.text() or "0")
    if amount is None:
        raise NotUnderstood(f"the score “{change.text().strip()}”, which is no number")
    before = variables.get(name, Decimal(0))
    match change.get("action", "Set").strip().lower():
        case "set" | "":
            variables[name] = amount
        case "add":
            variables[name] = before + amount
        case "subtract":
            variables[name] = before - amount
        case "multiply":
            variables[name] = before * amount
        case "divide" if amount:
            variables[name] = before / amount


def texts_compared(conditions: Iterable[Node], respident: str) -> list[Node]:
    """Return the comparisons with a text or number that lead to a score for the response."""
    return [
        found
        for condition in conditions
        if condition.elements("setvar")
        for found in condition.find_all("varequal", "varsubstring")
        if found.get("respident") == respident
    ]
