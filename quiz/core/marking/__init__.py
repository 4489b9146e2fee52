"""Marking as other systems do it: a response and a key in, a mark and its reason out, for trying a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from quiz.core.item_json import NotAnItem, item_from_plain
from quiz.core.items import Item
from quiz.core.marking.behaviours import (
    BEHAVIOURS,
    adaptive,
    certainty_based,
    deferred,
    interactive,
    standard_penalty,
)
from quiz.core.marking.outcomes import Outcome
from quiz.core.marking.responses import mark_response

__all__ = ["BEHAVIOURS", "Outcome", "mark_case", "mark_response", "mark_tries"]

_CERTAINTIES = {"low": 1, "medium": 2, "mid": 2, "high": 3}


def mark_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mark of one case as JSON data: fraction, feedback, readable, reason.

    case: item (as convert writes it), response, and where they apply behaviour, tries, penalty, certainty.
    fraction is None where only a person can mark, or the case itself makes no sense; reason then says why.
    """
    try:
        return _told(_mark(case))
    except NotAnItem as error:
        return {
            "fraction": None,
            "feedback": "",
            "readable": False,
            "reason": f"the case makes no sense: {error}",
        }


def mark_tries(
    item: Item,
    tries: Sequence[Any],
    *,
    behaviour: str = "deferred",
    penalty: float | None = None,
    certainty: int = 1,
) -> Outcome:
    """Return what the tries, of which the last is the response, come to.

    Raises NotAnItem for an unknown behaviour.
    """
    cost = next((p for p in (penalty, item.penalty) if p is not None), standard_penalty(item.interaction))
    most = len(item.hints) + 1 if item.hints else None
    match behaviour:
        case "deferred":
            return deferred(item.interaction, tries)
        case "adaptive":
            return adaptive(item.interaction, tries, penalty=cost)
        case "adaptive_no_penalty":
            return adaptive(item.interaction, tries, penalty=0.0)
        case "interactive":
            return interactive(item.interaction, tries, penalty=cost, most=most)
        case "cbm":
            return certainty_based(item.interaction, tries, certainty=certainty)
    raise NotAnItem(f"behaviour must be one of {', '.join(BEHAVIOURS)}, not {behaviour!r}")


def _mark(case: Mapping[str, Any]) -> Outcome:
    if not isinstance(case, Mapping) or "item" not in case:
        raise NotAnItem("a case is an object with the keys item and response")
    tries = _tries_of(case)
    return mark_tries(
        item_from_plain(case["item"]),
        tries,
        behaviour=case.get("behaviour") or "deferred",
        penalty=_penalty_of(case),
        certainty=_certainty_of(case.get("certainty")),
    )


def _tries_of(case: Mapping[str, Any]) -> list[Any]:
    tries = case.get("tries")
    if tries is not None and not isinstance(tries, list):
        raise NotAnItem("tries must be a list of responses")
    if not tries:
        return [case.get("response")]
    # The last try is the response; a case that leaves it out of the tries is understood too.
    response = case.get("response", tries[-1])
    return tries if response == tries[-1] or response is None else [*tries, response]


def _penalty_of(case: Mapping[str, Any]) -> float | None:
    penalty = case.get("penalty")
    if penalty is None:
        return None
    if isinstance(penalty, bool) or not isinstance(penalty, int | float):
        raise NotAnItem(f"penalty must be a number, not {penalty!r}")
    return float(penalty)


def _certainty_of(given: Any) -> int:
    certainty = 1 if given is None else _CERTAINTIES.get(str(given).lower(), given)
    if certainty not in (1, 2, 3):
        raise NotAnItem(f"certainty must be 1, 2 or 3, not {given!r}")
    return int(certainty)


def _told(outcome: Outcome) -> dict[str, Any]:
    fraction = outcome.fraction
    if fraction is not None and not isfinite(fraction):
        raise NotAnItem("its weights are too large to be added up")
    return {
        "fraction": None if fraction is None else round(fraction, 10) + 0.0,
        "feedback": "\n".join(outcome.feedback),
        "readable": outcome.readable,
        "reason": outcome.reason,
    }
