"""Finding partners: two sets to be matched, or one set to be paired."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from quiz.core.items import Interaction, Match
from quiz.core.qti.feedback import Probe, sort_feedback
from quiz.core.qti.nodes import Node
from quiz.core.qti.probing import NoKey
from quiz.core.qti.reading import Reader, Refused
from quiz.core.qti.reading_texts import prompt_of
from quiz.core.qti.values import Declaration, Scalar, Value, container, values_of

_SAME = Decimal("1e-6")
Pair = tuple[str, str]


def read_pairs(reader: Reader, node: Node) -> tuple[str, Interaction]:
    declared = reader.declared(node)
    choices = node.find_all("simpleAssociableChoice")
    texts = {choice.get("identifier").strip(): reader.tell(choice.children) for choice in choices}
    if len(texts) < len(choices):
        raise Refused("two of its choices have the same identifier")
    right = _right_pairs(reader, declared)
    unknown = [side for pair in right for side in pair if side not in texts]
    if unknown:
        raise Refused(f"its key names “{unknown[0]}”, which is no choice of it")
    if node.name == "matchInteraction":
        pairs, distractors = _two_sets(reader, node, right)
    else:
        pairs, distractors = _one_set(reader, list(texts), right)
    _check_marks(reader, declared, right)
    if len({texts[left] for left, _ in pairs}) < len(pairs):
        raise Refused("two of its left sides read the same")
    shuffle = node.get("shuffle").strip() in ("true", "1")
    told = tuple((texts[left], texts[right_side]) for left, right_side in pairs)
    return prompt_of(reader, node), Match(told, tuple(dict.fromkeys(texts[i] for i in distractors)), shuffle)


def _right_pairs(reader: Reader, declared: Declaration) -> list[Pair]:
    """Return the pairs that the key declares, or else those that a mapping gives something for."""
    pairs = [value for value in values_of(declared.correct) if isinstance(value, tuple)]
    mapped = declared.mapping.entries if declared.mapping is not None else ()
    if not pairs:
        pairs = [entry.key for entry in mapped if entry.value > 0 and isinstance(entry.key, tuple)]
    if not pairs:
        raise NoKey
    return list(dict.fromkeys(pairs))


def _two_sets(reader: Reader, node: Node, right: list[Pair]) -> tuple[list[Pair], list[str]]:
    sets = [
        [c.get("identifier").strip() for c in s.elements("simpleAssociableChoice")]
        for s in node.elements("simpleMatchSet")
    ]
    if len(sets) != 2:
        raise Refused("it has not exactly two sets to match")
    first, second = sets
    pairs = [pair if pair[0] in first else (pair[1], pair[0]) for pair in right]
    if _each_once(first, [left for left, _ in pairs]):
        found = dict(pairs)
        return [(left, found[left]) for left in first], [i for i in second if i not in found.values()]
    if _each_once(second, [other for _, other in pairs]):
        reader.source.say(
            "Its two sides changed places, since each of the second side has one partner.", "note"
        )
        found = {other: left for left, other in pairs}
        return [(other, found[other]) for other in second], [i for i in first if i not in found.values()]
    return _best_side(reader, first, second, pairs)


def _each_once(side: list[str], matched: list[str]) -> bool:
    return sorted(side) == sorted(matched)


def _best_side(
    reader: Reader, first: list[str], second: list[str], pairs: list[Pair]
) -> tuple[list[Pair], list[str]]:
    """Return pairs where some choice has no partner at all; nothing of one side may have two."""
    lefts, rights = [left for left, _ in pairs], [other for _, other in pairs]
    if len(set(lefts)) == len(lefts):
        kept, offered, partners = sorted(pairs, key=lambda p: first.index(p[0])), second, set(rights)
        lonely = [i for i in first if i not in lefts]
    elif len(set(rights)) == len(rights):
        kept = sorted(((other, left) for left, other in pairs), key=lambda p: second.index(p[0]))
        offered, partners = first, set(lefts)
        lonely = [i for i in second if i not in rights]
    else:
        raise Refused(
            "choices on both sides have several partners; split it, or ask it as choices of several"
        )
    if lonely:
        reader.source.say(
            f"Left out: {len(lonely)} on the left that belong to nothing; every left side needs a "
            "right one here."
        )
    return kept, [i for i in offered if i not in partners]


def _one_set(reader: Reader, ids: list[str], right: list[Pair]) -> tuple[list[Pair], list[str]]:
    pairs: list[Pair] = []
    for a, b in right:
        taken = {left for left, _ in pairs}
        ordered = (a, b) if ids.index(a) <= ids.index(b) else (b, a)
        pair = ordered if ordered[0] not in taken else (ordered[1], ordered[0])
        if pair[0] in taken:
            raise Refused("a choice has several partners; split it, or ask it as choices of several")
        pairs.append(pair)
    reader.source.say("Choices of one set to be paired became a left and a right side.")
    paired = {side for pair in pairs for side in pair}
    return pairs, [i for i in ids if i not in paired]


def _check_marks(reader: Reader, declared: Declaration, right: list[Pair]) -> None:
    def given(pairs: list[Pair]) -> dict[str, Value]:
        scalars: tuple[Scalar, ...] = tuple(pairs)
        if declared.cardinality == "single":
            return {declared.identifier: scalars[0] if scalars else None}
        return {declared.identifier: container(scalars, ordered=declared.cardinality == "ordered")}

    best = reader.prober.score(given(right))
    if best <= 0:
        raise NoKey
    reader.best = float(best)
    without = [best - reader.prober.score(given([p for p in right if p != left_out])) for left_out in right]
    if any(abs(lost - best / len(right)) > _SAME * best for lost in without):
        all_lost = all(abs(lost - best) <= _SAME * best for lost in without)
        told = "All pairs count together only" if all_lost else "Its pairs count differently"
        reader.source.say(f"{told} there; here each right pair earns the same part of the mark.")
    elif len(right) > 1 and not _wrong_costs_nothing(reader, right, given):
        reader.source.say("A wrong pair costs something there; here it only earns nothing.")
    probes = [
        Probe(frozenset(["all"]), 1.0, reader.prober.seen(given(right))),
        Probe(frozenset(["some"]), 0.5, reader.prober.seen(given(right[:1]))) if len(right) > 1 else None,
        Probe(frozenset(["none"]), 0.0, reader.prober.seen(given([(right[0][1], right[0][0])]))),
    ]
    reader.sorted = sort_feedback(reader.prober.feedback, [p for p in probes if p is not None], {})


def _wrong_costs_nothing(
    reader: Reader, right: list[Pair], given: Callable[[list[Pair]], dict[str, Value]]
) -> bool:
    wrong = (right[0][0], right[1][1])
    if wrong in right:
        return True
    one = reader.prober.score(given([right[1]]))
    return bool(reader.prober.score(given([right[1], wrong])) >= one)
