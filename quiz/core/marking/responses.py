"""Marking one response to one interaction, by nothing but its key: no tries, no penalties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch
from typing import Any

from quiz.core.html_text import plain_from_html
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Interaction,
    Judge,
    Match,
    Option,
    Write,
)
from quiz.core.marking.outcomes import BLANK, BY_HAND, UNASKED, Outcome, earned, unreadable
from quiz.core.marking.typed_number import after_unit_penalty, first_within, number_doubt, read_typed
from quiz.core.marking.typed_text import first_accepting
from quiz.core.orderings import ordering_fraction
from quiz.core.partial_dates import NotADate, precision_of

_TRUE = ("true", "t", "yes", "1")
_FALSE = ("false", "f", "no", "0")


def is_blank(response: Any) -> bool:
    """Tell whether nothing was answered; "0" and false are answers."""
    if isinstance(response, str):
        return not response.strip()
    if isinstance(response, Mapping):
        return all(is_blank(value) for value in response.values())
    if isinstance(response, list | tuple):
        return all(is_blank(value) for value in response)
    return response is None


@singledispatch
def mark_response(interaction: Interaction, response: Any) -> Outcome:
    """Return what the response earns. What can't be read earns nothing and says why."""
    raise TypeError(f"nothing marks {type(interaction).__name__}")


@mark_response.register
def _(interaction: Choose, response: Any) -> Outcome:
    chosen = [response] if isinstance(response, str | int | float) else response
    if is_blank(chosen):
        return BLANK
    if not isinstance(chosen, list | tuple):
        return unreadable("a choice is an option's text, or a list of them")
    options = [_option_named(interaction.options, str(text)) for text in chosen if not is_blank(text)]
    strangers = [str(text) for text, option in zip(chosen, options, strict=False) if option is None]
    if strangers:
        return unreadable(f"there is no option {strangers[0]!r}")
    picked = [option for n, option in enumerate(options) if option is not None and option not in options[:n]]
    if not interaction.several:
        if len(picked) > 1:
            return unreadable("only one option can be chosen")
        return earned(picked[0].fraction, picked[0].feedback)
    return earned(_share_of_several(interaction, picked), *(option.feedback for option in picked))


