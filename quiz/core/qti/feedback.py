"""Which of an item's feedback belongs to which answer, seen from what each response brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.core.qti.probing import Feedback

OVERALL = "OVERALL_FEEDBACK"
"""The outcome of the feedback that Footnote writes for the response as a whole."""


class Probe(NamedTuple):
    """parts: what was answered.

    share: of the best score, 0 to 1. seen: the feedback it brought, by number.
    """

    parts: frozenset[str]
    share: float
    seen: frozenset[int]


@dataclass
class Sorted:
    """By number of the feedback.

    of_part: for one choice or answer each. unsorted: under conditions we can't say.
    """

    general: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    partial: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    of_part: dict[str, list[int]] = field(default_factory=dict)
    unsorted: list[int] = field(default_factory=list)


def sort_feedback(
    feedback: Sequence[Feedback],
    probes: Sequence[Probe],
    names: Mapping[str, str],
    *,
    parts_first: bool = False,
) -> Sorted:
    """Return where each feedback belongs.

    names: the identifier by which each part may be called, since a feedback of that name is the part's own.
    parts_first: whether what fits a part and the whole alike is the part's.
    """
    out = Sorted()
    overall = {"general": out.general, "right": out.right, "partial": out.partial, "wrong": out.wrong}
    for number, one in enumerate(feedback):
        if one.outcome == OVERALL and one.identifier in overall:
            overall[one.identifier].append(number)
            continue
        shown = frozenset(n for n, probe in enumerate(probes) if number in probe.seen)
        part = _part(shown, probes, names, one.identifier, parts_first=parts_first)
        whole = _whole(shown, probes, out)
        if len(shown) == len(probes):
            out.general.append(number)
        elif part is not None and (whole is None or parts_first or one.identifier in names.values()):
            out.of_part.setdefault(part, []).append(number)
        elif whole is not None:
            whole.append(number)
        elif _is_of_parts(shown, probes, names):
            for name in names:
                if shown >= _with(name, probes) and _with(name, probes):
                    out.of_part.setdefault(name, []).append(number)
        elif shown or one.identifier:
            out.unsorted.append(number)
    return out


def _with(part: str, probes: Sequence[Probe]) -> frozenset[int]:
    return frozenset(n for n, probe in enumerate(probes) if part in probe.parts)


def _part(
    shown: frozenset[int],
    probes: Sequence[Probe],
    names: Mapping[str, str],
    identifier: str,
    *,
    parts_first: bool,
) -> str | None:
    fitting = [part for part in names if shown and shown == _with(part, probes)]
    named = [part for part in fitting if names[part] == identifier]
    return next(iter(named or fitting), None)


def _is_of_parts(shown: frozenset[int], probes: Sequence[Probe], names: Iterable[str]) -> bool:
    """Tell whether the feedback is that of several parts, each of which brings it."""
    covered: frozenset[int] = frozenset()
    for part in names:
        with_part = _with(part, probes)
        if with_part <= shown:
            covered |= with_part
    return bool(shown) and covered == shown


def _whole(shown: frozenset[int], probes: Sequence[Probe], out: Sorted) -> list[int] | None:
    full = {n for n, probe in enumerate(probes) if probe.share >= 1 - 1e-9}
    nothing = {n for n, probe in enumerate(probes) if probe.share <= 1e-9}
    between = set(range(len(probes))) - full - nothing
    if not shown:
        return None
    if shown == full:
        return out.right
    if shown in (nothing, nothing | between) and nothing:
        return out.wrong
    # A blank answer often brings none at all.
    answered = {n for n in nothing if probes[n].parts}
    if answered and shown in (answered, answered | between):
        return out.wrong
    return out.partial if shown == between else None
