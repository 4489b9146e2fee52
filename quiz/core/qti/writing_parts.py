"""The declarations and rules of one thing to be typed or chosen, wherever in an item it stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quiz.core.items import EnterNumber, EnterText, NumberAnswer, TextAnswer
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.patterns import write_pattern
from quiz.core.qti.writing import chain, number, plain_number, set_outcome, values_node, variable


def declaration(
    identifier: str, cardinality: str, base_type: str, correct: Sequence[str], *more: Node
) -> Node:
    parts = [values_node("correctResponse", correct)] if correct else []
    return node(
        "responseDeclaration", *parts, *more,
        identifier=identifier, cardinality=cardinality, baseType=base_type,
    )  # fmt: skip


def mapping(entries: Sequence[tuple[str, Decimal]], **attributes: str) -> Node:
    made = [node("mapEntry", mapKey=key, mappedValue=plain_number(value)) for key, value in entries]
    return node("mapping", *made, defaultValue="0", **attributes)


def exact(fraction: float) -> Decimal:
    return Decimal(repr(float(fraction)))


def shown_text(pattern: str) -> str:
    """Return a text as a person may type it for a pattern."""
    return pattern.replace("\\*", "\ue001").replace("*", "…").replace("\ue001", "*")


def has_wildcard(pattern: str) -> bool:
    return "*" in pattern.replace("\\*", "")


def text_part(
    entry: EnterText, response: str, outcome: str, points: Decimal, feedback: str
) -> tuple[Node, list[Node]]:
    """Return the declaration of a text to be typed, and the rules that set its outcome."""
    right = [shown_text(a.text) for a in entry.answers if a.fraction == 1][:1]
    if not _needs_rules(entry):
        entries = [
            node(
                "mapEntry", mapKey=writable(shown_text(a.text)),
                mappedValue=plain_number(exact(a.fraction) * points),
                caseSensitive=str(entry.case_sensitive).lower(),
            )
            for a in entry.answers
        ]  # fmt: skip
        mapped = node("mapping", *entries, defaultValue="0")
        rules = [set_outcome(outcome, node("mapResponse", identifier=response))]
        return declaration(response, "single", "string", right, mapped), rules
    cases = []
    for n, answer in enumerate(entry.answers, 1):
        then = [set_outcome(outcome, number(exact(answer.fraction) * points))]
        if answer.feedback:
            word = node("baseValue", f"answer_{n}", baseType="identifier")
            then.append(set_outcome(feedback, node("multiple", word)))
        cases.append((_text_condition(answer, response, case_sensitive=entry.case_sensitive), then))
    return declaration(response, "single", "string", right), [chain(cases)]


def _needs_rules(entry: EnterText) -> bool:
    texts = [a.text if entry.case_sensitive else a.text.casefold() for a in entry.answers]
    return (
        any(has_wildcard(a.text) or a.feedback for a in entry.answers)
        or len(set(texts)) < len(texts)
        or not any(a.fraction > 0 for a in entry.answers)
    )


def _text_condition(answer: TextAnswer, response: str, *, case_sensitive: bool) -> Node:
    if has_wildcard(answer.text):
        pattern = write_pattern(writable(answer.text), any_case=not case_sensitive)
        return node("patternMatch", variable(response), pattern=pattern)
    text = node("baseValue", writable(shown_text(answer.text)), baseType="string")
    return node("stringMatch", variable(response), text, caseSensitive=str(case_sensitive).lower())


def number_part(
    entry: EnterNumber, response: str, outcome: str, points: Decimal, feedback: str
) -> tuple[Node, list[Node]]:
    """Return the declaration of a number to be typed, and the rules that set its outcome."""
    right = [a.value for a in entry.answers if a.fraction == 1 and a.value != "*"][:1]
    cases, otherwise = [], []
    for n, answer in enumerate(entry.answers, 1):
        then = [set_outcome(outcome, number(exact(answer.fraction) * points))]
        if answer.feedback:
            word = node("baseValue", f"answer_{n}", baseType="identifier")
            then.append(set_outcome(feedback, node("multiple", word)))
        if answer.value == "*":
            otherwise = then
            break
        cases.append((_number_condition(answer, response), then))
    return declaration(response, "single", "float", right), [chain(cases, otherwise)]


def _number_condition(answer: NumberAnswer, response: str) -> Node:
    value, tolerance = Decimal(answer.value), Decimal(answer.tolerance)
    center, given = number(answer.value), variable(response)
    if answer.tolerance_type == "geometric" and tolerance:
        low, high = sorted([value / (1 + tolerance), value * (1 + tolerance)])
        return node("and", node("gte", given, number(low)), node("lte", given, number(high)))
    if not tolerance:
        return node("equal", center, given, toleranceMode="exact")
    relative = answer.tolerance_type == "relative"
    width = plain_number(tolerance * 100 if relative else tolerance)
    mode = "relative" if relative else "absolute"
    return node("equal", center, given, toleranceMode=mode, tolerance=f"{width} {width}")
