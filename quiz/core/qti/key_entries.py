"""The keys of typed answers, words and numbers, found by trying."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from quiz.core.qti.nodes import Node
from quiz.core.qti.operators import tolerance_bounds
from quiz.core.qti.patterns import read_patterns
from quiz.core.qti.probing import NoKey
from quiz.core.qti.values import Declaration, NotUnderstood, number_from, values_of
from quiz.core.text_answers import matches

_COMPARING = {
    "match", "stringMatch", "substring", "patternMatch", "member", "contains", "equal", "equalRounded",
    "lt", "lte", "gt", "gte",
}  # fmt: skip
_NUMERIC = {"equal", "equalRounded", "lt", "lte", "gt", "gte"}
_MOST_ANSWERS = 500
_NOBODY_TYPES = "\u2042 q7 \u2042"


class TextKey(NamedTuple):
    """answers: pattern, score, and the feedback it brings; ``*`` stands for any run."""

    best: Decimal
    answers: tuple[tuple[str, Decimal, frozenset[int]], ...]
    otherwise: frozenset[int]
    case_sensitive: bool
    exact: bool


class NumberRange(NamedTuple):
    """tolerance_type: nominal or relative, in which case tolerance is a share of the value."""

    value: str
    tolerance: str
    tolerance_type: Literal["nominal", "relative"]
    score: Decimal
    feedback: frozenset[int]


class NumberKey(NamedTuple):
    """open_bounds: whether a bound itself does not count where it was, and does as we tell it."""

    best: Decimal
    ranges: tuple[NumberRange, ...]
    otherwise: frozenset[int]
    open_bounds: bool


_Found = tuple[Decimal, frozenset[int]]
_Kept = dict[str, _Found]
TextScore = Callable[[str], tuple[Decimal, frozenset[int]]]
NumberScore = Callable[[Decimal], tuple[Decimal, frozenset[int]]]


def comparisons(rules: Iterable[Node], response: str) -> list[Node]:
    """Return the comparisons that look at the response."""
    return [
        found
        for rule in rules
        for found in rule.find_all(*_COMPARING)
        if any(leaf.get("identifier") == response for leaf in found.find_all("variable"))
    ]


def is_numeric(declared: Declaration, rules: Iterable[Node]) -> bool:
    """Tell whether the response is a number, by its type or by what it is compared with."""
    if declared.base_type in ("float", "integer"):
        return True
    found = comparisons(rules, declared.identifier)
    return bool(found) and all(comparison.name in _NUMERIC for comparison in found)


# -- words -----------------------------------------------------------------------------------------
def key_of_text(declared: Declaration, rules: list[Node], score: TextScore) -> TextKey:
    """Return the answers in words. Raises NoKey, or NotUnderstood for a pattern that says too much."""
    tried = {pattern: score(_sample(pattern)) for pattern in _text_candidates(declared, rules)}
    best = max((s for s, _ in tried.values()), default=Decimal(0))
    if best <= 0:
        raise NoKey
    nothing, otherwise = score(_NOBODY_TYPES)
    kept = {p: found for p, found in tried.items() if found[0] > 0 or found != (nothing, otherwise)}
    kept = {p: found for p, found in kept.items() if not _is_sample(p, found, declared, kept)}
    sensitive = _case_matters(declared, kept, score)
    in_order = _first_match_order(kept)
    answers = tuple((pattern, *kept[pattern]) for pattern in in_order)
    return TextKey(best, answers, otherwise, sensitive is not False, sensitive is not None)


def _text_candidates(declared: Declaration, rules: list[Node]) -> list[str]:
    found: list[str] = []
    for comparison in comparisons(rules, declared.identifier):
        constants = [c.text().strip() for c in comparison.find_all("baseValue")]
        if any(c.get("identifier") == declared.identifier for c in comparison.find_all("correct")):
            constants += [str(value) for value in values_of(declared.correct)]
        within = comparison.name == "substring" or comparison.get("substring") == "true"
        if comparison.name == "patternMatch":
            found += [pattern.wildcard for pattern in read_patterns(comparison.get("pattern"))]
        found += [f"*{_literal(text)}*" if within else _literal(text) for text in constants if text]
    mapped = [str(entry.key).strip() for entry in declared.mapping.entries] if declared.mapping else []
    found += [_literal(str(value)) for value in values_of(declared.correct)] + [
        _literal(text) for text in mapped
    ]
    different = [text for text in dict.fromkeys(found) if text.strip()]
    if len(different) > _MOST_ANSWERS:
        raise NotUnderstood(
            f"{len(different)} answers to one question, of which at most {_MOST_ANSWERS} are read"
        )
    return different


def _literal(text: str) -> str:
    return text.replace("*", "\\*")


def _sample(pattern: str) -> str:
    """Return a text that the pattern accepts and that hardly another does."""
    marked = pattern.replace("\\*", "\ue001")
    return (
        marked.replace("*", " \u2042 ").replace("\ue001", "*")
        if "*" in marked
        else marked.replace("\ue001", "*")
    )


def _has_wildcard(pattern: str) -> bool:
    return "*" in pattern.replace("\\*", "")


def _first_match_order(kept: _Kept) -> list[str]:
    """Return the patterns in an order in which the first that matches a text earns what the text earned."""
    order = list(kept)
    for pattern in kept:
        sample = _sample(pattern)
        first = next((other for other in order if matches(other, sample, case_sensitive=True)), pattern)
        if kept[first] != kept[pattern]:
            # What was tried is what the first match earned, so exact words before wildcards can't change
            # a score.
            return sorted(kept, key=_has_wildcard)
    return order


def _is_sample(pattern: str, found: _Found, declared: Declaration, kept: _Kept) -> bool:
    """Tell whether the words are only told as an example of a pattern that says it all."""
    if _has_wildcard(pattern) or (declared.mapping is not None and declared.mapping.entries):
        return False
    wider = [other for other in kept if _has_wildcard(other) and matches(other, _sample(pattern))]
    return "…" in pattern and any(kept[other] == found for other in wider)


def _case_matters(declared: Declaration, kept: _Kept, score: TextScore) -> bool | None:
    """Return whether case matters; None if it does for some answers only."""
    samples = {_sample(pattern): found[0] for pattern, found in kept.items() if found[0] > 0}
    matters = []
    for sample, earned in samples.items():
        variants = {sample.upper(), sample.lower(), sample.swapcase()} - set(samples)
        if variants:
            matters.append(any(score(variant)[0] != earned for variant in variants))
    if not matters:
        entries = declared.mapping.entries if declared.mapping else ()
        return all(entry.case_sensitive for entry in entries)
    return matters[0] if len(set(matters)) == 1 else None


# -- numbers ---------------------------------------------------------------------------------------
class NumberHint(NamedTuple):
    """A range that the item's rules may mean, and how it was written."""

    low: Decimal
    high: Decimal
    value: str
    tolerance: str
    tolerance_type: Literal["nominal", "relative"]


