"""Texts with gaps: lists to choose from, typed words and numbers, words dragged into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Interaction,
    NumberAnswer,
    Option,
    TextAnswer,
)
from quiz.core.qti.feedback import Probe, Sorted, sort_feedback
from quiz.core.qti.key_entries import is_numeric, key_of_number, key_of_text
from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import NoKey
from quiz.core.qti.reading import Reader, Refused
from quiz.core.qti.reading_texts import Instead, asked_in, replaced
from quiz.core.qti.values import Container, Declaration, Scalar, Value, container, number_from, values_of

_SAME = Decimal("1e-6")
Given = dict[str, Value]


@dataclass
class _Slot:
    """One gap. put: returns the responses with this value in the gap, None for nothing.

    options: what may be chosen, by identifier; empty for a gap that is typed.
    """

    declared: Declaration
    node: Node
    put: Callable[[Given, Scalar | None], Given]
    options: dict[str, str] = field(default_factory=dict)
    shuffle: bool = True
    right: Scalar | None = None
    gap: Choose | EnterText | EnterNumber | None = None
    weight: Decimal = Decimal(0)


def read_fill(reader: Reader, interactions: list[Node]) -> tuple[str, Interaction]:
    """Return the prompt, "" since all is in the template, and the gaps."""
    slots: list[_Slot] = []
    instead: dict[int, Instead] = {}
    for node in interactions:
        instead[id(node)] = _take(reader, node, slots)
    template = reader.tell(replaced(reader.body.root, instead))
    best = _best(reader, slots)
    for slot in slots:
        _find_key(reader, slot, best)
    _check_sum(reader, slots, best)
    _sort(reader, slots, best)
    gaps = tuple(slot.gap for slot in slots if slot.gap is not None)
    weights = _own_weights(reader, len(gaps)) or _weights(slots)
    prompt = ""
    if reader.source.is_own:
        prompt, template = _own_prompt(reader, template, instead)
    return prompt, Fill(template, gaps, weights)


def _own_prompt(reader: Reader, template: str, instead: dict[int, Instead]) -> tuple[str, str]:
    """Return the prompt and the template apart, as Footnote wrote them."""
    parts = {
        name: [n for n in reader.body.root.walk() if n.get("class") == name]
        for name in ("prompt", "template")
    }
    if len(parts["prompt"]) != 1 or len(parts["template"]) != 1:
        return "", template
    return reader.tell(parts["prompt"][0].children), reader.tell(replaced(parts["template"][0], instead))


def _take(reader: Reader, node: Node, slots: list[_Slot]) -> Instead:
    """Add the interaction's gaps; return what stands for it in the template."""
    declared = reader.declared(node)
    if node.name == "gapMatchInteraction":
        return _take_gap_match(reader, node, declared, slots)
    if node.name in ("textEntryInteraction", "sliderInteraction"):
        slots.append(_Slot(declared, node, _putter(declared)))
    elif node.name in ("inlineChoiceInteraction", "choiceInteraction"):
        if declared.cardinality != "single" and node.get("maxChoices", "1").strip() != "1":
            raise Refused("it has several questions in one, of which one has several right answers. Split it")
        slots.append(_Slot(declared, node, _putter(declared), _options(reader, node), _shuffles(node)))
    else:
        raise Refused(f"it has several questions in one, and <{node.name}> can't be a gap. Split it")
    mark = f"[[{len(slots)}]]"
    if node.name in ("choiceInteraction", "sliderInteraction"):
        return lambda n: [Node("div", {}, [Node("div", {}, asked_in(n)), Node("div", {}, [mark])])]
    return lambda n: [mark]


def _shuffles(node: Node) -> bool:
    return node.get("shuffle").strip() in ("true", "1") and not any(
        child.get("fixed").strip() in ("true", "1") for child in node.walk()
    )


def _options(reader: Reader, node: Node) -> dict[str, str]:
    found = [
        child for child in node.walk() if child.name in ("inlineChoice", "simpleChoice", "gapText", "gapImg")
    ]
    options = {child.get("identifier").strip(): reader.tell(child.children) for child in found}
    if len(options) < len(found):
        raise Refused("two of its choices have the same identifier")
    return options


def _putter(declared: Declaration) -> Callable[[Given, Scalar | None], Given]:
    def put(given: Given, value: Scalar | None) -> Given:
        held: Value = value
        if value is not None and declared.cardinality != "single":
            held = Container((value,), declared.cardinality == "ordered")
        return {**given, declared.identifier: held}

    return put


