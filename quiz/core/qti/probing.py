"""Finding an item's key by trying: its processing is carried out for the responses that matter.

Half of all items say their key in rules of their own. Instead of knowing every shape of rule, we carry the
rules out and look at what each response earns and which feedback it brings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from quiz.core.qti.nodes import Node, node
from quiz.core.qti.processing import Processing, Result, rules_of_template, score_of, shown, template_of
from quiz.core.qti.values import Declaration, NotUnderstood, Value

_NOT_SCORES = {"MAXSCORE", "NORMALMAXIMUM", "MINSCORE", "PASSINGSCORE"}


@dataclass(frozen=True)
class Feedback:
    """A feedback of the item, wherever it stands: modal, inline or as a block."""

    outcome: str
    identifier: str
    show_hide: str
    node: Node


class NoKey(ValueError):
    """Nothing in the item says which response is right."""


@dataclass
class Prober:
    """score_name: the outcome that is the score."""

    processing: Processing
    score_name: str
    feedback: list[Feedback]

    def score(self, given: dict[str, Value]) -> Decimal:
        """Return what the response earns. Raises NotUnderstood."""
        return self._score_in(self.processing.run(given))

    def seen(self, given: dict[str, Value]) -> frozenset[int]:
        """Return the feedback that the response brings, by number."""
        result = self.processing.run(given)
        return frozenset(
            n for n, f in enumerate(self.feedback) if shown(result, f.outcome, f.identifier, f.show_hide)
        )

    def _score_in(self, result: Result) -> Decimal:
        return score_of(result, self.score_name) or Decimal(0)


def prober_of(
    rules_node: Node | None,
    responses: dict[str, Declaration],
    outcomes: dict[str, Declaration],
    feedback: list[Feedback],
) -> Prober:
    """Return a prober for the item's own processing. Raises NotUnderstood, or NoKey if there is none."""
    if rules_node is None:
        raise NoKey
    template = template_of(rules_node)
    rules = rules_node.elements()
    if template == "point":
        raise NotUnderstood("the template map_response_point: places on a picture")
    if template and not rules:
        rules = rules_of_template(template, _response_meant(responses))
    if not rules:
        raise NoKey
    _refuse_pictures(rules)
    processing = Processing(rules, responses, outcomes)
    assigned = processing.run({}).assigned | {
        rule.get("identifier")
        for top in rules
        for rule in top.find_all("setOutcomeValue", "lookupOutcomeValue")
    }
    return Prober(processing, _score_name(assigned, outcomes), feedback)


def declared_prober(
    responses: dict[str, Declaration], outcomes: dict[str, Declaration], feedback: list[Feedback]
) -> Prober:
    """Return a prober for what the declarations say by themselves: mappings or right answers, added up.

    Raises NoKey if they say nothing.
    """
    rules: list[Node] = []
    for name, declared in responses.items():
        if declared.mapping is not None:
            rules.append(_add(node("mapResponse", identifier=name)))
        elif declared.correct is not None:
            one = node("baseValue", "1", baseType="float")
            is_right = node("match", node("variable", identifier=name), node("correct", identifier=name))
            rules.append(node("responseCondition", node("responseIf", is_right, _add(one))))
    if not rules:
        raise NoKey
    score = Declaration("SCORE", base_type="float")
    return Prober(Processing(rules, responses, {**outcomes, "SCORE": score}), "SCORE", feedback)


def _add(term: Node) -> Node:
    return node(
        "setOutcomeValue", node("sum", node("variable", identifier="SCORE"), term), identifier="SCORE"
    )


def _response_meant(responses: dict[str, Declaration]) -> str:
    if "RESPONSE" in responses or not responses:
        return "RESPONSE"
    keyed = [name for name, d in responses.items() if d.correct is not None or d.mapping is not None]
    return (keyed or list(responses))[0]


def _refuse_pictures(rules: Iterable[Node]) -> None:
    for rule in rules:
        for found in rule.find_all("mapResponsePoint", "inside"):
            raise NotUnderstood(f"<{found.name}>: places on a picture")


def _score_name(assigned: Iterable[str], outcomes: dict[str, Declaration]) -> str:
    names = [name for name in assigned if name.upper() not in _NOT_SCORES]
    for name in ("SCORE", *sorted(names, key=str.upper)):
        if name in names and name.upper() == "SCORE":
            return name
    numeric = [n for n in names if n in outcomes and outcomes[n].base_type in ("float", "integer")]
    scores = sorted(
        (n for n in numeric if "SCORE" in n.upper() or len(numeric) == 1), key=lambda n: (len(n), n)
    )
    if not scores:
        raise NotUnderstood("how it is marked, since its rules set no score")
    return scores[0]
