"""The rules of a quiz: what counts, who may take it and how often; and what they must hold."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import get_args

from quiz.core.messages import N_, Explained
from quiz.core.standing import Policy
from quiz.core.titles import UnusableTitle, usable_title

POLICIES: tuple[Policy, ...] = get_args(Policy)
LONGEST_DESCRIPTION = 2_000
LONGEST_REASON = 500
MOST_ATTEMPTS = 100
MOST_POINTS = 1_000
MOST_DRAWN = 200


@dataclass(frozen=True)
class QuizRules:
    """description: shown to learners before they start. policy_reason: why unverified questions are scored.

    attempts_allowed: None for any number.
    """

    title: str
    description: str = ""
    policy: Policy = "unscored"
    policy_reason: str = ""
    guests_allowed: bool = False
    attempts_allowed: int | None = None


class UnusableRules(Explained):
    """The rules can't be kept. field: of QuizRules."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class UnusableSlot(Explained):
    """What was typed makes no place of a quiz."""


def usable_rules(typed: QuizRules) -> QuizRules:
    """Return the rules as they are stored. Raises UnusableRules."""
    try:
        title = usable_title(typed.title)
    except UnusableTitle as problem:
        raise UnusableRules("title", problem.sentence, **problem.values) from None
    description = _short_enough("description", typed.description.strip(), LONGEST_DESCRIPTION)
    reason = _short_enough("policy_reason", " ".join(typed.policy_reason.split()), LONGEST_REASON)
    if typed.policy not in POLICIES:
        raise UnusableRules("policy", N_("Choose what happens to unverified questions"))
    if typed.policy == "scored" and not reason:
        raise UnusableRules(
            "policy_reason", N_("Enter why unverified questions count; learners will read it")
        )
    if typed.attempts_allowed is not None and not 1 <= typed.attempts_allowed <= MOST_ATTEMPTS:
        raise UnusableRules(
            "attempts_allowed", N_("Enter a number from 1 to {most}, or leave it empty"), most=MOST_ATTEMPTS
        )
    # A reason for what is not done would only puzzle learners.
    return replace(
        typed, title=title, description=description, policy_reason=reason if typed.policy == "scored" else ""
    )


def usable_points(points: float) -> float:
    """Return the points, more than 0. Raises UnusableSlot."""
    if not math.isfinite(points) or not 0 < points <= MOST_POINTS:
        raise UnusableSlot(N_("Points must be more than 0 and {most} at most"), most=MOST_POINTS)
    return round(points, 3) or 0.001


def usable_count(count: int) -> int:
    """Return how many questions a draw takes. Raises UnusableSlot."""
    if not 1 <= count <= MOST_DRAWN:
        raise UnusableSlot(N_("Draw at least 1 question and {most} at most"), most=MOST_DRAWN)
    return count


def _short_enough(field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise UnusableRules(field, N_("This must have {most} characters at most"), most=most)
    return text