def _take_gap_match(reader: Reader, node: Node, declared: Declaration, slots: list[_Slot]) -> Instead:
    options = _options(reader, node)
    shuffle = _shuffles(node)
    marks: dict[int, Instead] = {}
    if any(child.get("matchMax", "1").strip() == "1" for child in node.elements("gapText", "gapImg")):
        reader.source.say("Each word could be used once there; here every gap offers all of them.", "note")
    for gap in node.find_all("gap"):
        slots.append(
            _Slot(declared, gap, _pair_putter(declared, gap.get("identifier").strip()), options, shuffle)
        )
        marks[id(gap)] = _mark(len(slots))

    def instead(interaction: Node) -> list[Node | str]:
        prompt = [Node("p", {}, p.children) for p in interaction.elements("prompt")]
        body = [
            c
            for c in interaction.children
            if not (isinstance(c, Node) and c.name in ("prompt", "gapText", "gapImg"))
        ]
        return [*prompt, Node("div", {}, replaced(Node("div", {}, body), marks))]

    return instead


def _mark(number: int) -> Instead:
    return lambda _: [f"[[{number}]]"]


def _pair_putter(declared: Declaration, gap: str) -> Callable[[Given, Scalar | None], Given]:
    def put(given: Given, value: Scalar | None) -> Given:
        others = tuple(
            v for v in values_of(given.get(declared.identifier)) if not (isinstance(v, tuple) and gap in v)
        )
        added: tuple[Scalar, ...] = () if value is None else ((str(value), gap),)
        return {**given, declared.identifier: container(others + added, ordered=False)}

    return put


# -- the key ---------------------------------------------------------------------------------------
def _best(reader: Reader, slots: list[_Slot]) -> Given:
    """Return the responses that earn most: the declared right ones, or what is found by trying gap by gap."""
    given: Given = {}
    for slot in slots:
        slot.right = _declared_right(slot)
        given = slot.put(given, slot.right)
    for slot in slots:
        candidates: list[Scalar] = [*slot.options] or [
            entry.key for entry in (slot.declared.mapping.entries if slot.declared.mapping else ())
        ]
        now = reader.prober.score(given)
        for candidate in candidates:
            score = reader.prober.score(slot.put(given, candidate))
            if score > now:
                now, slot.right = score, candidate
        given = slot.put(given, slot.right)
    if reader.prober.score(given) <= 0:
        raise NoKey
    reader.best = float(reader.prober.score(given))
    return given


def _declared_right(slot: _Slot) -> Scalar | None:
    values = values_of(slot.declared.correct)
    if slot.node.name != "gap":
        return values[0] if values else None
    gap = slot.node.get("identifier").strip()
    pairs = [value for value in values if isinstance(value, tuple) and gap in value]
    return next((pair[0] if pair[1] == gap else pair[1] for pair in pairs), None)


def _find_key(reader: Reader, slot: _Slot, best: Given) -> None:
    empty = slot.put(best, None)
    nothing = reader.prober.score(empty)

    def earned(value: Scalar) -> tuple[Decimal, frozenset[int]]:
        given = slot.put(best, value)
        return reader.prober.score(given) - nothing, reader.prober.seen(given)

    if slot.options:
        scores = {choice: earned(choice)[0] for choice in slot.options}
        slot.weight = max(scores.values())
        if slot.weight <= 0:
            raise NoKey
        options = tuple(Option(text, _share(scores[i], slot.weight)) for i, text in slot.options.items())
        slot.gap = Choose(options, False, slot.shuffle)
    elif is_numeric(slot.declared, reader.rules):
        number = key_of_number(slot.declared, reader.rules, earned)
        slot.weight = number.best
        if number.open_bounds:
            reader.source.say("A range there leaves its bounds out; here they count as within it.")
        slot.gap = EnterNumber(
            tuple(
                NumberAnswer(r.value, r.tolerance, _share(r.score, number.best), "", r.tolerance_type)
                for r in number.ranges
                if r.score > 0
            )
        )
    else:
        text = key_of_text(slot.declared, reader.rules, earned)
        slot.weight = text.best
        if not text.exact:
            reader.source.say("Case matters in some of its answers only; here it matters in all.")
        answers = tuple(TextAnswer(p, _share(s, text.best)) for p, s, _ in text.answers if s > 0)
        slot.gap = EnterText(answers, text.case_sensitive)


def _share(score: Decimal, best: Decimal) -> float:
    return max(-1.0, min(1.0, float(score / best)))


