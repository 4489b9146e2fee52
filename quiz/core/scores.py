"""Scores: which of a learner's attempts counts, and what was answered, as reports and score files tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from quiz.core.attempts import AttemptState
from quiz.core.claims import Basis
from quiz.core.standing import Standing

Counting = Literal["best", "last", "first", "mean"]
"""Which attempt makes the score. mean: all that were submitted, on average."""


class Scored(Protocol):
    """What must be known of an attempt to compare it with others of the same learner at the same quiz."""

    @property
    def number(self) -> int: ...
    @property
    def state(self) -> AttemptState: ...
    @property
    def earned(self) -> float | None: ...
    @property
    def possible(self) -> float | None: ...


AnyScored = TypeVar("AnyScored", bound=Scored)


def best_of(attempts: Iterable[AnyScored]) -> AnyScored:
    """Return the attempt that counts for a learner: of those submitted, the one with the best share.

    Between equals the earlier one counts. Where nothing was submitted, it is the attempt still open. A
    submitted attempt of which nothing counted comes after those with a share. Raises ValueError if there are
    no attempts.
    """
    return min(attempts, key=_place)


def _place(attempt: Scored) -> tuple[bool, bool, float, int]:
    share = share_of(attempt.earned, attempt.possible)
    return (attempt.state != "submitted", share is None, -(share or 0.0), attempt.number)


def that_counts(heads: Iterable[AttemptHead]) -> AttemptHead:
    """Return what counts of one learner's attempts at one quiz, by the quiz's rule.

    If that is the mean, it is the attempt submitted last, with the mean of the shares as its score; attempts in
    which nothing counted have no share and stay out of it. Where nothing was submitted, it is the attempt still
    open. Raises ValueError if there are no attempts.
    """
    heads = list(heads)
    submitted = sorted((head for head in heads if head.state == "submitted"), key=lambda head: head.number)
    if not submitted or submitted[0].counting == "best":
        return best_of(heads)
    match submitted[0].counting:
        case "first":
            return submitted[0]
        case "mean":
            return _with_mean(submitted)
    return submitted[-1]


def _with_mean(submitted: list[AttemptHead]) -> AttemptHead:
    shares = [share for head in submitted if (share := share_of(head.earned, head.possible)) is not None]
    shown = next((head for head in reversed(submitted) if head.possible), submitted[-1])
    if not shares or shown.possible is None:
        return shown
    unmarked = sum(head.unmarked for head in submitted)
    return replace(shown, earned=sum(shares) / len(shares) * shown.possible, unmarked=unmarked)


def share_of(earned: float | None, possible: float | None) -> float | None:
    """Return earned over possible, 0 to 1; None if there is no score yet, or nothing counted.

    It is negative where certainty cost more than right answers earned.
    """
    return earned / possible if earned is not None and possible else None


def percent_of(earned: float | None, possible: float | None) -> float | None:
    """Return the share in percent, to two decimals; None as share_of."""
    share = share_of(earned, possible)
    return None if share is None else round(100 * share, 2)


@dataclass(frozen=True)
class AttemptHead:
    """One attempt of one learner. email: None for a guest. counting: which attempt counts at its quiz.

    submitted_at, receipt: None while it is open. earned, possible: None unless it is submitted. unmarked: how many
    answers wait for a person to mark them, so that the points are those so far.
    """

    id: str
    class_id: str
    quiz_id: str
    quiz_title: str
    person_id: str
    name: str
    email: str | None
    number: int
    state: AttemptState
    started_at: datetime
    submitted_at: datetime | None
    receipt: str | None
    earned: float | None
    possible: float | None
    counting: Counting = "best"
    unmarked: int = 0


@dataclass(frozen=True)
class AttemptTotal:
    """An attempt and what its places add up to."""

    head: AttemptHead
    questions: int
    answered: int
    uncounted: int
    seconds_spent: int


@dataclass(frozen=True)
class Answer:
    """One place of an attempt. response: None if blank. fraction: 0 to 1, None if blank or not marked yet.

    Where certainty counts, fraction is -2 to 1. correctness: how right the answer is, 0 to 1, before tries and
    certainty cost anything. certainty: 1 to 3, None if it was not said. tries: how often the answer was checked.
    version: the number of the wording that was asked. standing: what the learner was told about the key.
    is_extra: the learner asked for it, to practise.
    """

    position: int
    question_id: str
    version_id: str
    version: int
    type: str
    basis: Basis
    stem: str
    response: Any | None
    fraction: float | None
    points: float
    is_counted: bool
    standing: Standing
    seconds_spent: int
    saved_at: datetime | None
    correctness: float | None = None
    certainty: int | None = None
    tries: int = 0
    is_extra: bool = False

    @property
    def earned(self) -> float | None:
        """Return the points that it came to; None if it was left blank or is not marked yet."""
        return None if self.fraction is None else round(self.points * self.fraction, 6)