def key_of_number(declared: Declaration, rules: list[Node], score: NumberScore) -> NumberKey:
    """Return the ranges of numbers that earn something, the best first.

    Raises NoKey if none does, NotUnderstood if a range has no end.
    """
    with localcontext() as context:
        context.prec = 50
        hints = _hints(declared, rules)
        if declared.base_type == "integer":
            return _key_from(hints, _whole_points(hints), score, whole=True)
        return _key_from(hints, _points(hints), score)


def _hints(declared: Declaration, rules: list[Node]) -> list[NumberHint]:
    texts = [value.text().strip() for value in declared.node.find_all("value")]
    if declared.mapping is not None:
        texts += [str(entry.key).strip() for entry in declared.mapping.entries]
    hints = [_exact(text) for text in texts]
    for comparison in comparisons(rules, declared.identifier):
        constants = [c.text().strip() for c in comparison.find_all("baseValue")]
        if any(c.get("identifier") == declared.identifier for c in comparison.find_all("correct")):
            constants += texts
        for text in constants:
            hints += [_exact(text), *_around(comparison, text)]
    return [hint for hint in hints if hint is not None]


def _exact(text: str) -> NumberHint | None:
    number = number_from(text)
    return None if number is None else NumberHint(number, number, _as_written(text), "0", "nominal")


def _as_written(text: str) -> str:
    return text.strip().replace(",", ".").removeprefix("+")


