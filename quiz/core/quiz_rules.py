"""The rules of a quiz: what counts, who may take it and how often; and what they must hold."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from quiz.core.messages import N_, Explained
from quiz.core.scores import Counting
from quiz.core.standing import Policy
from quiz.core.timing import Overrun
from quiz.core.titles import UnusableTitle, usable_title
from quiz.core.visibility import HOMEWORK, Cell, GivesAway, Stage, Visibility, usable_visibility

Behaviour = Literal["deferred", "immediate", "interactive", "cbm", "cbm_immediate"]
"""When learners are told, and what for: at the end; question by question, once or over several tries; and either way
with how certain they are (certainty-based marking)."""
Navigation = Literal["free", "sequential"]

BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
CHECKED: tuple[Behaviour, ...] = ("immediate", "interactive", "cbm_immediate")
"""Those in which answers are checked one by one."""
ASKING_CERTAINTY: tuple[Behaviour, ...] = ("cbm", "cbm_immediate")
NAVIGATIONS: tuple[Navigation, ...] = get_args(Navigation)
POLICIES: tuple[Policy, ...] = get_args(Policy)
OVERRUNS: tuple[Overrun, ...] = get_args(Overrun)
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
LONGEST_LIMIT_S = 7 * 24 * 3600
LONGEST_GRACE_S = 24 * 3600
LONGEST_WAIT_S = 365 * 24 * 3600
LONGEST_DESCRIPTION = 2_000
LONGEST_REASON = 500
MOST_ATTEMPTS = 100
MOST_POINTS = 1_000
MOST_DRAWN = 200
MOST_TRIES = 10
THIRD = 0.3333333


@dataclass(frozen=True)
class QuizRules:
    """description: shown to learners before they start. policy_reason: why unverified questions are scored.

    attempts_allowed: None for any number. opens_at, closes_at: None for when an instructor does it.
    time_limit_s: of one attempt, None for any time. grace_s: to submit in after the time is up, where overrun is
    "grace". wait_between_s: from one attempt's end to the next one's start. counting: which makes the score.
    tries, penalty: of an interactive quiz, how often a question may be tried and what each further try costs, 0 to 1.
    is_shuffled: the order of the questions (of those outside of sections). second_marker: two people mark by hand.
    """

    title: str
    description: str = ""
    policy: Policy = "unscored"
    policy_reason: str = ""
    guests_allowed: bool = False
    attempts_allowed: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_limit_s: int | None = None
    overrun: Overrun = "submit"
    grace_s: int = 0
    wait_between_s: int = 0
    counting: Counting = "best"
    behaviour: Behaviour = "deferred"
    tries: int = 3
    penalty: float = THIRD
    navigation: Navigation = "free"
    is_shuffled: bool = False
    visibility: Visibility = HOMEWORK
    second_marker: bool = False

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return what learners are shown when, for those who ask before they start."""
        return self.visibility.stages(is_told_during=self.behaviour in CHECKED)


class UnusableRules(Explained):
    """The rules can't be kept. field: of QuizRules. cell: of the visibility, if the trouble is in one of its cells."""

    def __init__(self, field: str, sentence: str, *, cell: Cell | None = None, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field
        self.cell = cell


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
    _check_times(typed)
    _check_asking(typed)
    visibility = _consistent(typed.visibility)
    # A reason for what is not done would only puzzle learners, and so would a time of grace that nobody gets.
    return replace(
        typed,
        title=title,
        description=description,
        policy_reason=reason if typed.policy == "scored" else "",
        grace_s=typed.grace_s if typed.overrun == "grace" else 0,
        visibility=visibility,
    )


def _check_times(typed: QuizRules) -> None:
    if typed.opens_at and typed.closes_at and typed.opens_at >= typed.closes_at:
        raise UnusableRules("closes_at", N_("The quiz must close after it opens"))
    if typed.time_limit_s is not None and not 60 <= typed.time_limit_s <= LONGEST_LIMIT_S:
        raise UnusableRules(
            "time_limit_s",
            N_("Enter a number from 1 to {most}, or leave it empty"),
            most=LONGEST_LIMIT_S // 60,
        )
    if typed.overrun not in OVERRUNS:
        raise UnusableRules("overrun", N_("Choose what happens when the time is up"))
    if typed.overrun == "grace" and not 60 <= typed.grace_s <= LONGEST_GRACE_S:
        raise UnusableRules("grace_s", N_("Enter a number from 1 to {most}"), most=LONGEST_GRACE_S // 60)
    if not 0 <= typed.wait_between_s <= LONGEST_WAIT_S:
        raise UnusableRules(
            "wait_between_s", N_("Enter a number from 0 to {most}"), most=LONGEST_WAIT_S // 3600
        )
    if typed.counting not in COUNTINGS:
        raise UnusableRules("counting", N_("Choose which attempt counts"))


def _check_asking(typed: QuizRules) -> None:
    if typed.behaviour not in BEHAVIOURS:
        raise UnusableRules("behaviour", N_("Choose when learners are told whether they are right"))
    if not 1 <= typed.tries <= MOST_TRIES:
        raise UnusableRules("tries", N_("Enter a number from 1 to {most}"), most=MOST_TRIES)
    if not math.isfinite(typed.penalty) or not 0 <= typed.penalty <= 1:
        raise UnusableRules("penalty", N_("Enter a number from 0 to {most}"), most=100)
    if typed.behaviour in CHECKED and not typed.visibility.allows("correctness", "during"):
        raise UnusableRules(
            "visibility",
            N_(
                "By the way this quiz is marked, learners are told after each question whether they are right, so "
                "right and wrong must be shown while they answer. Show it here, or choose to tell them at the end."
            ),
            cell=("correctness", "during"),
        )
    if typed.navigation not in NAVIGATIONS:
        raise UnusableRules("navigation", N_("Choose how learners move between questions"))


def _consistent(typed: Visibility) -> Visibility:
    try:
        return usable_visibility(typed)
    except GivesAway as problem:
        raise UnusableRules("visibility", problem.sentence, cell=problem.cell) from None


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