def _check_sum(reader: Reader, slots: list[_Slot], best: Given) -> None:
    full = reader.prober.score(best)
    empty: Given = {}
    for slot in slots:
        empty = slot.put(empty, None)
    together = sum((slot.weight for slot in slots), Decimal(0)) + reader.prober.score(empty)
    if abs(together - full) > _SAME * max(abs(full), Decimal(1)) and len(slots) > 1:
        reader.source.say("There the gaps only count together; here each gap earns its part of the mark.")


def _weights(slots: list[_Slot]) -> tuple[float, ...]:
    weights = [slot.weight for slot in slots]
    if all(abs(weight - weights[0]) <= _SAME * abs(weights[0]) for weight in weights):
        return ()
    # One part of three and two of three are told as 1 and 2.
    parts = [weight / min(weights) for weight in weights]
    whole = [round(part) for part in parts]
    if all(abs(part - number) <= _SAME * number for part, number in zip(parts, whole, strict=True)):
        return tuple(float(number) for number in whole)
    return tuple(float(weight) for weight in weights)


def _own_weights(reader: Reader, count: int) -> tuple[float, ...]:
    """Return the weights as Footnote wrote them, none where it wrote none."""
    classes = reader.body.root.get("class").split() if reader.source.is_own else []
    written = next((name[len("weights-") :] for name in classes if name.startswith("weights-")), "")
    numbers = [number_from(part.replace("_", ".")) for part in written.split("-")] if written else []
    found = tuple(float(number) for number in numbers if number is not None)
    return found if len(found) == count else ()


# -- feedback --------------------------------------------------------------------------------------
def _sort(reader: Reader, slots: list[_Slot], best: Given) -> None:
    """Find whose the feedback is: of one choice or answer in one gap, or of the response as a whole."""
    if not reader.prober.feedback:
        return
    probes = [Probe(frozenset(["all"]), 1.0, reader.prober.seen(best))]
    names: dict[str, str] = {}
    empty: Given = {}
    for slot in slots:
        empty = slot.put(empty, None)
    probes.append(Probe(frozenset(), 0.0, reader.prober.seen(empty)))
    full = reader.prober.score(best)
    for number, slot in enumerate(slots):
        for value in _values(slot):
            part = f"{number} {value}"
            names[part] = str(value)
            for around in (best, empty):
                given = slot.put(around, value)
                share = max(0.0, min(1.0, float(reader.prober.score(given) / full)))
                others = [f"{m} {o.right}" for m, o in enumerate(slots) if m != number and around is best]
                probes.append(Probe(frozenset([part, *others]), share, reader.prober.seen(given)))
    probes[0] = Probe(frozenset(f"{m} {o.right}" for m, o in enumerate(slots)), 1.0, probes[0].seen)
    reader.sorted = sort_feedback(reader.prober.feedback, probes, names, parts_first=reader.source.is_own)
    for number, slot in enumerate(slots):
        _give_feedback(reader, slot, number, reader.sorted)


def _values(slot: _Slot) -> list[Scalar]:
    if isinstance(slot.gap, Choose):
        return list(slot.options)
    if isinstance(slot.gap, EnterText):
        return [a.text.replace("\\*", "*") for a in slot.gap.answers if "*" not in a.text.replace("\\*", "")]
    answers = slot.gap.answers if slot.gap is not None else ()
    return [Decimal(a.value) for a in answers if a.value != "*"]


def _give_feedback(reader: Reader, slot: _Slot, number: int, found: Sorted) -> None:
    texts = [reader.feedback_text(found.of_part.get(f"{number} {value}", [])) for value in _values(slot)]
    if not any(texts):
        return
    match slot.gap:
        case Choose(options, several, shuffle):
            told = tuple(Option(o.text, o.fraction, text) for o, text in zip(options, texts, strict=True))
            slot.gap = Choose(told, several, shuffle)
        case EnterText(answers, sensitive):
            by_text = dict(zip([str(value) for value in _values(slot)], texts, strict=True))
            slot.gap = EnterText(
                tuple(
                    TextAnswer(a.text, a.fraction, by_text.get(a.text.replace("\\*", "*"), ""))
                    for a in answers
                ),
                sensitive,
            )
        case EnterNumber(answers, unit):
            slot.gap = EnterNumber(
                tuple(
                    NumberAnswer(a.value, a.tolerance, a.fraction, text, a.tolerance_type)
                    for a, text in zip(answers, texts, strict=True)
                ),
                unit,
            )
