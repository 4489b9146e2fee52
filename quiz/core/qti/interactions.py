"""QTI's interactions, each read as one of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args, get_type_hints

from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Inform,
    Interaction,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.orderings import GRADINGS
from quiz.core.qti.feedback import Probe, sort_feedback
from quiz.core.qti.key_choices import fraction_of, key_of_one, key_of_order, key_of_several
from quiz.core.qti.key_entries import NumberKey, TextKey, is_numeric, key_of_number, key_of_text
from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import NoKey
from quiz.core.qti.reading import Reader, Refused
from quiz.core.qti.reading_gaps import read_fill
from quiz.core.qti.reading_pairs import read_pairs
from quiz.core.qti.reading_texts import outside, prompt_of, replaced, without
from quiz.core.qti.values import Declaration, Value, container, values_of

MOST_CHOICES = 200
_TRUE_FALSE = {"true": True, "false": False}


def read_interactions(reader: Reader) -> tuple[str, Interaction]:
    """Return the prompt and the interaction of the item's body.

    Raises Refused, NotUnderstood, NoKey, NeedsHtml.
    """
    found = reader.body.interactions
    if not found:
        if any(d.correct is not None or d.mapping is not None for d in reader.responses.values()):
            raise Refused("it declares an answer, but nothing in its body asks for one")
        return reader.tell(reader.body.root.children), Inform()
    names = {node.name for node in found}
    if names <= {"extendedTextInteraction", "uploadInteraction"}:
        return _write(reader, found)
    if len(found) == 1 and found[0].name in _READERS:
        return _READERS[found[0].name](reader, found[0])
    if reader.source.is_own and "check-claim" in _own_classes(reader):
        return _check_claim(reader, found)
    return read_fill(reader, found)


def _own_classes(reader: Reader) -> list[str]:
    return reader.body.root.get("class").split() if reader.source.is_own else []


def _check_claim(reader: Reader, found: list[Node]) -> tuple[str, Interaction]:
    """Return a claim to be checked, which Footnote wrote as one or two choices."""
    names = {id(node): _nothing for node in found}
    prompt = reader.tell(replaced(reader.body.root, names))
    verdict, *more = (reader.declared(node).correct for node in found)
    known = get_args(get_type_hints(CheckClaim)["verdict"])
    if verdict not in known:
        raise NoKey
    corrections = (
        [
            (reader.tell(choice.children), choice.get("identifier") == more[0])
            for choice in found[1].elements("simpleChoice")
        ]
        if more
        else []
    )
    reader.best = float(
        reader.prober.score({n.get("responseIdentifier"): reader.declared(n).correct for n in found})
    )
    return prompt, CheckClaim(next(v for v in known if v == verdict), tuple(corrections))


def _nothing(node: Node) -> list[Node | str]:
    return []


def _write(reader: Reader, found: list[Node]) -> tuple[str, Interaction]:
    if sum(node.name == "extendedTextInteraction" for node in found) > 1:
        reader.source.say("It has several fields to write in; here there is one for all.")
    for node in found:
        declared = reader.responses.get(node.get("responseIdentifier").strip())
        if declared is not None and declared.correct is not None:
            reader.source.say("Left out: the model answer of a text that people mark.")
    files = sum(node.name == "uploadInteraction" for node in found)
    texts = [node for node in found if node.name == "extendedTextInteraction"]
    limits = [_words(node) for node in texts]
    template = " ".join((texts[0].get("placeholderText") if texts else "").split())
    interaction = Write(
        limits[0][0] if limits else None, limits[0][1] if limits else None, template, files=files
    )
    return outside(reader, found), interaction


def _words(node: Node) -> tuple[int | None, int | None]:
    """Return the least and the most words, as Footnote and a few others write them."""
    low, high = node.get("data-min-words"), node.get("data-max-words")
    return int(low) if low.isdigit() else None, int(high) if high.isdigit() else None


def value_for(declared: Declaration, chosen: list[str]) -> Value:
    """Return the response that choosing these gives, None for none."""
    if declared.cardinality == "single":
        return chosen[0] if chosen else None
    return container(tuple(chosen), ordered=declared.cardinality == "ordered")


# -- choices ---------------------------------------------------------------------------------------
@dataclass
class _Choices:
    ids: list[str]
    texts: list[str]
    score: Callable[[list[str]], Decimal]
    seen: Callable[[list[str]], frozenset[int]]
    pinned: frozenset[str] = frozenset()


def _choices(reader: Reader, node: Node, *names: str) -> _Choices:
    declared = reader.declared(node)
    found = [choice for choice in node.walk() if choice.name in names]
    ids = [choice.get("identifier").strip() for choice in found]
    if len(set(ids)) < len(ids):
        raise Refused("two of its choices have the same identifier")
    if not 2 <= len(ids) <= MOST_CHOICES:
        raise Refused(f"it has {len(ids)} choices; from 2 to {MOST_CHOICES} can be asked")
    return _Choices(
        ids,
        [reader.tell(choice.children) for choice in found],
        lambda chosen: reader.prober.score({declared.identifier: value_for(declared, list(chosen))}),
        lambda chosen: reader.prober.seen({declared.identifier: value_for(declared, list(chosen))}),
        frozenset(i for i, choice in zip(ids, found, strict=True) if _is_true(choice.get("fixed"))),
    )


def _choice(reader: Reader, node: Node) -> tuple[str, Interaction]:
    declared = reader.declared(node)
    several = declared.cardinality != "single" and node.get("maxChoices", "1").strip() != "1"
    choices = _choices(reader, node, "simpleChoice", "hottext")
    prompt = prompt_of(reader, node)
    shuffle = _is_true(node.get("shuffle"))
    if several:
        return prompt, _several(reader, declared, choices, shuffle)
    return prompt, _one(reader, choices, shuffle)


def _is_true(value: str) -> bool:
    return value.strip() in ("true", "1")


def _one(reader: Reader, choices: _Choices, shuffle: bool) -> Interaction:
    key = key_of_one(choices.ids, lambda chosen: choices.score(list(chosen)))
    reader.best = float(key.best)
    probes = [
        Probe(frozenset([i]), fraction, choices.seen([i]))
        for i, fraction in zip(choices.ids, key.fractions, strict=True)
    ]
    judged = _judge(reader, choices, key.fractions, probes)
    if judged is not None:
        return judged
    reader.sorted = sort_feedback(
        reader.prober.feedback, probes, {i: i for i in choices.ids}, parts_first=reader.source.is_own
    )
    return Choose(_options(reader, choices, key.fractions), False, shuffle)


def _options(reader: Reader, choices: _Choices, fractions: tuple[float, ...]) -> tuple[Option, ...]:
    return tuple(
        Option(
            text,
            fraction,
            reader.feedback_text(reader.sorted.of_part.get(i, [])),
            is_pinned=i in choices.pinned,
        )
        for i, text, fraction in zip(choices.ids, choices.texts, fractions, strict=True)
    )


def _judge(
    reader: Reader, choices: _Choices, fractions: tuple[float, ...], probes: list[Probe]
) -> Interaction | None:
    """Return the choice as true or false, None if it is not one of just these two."""
    if reader.source.is_own and choices.ids != ["true", "false"]:
        return None
    truths = [_TRUE_FALSE.get(text.strip().strip(".").lower()) for text in choices.texts]
    if sorted(truths, key=str) != [False, True] or sorted(fractions) != [0.0, 1.0]:
        return None
    answer = truths[fractions.index(1.0)]
    found = sort_feedback(reader.prober.feedback, probes, {i: i for i in choices.ids}, parts_first=True)
    right = found.of_part.get(choices.ids[fractions.index(1.0)], [])
    wrong = found.of_part.get(choices.ids[fractions.index(0.0)], [])
    found.of_part = {}
    reader.sorted = found
    return Judge(answer is True, reader.feedback_text(right), reader.feedback_text(wrong))


def _several(reader: Reader, declared: Declaration, choices: _Choices, shuffle: bool) -> Interaction:
    correct = [str(value) for value in values_of(declared.correct)]
    key = key_of_several(choices.ids, correct, lambda chosen: choices.score(list(chosen)))
    reader.best = float(key.best)
    if not key.exact:
        reader.source.say("Some sets of choices earn other marks there than here; check the marking.")
    right = [i for i, fraction in zip(choices.ids, key.fractions, strict=True) if fraction > 0]
    sets = [
        [],
        right,
        choices.ids,
        *([i] for i in choices.ids),
        *([*right[:n], *right[n + 1 :]] for n in range(len(right))),
    ]
    probes = [
        Probe(frozenset(s), max(0.0, fraction_of(choices.score(s), key.best)), choices.seen(s)) for s in sets
    ]
    reader.sorted = sort_feedback(
        reader.prober.feedback, probes, {i: i for i in choices.ids}, parts_first=reader.source.is_own
    )
    return Choose(_options(reader, choices, key.fractions), True, shuffle, key.all_or_nothing)


# -- orders ----------------------------------------------------------------------------------------
def _order(reader: Reader, node: Node) -> tuple[str, Interaction]:
    declared = reader.declared(node)
    choices = _choices(reader, node, "simpleChoice")
    right = [str(value) for value in values_of(declared.correct)]
    unknown = [value for value in right if value not in choices.ids]
    if not right:
        raise NoKey
    if unknown or len(set(right)) < len(right):
        raise Refused(
            f"its right order names “{(unknown or right)[0]}”, which is no choice of it or stands twice"
        )
    left_out = [choices.texts[choices.ids.index(i)] for i in choices.ids if i not in right]
    if left_out:
        reader.source.say(f"Left out: choices that are not in the right order ({'; '.join(left_out)}).")
    key = key_of_order(right, lambda order: choices.score(list(order)))
    reader.best = float(key.best)
    if not key.exact:
        reader.source.say(f"Orders that are partly right earn other marks there; here it is “{key.grading}”.")
    sample = [right, right[::-1], [*right[1:], right[0]], []]
    probes = [
        Probe(frozenset(s[:1]), max(0.0, fraction_of(choices.score(s), key.best)), choices.seen(s))
        for s in sample
    ]
    reader.sorted = sort_feedback(reader.prober.feedback, probes, {}, parts_first=reader.source.is_own)
    steps = tuple(choices.texts[choices.ids.index(i)] for i in right)
    if len(set(steps)) < len(steps):
        raise Refused("two of its steps read the same")
    hint = node.get("data-grading") if reader.source.is_own else ""
    grading = next((g for g in GRADINGS if g == hint), key.grading)
    return prompt_of(reader, node), Arrange(steps, grading)


# -- typed -----------------------------------------------------------------------------------------
def _entry(reader: Reader, node: Node) -> tuple[str, Interaction]:
    if "fill" in _own_classes(reader):
        return read_fill(reader, [node])
    declared = reader.declared(node)
    if is_numeric(declared, reader.rules):
        return _number(reader, node, declared)

    def score(text: str) -> tuple[Decimal, frozenset[int]]:
        given = {declared.identifier: value_for(declared, [text])}
        return reader.prober.score(given), reader.prober.seen(given)

    key = key_of_text(declared, reader.rules, score)
    reader.best = float(key.best)
    interaction = enter_text(reader, key)
    dates = [name for name in ("day", "month", "year") if f"date-{name}" in node.get("class").split()]
    if reader.source.is_own and dates:
        return without(reader, node), EnterDate(interaction.answers[0].text, dates[0])  # type: ignore[arg-type]
    return without(reader, node), interaction


def enter_text(reader: Reader, key: TextKey) -> EnterText:
    """Return the key as words to be typed; the feedback to anything else becomes that of a last ``*``."""
    if not key.exact:
        reader.source.say("Case matters in some of its answers only; here it matters in all.")
    probes = [Probe(frozenset([p]), max(0.0, fraction_of(s, key.best)), seen) for p, s, seen in key.answers]
    probes.append(Probe(frozenset("*"), 0.0, key.otherwise))
    reader.sorted = sort_feedback(
        reader.prober.feedback,
        probes,
        {p: p for p, _, _ in key.answers} | {"*": "*"},
        parts_first=reader.source.is_own,
    )
    own = reader.sorted.of_part
    answers = [
        TextAnswer(
            pattern, max(0.0, fraction_of(score, key.best)), reader.feedback_text(own.get(pattern, []))
        )
        for pattern, score, _ in key.answers
    ]
    if own.get("*") and all(answer.text != "*" for answer in answers):
        answers.append(TextAnswer("*", 0.0, reader.feedback_text(own["*"])))
    return EnterText(tuple(answers), key.case_sensitive)


def _number(reader: Reader, node: Node, declared: Declaration) -> tuple[str, Interaction]:
    def score(number: Decimal) -> tuple[Decimal, frozenset[int]]:
        single = declared.cardinality == "single"
        value: Value = number if single else container((number,), ordered=declared.cardinality == "ordered")
        given = {declared.identifier: value}
        return reader.prober.score(given), reader.prober.seen(given)

    key = key_of_number(declared, reader.rules, score)
    reader.best = float(key.best)
    if node.name == "sliderInteraction":
        low, high, step = (node.get(name) for name in ("lowerBound", "upperBound", "step"))
        reader.source.say(
            f"A slider from {low} to {high}" + (f" by {step}" if step else "") + " became a number to type."
        )
        return prompt_of(reader, node), enter_number(reader, key)
    unit = _own_unit(reader)
    return without(reader, node), EnterNumber(enter_number(reader, key).answers, unit)


def _own_unit(reader: Reader) -> str:
    """Return the unit that Footnote wrote beside the field, and take it out of the text."""
    if not reader.source.is_own:
        return ""
    for parent in reader.body.root.walk():
        for child in parent.elements("span"):
            if child.get("class") == "unit":
                unit = child.text()
                parent.children = [c for c in parent.children if c is not child]
                reader.body.root.attributes["data-unit"] = unit
    return reader.body.root.get("data-unit")


def enter_number(reader: Reader, key: NumberKey) -> EnterNumber:
    if key.open_bounds:
        reader.source.say("A range there leaves its bounds out; here they count as within it.")
    names = {str(n): str(n) for n in range(len(key.ranges))}
    probes = [
        Probe(frozenset([str(n)]), max(0.0, fraction_of(r.score, key.best)), r.feedback)
        for n, r in enumerate(key.ranges)
    ]
    probes.append(Probe(frozenset("*"), 0.0, key.otherwise))
    reader.sorted = sort_feedback(
        reader.prober.feedback, probes, names | {"*": "*"}, parts_first=reader.source.is_own
    )
    own = reader.sorted.of_part
    answers = [
        NumberAnswer(
            r.value,
            r.tolerance,
            max(0.0, fraction_of(r.score, key.best)),
            reader.feedback_text(own.get(str(n), [])),
            r.tolerance_type,
        )
        for n, r in enumerate(key.ranges)
    ]
    if own.get("*"):
        answers.append(NumberAnswer("*", "0", 0.0, reader.feedback_text(own["*"])))
    return EnterNumber(tuple(answers))


_READERS: dict[str, Callable[[Reader, Node], tuple[str, Interaction]]] = {
    "choiceInteraction": _choice,
    "hottextInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": read_pairs,
    "associateInteraction": read_pairs,
    "textEntryInteraction": _entry,
    "sliderInteraction": lambda reader, node: _number(reader, node, reader.declared(node)),
}