def _around(comparison: Node, text: str) -> list[NumberHint | None]:
    number = number_from(text)
    if number is None:
        return []
    if comparison.name == "equal":
        low, high = tolerance_bounds(comparison, number)
        written = comparison.get("tolerance").split()
        if comparison.get("toleranceMode") == "relative":
            share = Decimal(written[0]) / 100
            return [NumberHint(low, high, _as_written(text), f"{share.normalize():f}", "relative")]
        tolerance = written[0] if written and comparison.get("toleranceMode") == "absolute" else "0"
        return [NumberHint(low, high, _as_written(text), tolerance, "nominal")]
    if comparison.name == "equalRounded":
        places = int(comparison.get("figures", "3"))
        if comparison.get("roundingMode", "significantFigures") != "decimalPlaces":
            places = places - 1 - number.adjusted() if number else places
        half = Decimal(5).scaleb(-places - 1)
        middle = round(number, places)
        return [NumberHint(middle - half, middle + half, _as_written(text), f"{half:f}", "nominal")]
    return []


def _points(hints: list[NumberHint]) -> list[Decimal]:
    """Return the numbers to be tried: every bound, one between each two, one beyond either end."""
    bounds = sorted({bound for hint in hints for bound in (hint.low, hint.high)})
    if not bounds:
        raise NoKey
    points = [bounds[0] - 1 - abs(bounds[0])]
    for n, bound in enumerate(bounds):
        points.append(bound)
        beyond = bound + 1 + abs(bound)
        points.append((bound + bounds[n + 1]) / 2 if n + 1 < len(bounds) else beyond)
    return points


def key_from_hints(hints: list[NumberHint], score: NumberScore) -> NumberKey:
    """Return the ranges that earn something, where the rules were read elsewhere. Raises as key_of_number."""
    with localcontext() as context:
        context.prec = 50
        return _key_from(hints, _points(hints), score)


def exact_hint(text: str) -> NumberHint | None:
    """Return the range of just this number, None if the text is none."""
    return _exact(text)


def _whole_points(hints: list[NumberHint]) -> list[Decimal]:
    bounds = {bound.to_integral_value() for hint in hints for bound in (hint.low, hint.high)}
    if not bounds:
        raise NoKey
    return sorted(
        {bound + step for bound in bounds for step in (-1, 0, 1)} | {min(bounds) - 9, max(bounds) + 9}
    )


def _key_from(
    hints: list[NumberHint], points: list[Decimal], score: NumberScore, *, whole: bool = False
) -> NumberKey:
    """whole: the points are whole numbers next to one another, and not bounds with numbers between."""
    tried = [score(point) for point in points]
    best = max(s for s, _ in tried)
    if best <= 0:
        raise NoKey
    if tried[0][0] > 0 or tried[-1][0] > 0:
        raise NotUnderstood("a range of numbers without an end")
    otherwise = tried[0][1]
    ranges: list[NumberRange] = []
    open_bounds = False
    for level in sorted({s for s, _ in tried if s > 0}, reverse=True):
        of_level: list[NumberRange] = []
        for first, last in _runs([s >= level for s, _ in tried]):
            at = next((n for n in range(first, last + 1) if tried[n][0] == level), None)
            if at is None:
                continue
            # Bounds stand at odd places; a run that begins between two of them leaves its bound out.
            before, after = (0, 0) if whole else (int(first % 2 == 0), int(last % 2 == 0))
            low, high = points[first - before], points[last + after]
            open_bounds |= bool(before or after)
            of_level.append(_range(low, high, hints, level, tried[at][1]))
        ranges += sorted(of_level, key=lambda found: _place(found, hints))
    for n in range(1, len(points), 1 if whole else 2):
        if tried[n][0] <= 0 and tried[n][1] != otherwise:
            ranges.append(_range(points[n], points[n], hints, Decimal(0), tried[n][1]))
    return NumberKey(best, tuple(ranges), otherwise, open_bounds)


def _place(found: NumberRange, hints: list[NumberHint]) -> int:
    """Return how early the rules name the number, so that what stands first there stands first here."""
    return next((n for n, hint in enumerate(hints) if hint.value == found.value), len(hints))


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for n, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        elif flag:
            runs.append((n, n))
    return runs


def _range(
    low: Decimal, high: Decimal, hints: list[NumberHint], score: Decimal, feedback: frozenset[int]
) -> NumberRange:
    for hint in sorted(hints, key=lambda h: h.tolerance_type == "nominal" and h.tolerance == "0"):
        if hint.low == low and hint.high == high:
            return NumberRange(hint.value, hint.tolerance, hint.tolerance_type, score, feedback)
    middle, half = (low + high) / 2, (high - low) / 2
    written = next((h.value for h in hints if h.low == h.high == middle), f"{middle.normalize():f}")
    return NumberRange(written, f"{half.normalize():f}", "nominal", score, feedback)