@mark_response.register
def _(interaction: Judge, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    judged = _judged(response)
    if judged is None:
        return unreadable("the answer is true or false")
    if judged == interaction.answer:
        return earned(1.0, interaction.feedback_right)
    return earned(0.0, interaction.feedback_wrong)


@mark_response.register
def _(interaction: EnterText, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    if not isinstance(response, str | int | float) or isinstance(response, bool):
        return unreadable("the answer is a text")
    answer = first_accepting(interaction.answers, str(response), case_sensitive=interaction.case_sensitive)
    return earned(0.0) if answer is None else earned(answer.fraction, answer.feedback)


@mark_response.register
def _(interaction: EnterNumber, response: Any) -> Outcome:
    unit = None
    if isinstance(response, Mapping):
        response, unit = response.get("answer", response.get("number")), str(response.get("unit") or "")
    if is_blank(response):
        return BLANK
    if not isinstance(response, str | int | float) or isinstance(response, bool):
        return unreadable("the answer is a number")
    typed = read_typed(str(response), interaction, separate_unit=unit)
    if typed is None:
        return unreadable(f"{str(response)[:40]!r} is not a number")
    doubt = number_doubt(str(response), typed, interaction)
    accepted = first_within(interaction, typed)
    if accepted is None:
        return Outcome(0.0, complete=not doubt, reason=doubt)
    share = after_unit_penalty(accepted.answer.fraction, interaction, unit_is_right=accepted.unit_is_right)
    feedback = (accepted.answer.feedback,) if accepted.answer.feedback else ()
    return Outcome(share, feedback, complete=not doubt, reason=doubt)


@mark_response.register
def _(interaction: EnterDate, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    try:
        precision = precision_of(str(response).strip())
    except NotADate as error:
        return unreadable(str(error))
    if precision != interaction.precision:
        return unreadable(f"the answer is as precise as a {interaction.precision}")
    return earned(float(str(response).strip() == interaction.answer))


@mark_response.register
def _(interaction: Match, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    given = _given_pairs(interaction, response)
    if given is None:
        return unreadable("the answer is an object: the right side by each left side")
    strangers = [left for left in given if left not in dict(interaction.pairs)]
    if strangers:
        return unreadable(f"there is no left side {strangers[0]!r}")
    right = part_shares(interaction, response)
    blank = [left for left, _ in interaction.pairs if is_blank(given.get(left))]
    share = sum(right) / len(right) if right else 0.0
    return Outcome(share, complete=not blank, reason=f"{blank[0]!r} has no answer" if blank else "")


@mark_response.register
def _(interaction: Arrange, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    if not isinstance(response, list | tuple):
        return unreadable("the answer is a list of the steps")
    given = [str(step).strip() for step in response]
    right = [step.strip() for step in interaction.steps]
    if Counter(given) != Counter(right):
        return unreadable("the answer must hold each step once")
    return earned(ordering_fraction(_numbered(right), _numbered(given), interaction.grading))


@mark_response.register
def _(interaction: Fill, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    given = responses_by_gap(interaction, response)
    if given is None:
        return unreadable(f"the answer is a list of {len(interaction.gaps)} texts, in the order of the gaps")
    parts = [mark_response(gap, text) for gap, text in zip(interaction.gaps, given, strict=True)]
    weights = interaction.weights or (1.0,) * len(parts)
    total = sum(weights)
    share = (
        sum((p.fraction or 0.0) * w for p, w in zip(parts, weights, strict=True)) / total if total else 0.0
    )
    unready = [n for n, part in enumerate(parts, start=1) if not part.complete]
    return Outcome(
        share,
        feedback=tuple(line for part in parts for line in part.feedback),
        complete=not unready,
        reason=f"gap {unready[0]}: {parts[unready[0] - 1].reason}" if unready else "",
    )


@mark_response.register
def _(interaction: CheckClaim, response: Any) -> Outcome:
    if is_blank(response):
        return BLANK
    given = response if isinstance(response, Mapping) else {"verdict": response}
    verdict = earned(float(given.get("verdict") == interaction.verdict))
    if not interaction.corrections or not verdict.fraction:
        return verdict
    right = {text for text, is_right in interaction.corrections if is_right}
    return earned((1.0 + float(given.get("correction") in right)) / 2)


@mark_response.register
def _(interaction: Write, response: Any) -> Outcome:
    return BLANK if is_blank(response) else BY_HAND


@mark_response.register
def _(interaction: Inform, response: Any) -> Outcome:
    return UNASKED


def part_shares(interaction: Interaction, response: Any) -> list[float]:
    """Return what each part of the response earns, 0 to 1 a part: a pair, a gap; one part for all else."""
    match interaction:
        case Match():
            given = _given_pairs(interaction, response) or {}
            return [float(_same(given.get(left), right)) for left, right in interaction.pairs]
        case Fill():
            texts = responses_by_gap(interaction, response) or [None] * len(interaction.gaps)
            return [mark_response(g, t).fraction or 0.0 for g, t in zip(interaction.gaps, texts, strict=True)]
    return [mark_response(interaction, response).fraction or 0.0]


def part_responses(interaction: Interaction, response: Any) -> list[Any]:
    """Return what was answered to each part, in the order of part_shares."""
    match interaction:
        case Match():
            given = _given_pairs(interaction, response) or {}
            return [given.get(left) for left, _ in interaction.pairs]
        case Fill():
            return list(responses_by_gap(interaction, response) or [None] * len(interaction.gaps))
    return [response]


def responses_by_gap(interaction: Fill, response: Any) -> Sequence[Any] | None:
    """Return the response to each gap, None where it was left blank; None if it has no such form."""
    count = len(interaction.gaps)
    if isinstance(response, Mapping):
        return [response.get(str(n)) for n in range(1, count + 1)]
    if isinstance(response, str | int | float) and count == 1:
        return [response]
    if not isinstance(response, list | tuple) or len(response) > count:
        return None
    return [*response, *[None] * (count - len(response))]


def _share_of_several(interaction: Choose, picked: Sequence[Option]) -> float:
    if interaction.all_or_nothing:
        right = {option for option in interaction.options if option.fraction > 0}
        return float(set(picked) == right)
    return min(max(sum(option.fraction for option in picked), 0.0), 1.0)


def _option_named(options: Sequence[Option], text: str) -> Option | None:
    seen: list[Callable[[str], str]] = [lambda t: t, lambda t: t.strip(), plain_from_html]
    for look in seen:
        for option in options:
            if look(option.text) == look(text):
                return option
    return None


def _judged(response: Any) -> bool | None:
    if isinstance(response, bool):
        return response
    word = str(response).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _given_pairs(interaction: Match, response: Any) -> Mapping[str, Any] | None:
    if isinstance(response, Mapping):
        return {str(left): right for left, right in response.items()}
    if isinstance(response, list | tuple) and all(
        isinstance(p, list | tuple) and len(p) == 2 for p in response
    ):
        return {str(left): right for left, right in response}
    return None


def _same(given: Any, right: str) -> bool:
    return given is not None and (str(given) == right or str(given).strip() == right.strip())


def _numbered(steps: Sequence[str]) -> list[str]:
    """Return the steps made distinct, so that two of the same text can stand for each other."""
    seen: Counter[str] = Counter()
    numbered = []
    for step in steps:
        seen[step] += 1
        numbered.append(f"{seen[step]} {step}")
    return numbered
