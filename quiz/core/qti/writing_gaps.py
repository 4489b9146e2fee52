"""A text with gaps, written with a field or a list of choices in each gap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from quiz.core.items import Choose, EnterNumber, EnterText, Fill
from quiz.core.qti.html_nodes import plain_from_nodes, writable
from quiz.core.qti.nodes import Node, node
from quiz.core.qti.writing import SHARE_DIGITS, ItemWriter, number, set_outcome, variable
from quiz.core.qti.writing_parts import declaration, exact, mapping, number_part, text_part

_MARK = re.compile(r"\[\[(\d+)\]\]")


def write_fill(writer: ItemWriter, fill: Fill) -> None:
    weights = [exact(weight) for weight in fill.weights] or [Decimal(1)] * len(fill.gaps)
    fields = {str(n): _field(writer, gap, n) for n, gap in enumerate(fill.gaps, 1)}
    template = _filled(writer.text(fill.template), fields)
    for left in fields:
        writer.say(f"Its text has no place [[{left}]]; the gap stands at the end.")
    template += list(fields.values())
    writer.classes.append("fill")
    if writer.item.prompt:
        writer.body.append(writer.block(writer.item.prompt, "prompt"))
    writer.body.append(Node("div", {"class": "template"}, template))
    shares = [writer.points * weight / sum(weights) for weight in weights]
    parts = [_part(writer, gap, n, shares[n - 1]) for n, gap in enumerate(fill.gaps, 1)]
    is_plain = all(round(share, SHARE_DIGITS) == share for share in shares)
    if is_plain and not fill.weights:
        for n, (declared, rules) in enumerate(parts, 1):
            writer.declarations.append(declared)
            writer.rules += rules
            writer.rules.append(_add_to_score(variable(f"SCORE_{n}")))
        _declare_scores(writer, len(parts))
        return
    _write_weighted(writer, fill, weights)


def _write_weighted(writer: ItemWriter, fill: Fill, weights: Sequence[Decimal]) -> None:
    for n, (gap, weight) in enumerate(zip(fill.gaps, weights, strict=True), 1):
        declared, rules = _part(writer, gap, n, Decimal(1))
        writer.declarations.append(declared)
        writer.rules += rules
        writer.rules.append(_add_to_score(node("product", variable(f"SCORE_{n}"), number(weight))))
    scaled = node("product", variable("SCORE"), number(writer.points))
    writer.rules.append(set_outcome("SCORE", node("divide", scaled, number(sum(weights, Decimal(0))))))
    _declare_scores(writer, len(fill.gaps))
    if fill.weights:
        writer.classes.append("weights-" + "-".join(f"{weight:f}".replace(".", "_") for weight in weights))


def _add_to_score(term: Node) -> Node:
    return set_outcome("SCORE", node("sum", variable("SCORE"), term))


def _declare_scores(writer: ItemWriter, count: int) -> None:
    for n in range(1, count + 1):
        writer.outcomes.append(
            node("outcomeDeclaration", identifier=f"SCORE_{n}", cardinality="single", baseType="float")
        )


def _filled(children: Sequence[Node | str], fields: dict[str, Node]) -> list[Node | str]:
    """Return the trees with a field for each mark; fields that were put in are taken out of the mapping."""
    out: list[Node | str] = []
    for child in children:
        if isinstance(child, Node):
            out.append(Node(child.name, child.attributes, _filled(child.children, fields)))
            continue
        end = 0
        for mark in _MARK.finditer(child):
            if mark[1] in fields:
                out += [child[end : mark.start()], fields.pop(mark[1])]
                end = mark.end()
        out.append(child[end:])
    return [child for child in out if child != ""]


def _field(writer: ItemWriter, gap: Choose | EnterText | EnterNumber, n: int) -> Node:
    if not isinstance(gap, Choose):
        unit = gap.unit if isinstance(gap, EnterNumber) else ""
        entry = node("textEntryInteraction", responseIdentifier=f"RESPONSE_{n}")
        return (
            Node("span", {}, [entry, " ", Node("span", {"class": "unit"}, [writable(unit)])])
            if unit
            else entry
        )
    choices = []
    for m, option in enumerate(gap.options, 1):
        text = writer.text(option.text, option.text_format)
        plain = plain_from_nodes(text)
        if plain is None:
            writer.say("A choice in a gap can only be plain text; its markup was left out.")
            plain = "".join(child if isinstance(child, str) else child.text() for child in text)
        choices.append(Node("inlineChoice", {"identifier": f"choice_{m}"}, [plain]))
    shuffle = str(gap.shuffle).lower()
    return node("inlineChoiceInteraction", *choices, responseIdentifier=f"RESPONSE_{n}", shuffle=shuffle)


def _part(
    writer: ItemWriter, gap: Choose | EnterText | EnterNumber, n: int, scale: Decimal
) -> tuple[Node, list[Node]]:
    """Return the declaration of a gap, and the rules that set what it earns: at most ``scale``."""
    response, outcome, feedback = f"RESPONSE_{n}", f"SCORE_{n}", f"FEEDBACK_{n}"
    if isinstance(gap, Choose):
        ids = [f"choice_{m}" for m in range(1, len(gap.options) + 1)]
        right = [i for i, option in zip(ids, gap.options, strict=True) if option.fraction == 1][:1]
        earned = mapping([(i, exact(o.fraction) * scale) for i, o in zip(ids, gap.options, strict=True)])
        rules = [set_outcome(outcome, node("mapResponse", identifier=response))]
        for identifier, option in zip(ids, gap.options, strict=True):
            writer.say_feedback(feedback, identifier, option.feedback)
        if any(option.feedback for option in gap.options):
            rules.append(set_outcome(feedback, node("multiple", variable(response))))
        return declaration(response, "single", "identifier", right, earned), rules
    for m, told in enumerate([answer.feedback for answer in gap.answers], 1):
        writer.say_feedback(feedback, f"answer_{m}", told)
    if isinstance(gap, EnterText):
        return text_part(gap, response, outcome, scale, feedback)
    return number_part(gap, response, outcome, scale, feedback)
