"""From single responses to a final mark: what several tries, a penalty, or a certainty make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from quiz.core.items import Fill, Interaction, Judge, Match
from quiz.core.marking.outcomes import Outcome
from quiz.core.marking.responses import is_blank, mark_response, part_responses, part_shares

Behaviour = Literal["deferred", "adaptive", "adaptive_no_penalty", "interactive", "cbm"]
BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)

STANDARD_PENALTY = 0.3333333
_NO_SCORE = 0.00000005
_RIGHT_BY_CERTAINTY = {1: 1.0, 2: 2.0, 3: 3.0}
_WRONG_BY_CERTAINTY = {1: 0.0, 2: -2.0, 3: -6.0}


def standard_penalty(interaction: Interaction) -> float:
    """Return what a try costs where nobody said: who errs at true or false has nothing left to try."""
    return 1.0 if isinstance(interaction, Judge) else STANDARD_PENALTY


def deferred(interaction: Interaction, tries: Sequence[Any]) -> Outcome:
    """Return what the last response earns; those before it were only thought of."""
    return mark_response(interaction, tries[-1])


def adaptive(interaction: Interaction, tries: Sequence[Any], *, penalty: float) -> Outcome:
    """Return the best of all tries, each less the penalty for those before it.

    What is blank or can't be read is no try, and neither is the same response once more. The last one is
    marked even if it is not complete, as when the time is over.
    """
    best, counted, previous = 0.0, 0, None
    last = Outcome(0.0)
    for number, response in enumerate(tries, start=1):
        last = mark_response(interaction, response)
        is_try = last.complete or (number == len(tries) and last.answered)
        if last.fraction is None or not is_try or (counted and response == previous):
            continue
        best = max(best, last.fraction - penalty * counted)
        counted, previous = counted + 1, response
    return last if last.fraction is None else replace(last, fraction=best)


def interactive(
    interaction: Interaction, tries: Sequence[Any], *, penalty: float, most: int | None
) -> Outcome:
    """Return what the last try earns, less a penalty for each before it; part by part if there are parts.

    A try ends it if it is right, or the last, or the last that the hints allow (most, None for no limit).
    """
    counted: list[Any] = []
    outcome = Outcome(0.0)
    for number, response in enumerate(tries, start=1):
        outcome = mark_response(interaction, response)
        is_last = number == len(tries)
        if outcome.complete or (is_last and outcome.answered):
            counted.append(response)
        if outcome.is_right or len(counted) == most:
            break
    if outcome.fraction is None or not outcome.answered:
        return outcome
    if isinstance(interaction, Match | Fill):
        return replace(outcome, fraction=_part_by_part(interaction, counted, penalty))
    return replace(outcome, fraction=max(0.0, outcome.fraction - (len(counted) - 1) * penalty))


def certainty_based(interaction: Interaction, tries: Sequence[Any], *, certainty: int) -> Outcome:
    """Return the mark by how certain one was, 1 to 3: up to three times the mark, or down to minus six."""
    outcome = mark_response(interaction, tries[-1])
    if outcome.fraction is None or not outcome.answered:
        return outcome
    if outcome.fraction <= _NO_SCORE:
        return replace(outcome, fraction=_WRONG_BY_CERTAINTY[certainty])
    return replace(outcome, fraction=_RIGHT_BY_CERTAINTY[certainty] * outcome.fraction)


def _part_by_part(interaction: Match | Fill, tries: Sequence[Any], penalty: float) -> float:
    """Return the mark where a later change of one part costs that part alone."""
    shares = [part_shares(interaction, response) for response in tries]
    weights = (interaction.weights if isinstance(interaction, Fill) else ()) or (1.0,) * len(shares[0])
    discount = _since_last_change if isinstance(interaction, Fill) else _since_last_wrong
    tries_before = discount(interaction, tries, shares)
    kept = [
        max(0.0, share - before * penalty) for share, before in zip(shares[-1], tries_before, strict=True)
    ]
    total = sum(weights)
    return sum(k * w for k, w in zip(kept, weights, strict=True)) / total if total else 0.0


def _since_last_wrong(
    interaction: Interaction, tries: Sequence[Any], shares: Sequence[list[float]]
) -> list[int]:
    """Return, for each part, how many tries passed before it was right for good."""
    return [
        max((n + 1 for n, part in enumerate(parts) if part < 1), default=0)
        for parts in zip(*shares, strict=True)
    ]


def _since_last_change(
    interaction: Interaction, tries: Sequence[Any], shares: Sequence[list[float]]
) -> list[int]:
    """Return, for each part, at which try (from 0) its answer was last changed."""
    by_part = zip(*(part_responses(interaction, response) for response in tries), strict=True)
    return [_last_change(answers) for answers in by_part]


def _last_change(answers: Sequence[Any]) -> int:
    last, previous = 0, None
    for number, answer in enumerate(answers):
        if (is_blank(answer) and is_blank(previous)) or answer == previous:
            continue
        last, previous = number, answer
    return last
