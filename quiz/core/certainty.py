"""Certainty-based marking: what an answer earns by how sure its learner was of it, and what that says of the learner.

The marks are Gardner-Medwin's: right +1, +2 or +3, wrong 0, -2 or -6. They are a proper score: whoever says how sure
they truly are earns most, so neither boldness nor caution pays. Moodle's own tests are the reference for partly right
answers and for the bonus (question/engine/tests/cbm_test.php, question/behaviour/deferredcbm/behaviourtype.php).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from quiz.core.messages import N_


@dataclass(frozen=True)
class Certainty:
    """One of the three levels. right, wrong: what a right and a wrong answer come to. word: to be translated."""

    level: int
    word: str
    right: int
    wrong: int


CERTAINTIES: Mapping[int, Certainty] = {
    1: Certainty(1, N_("Not sure"), 1, 0),
    2: Certainty(2, N_("Fairly sure"), 2, -2),
    3: Certainty(3, N_("Very sure"), 3, -6),
}
LEAST = 1
"""What is taken where nothing was said: it can't cost anything."""
MOST_MARK = 3
NOTHING = 0.00000005
"""Up to here an answer is wrong, as in Moodle."""
BONUS_WEIGHT = 0.1
"""Moodle's constant: by many results, accuracy and bonus together are most reliable so (Gardner-Medwin, IUPS 2013)."""


class Judged(Protocol):
    """An answer whose certainty is known. correctness: 0 to 1, None if it was left blank or is not marked."""

    @property
    def points(self) -> float: ...
    @property
    def correctness(self) -> float | None: ...
    @property
    def certainty(self) -> int | None: ...


@dataclass(frozen=True)
class LevelTally:
    """The answers of one level. right: how right they are on average, 0 to 1, by points; None without answers.

    low, high: between these shares of right answers the level is the one that earns most.
    """

    certainty: Certainty
    answers: int
    right: float | None
    low: float
    high: float


@dataclass(frozen=True)
class CertaintyReport:
    """accuracy: how much was right, 0 to 1, whatever the certainty. average: CBM mark, -6 to 3.

    bonus: a tenth of what the certainties won over saying the same one everywhere; negative if they lost. All three
    are over all questions, blank ones as nothing earned.
    """

    accuracy: float
    average: float
    bonus: float
    levels: tuple[LevelTally, ...]


def certain_mark(correctness: float, certainty: int | None) -> float:
    """Return the mark, -6 to 3; partly right answers earn their share of the right one's."""
    level = CERTAINTIES[certainty or LEAST]
    return float(level.wrong) if correctness <= NOTHING else level.right * correctness


def break_even(lower: int, higher: int) -> float:
    """Return how likely an answer must be right, 0 to 1, for the higher level to earn more than the lower one."""
    one, other = CERTAINTIES[lower], CERTAINTIES[higher]
    return (one.wrong - other.wrong) / (one.wrong - other.wrong + other.right - one.right)


def certainty_report(answers: Iterable[Judged]) -> CertaintyReport | None:
    """Return what the certainties of an attempt say; None without answers that count for something."""
    answers = list(answers)
    weight = sum(answer.points for answer in answers)
    if not weight:
        return None
    given = [answer for answer in answers if answer.correctness is not None]
    accuracy = sum(a.points * (a.correctness or 0.0) for a in given) / weight
    average = sum(a.points * certain_mark(a.correctness or 0.0, a.certainty) for a in given) / weight
    uniform = max(accuracy * c.right + (1 - accuracy) * c.wrong for c in CERTAINTIES.values())
    levels = tuple(_tally(level, given) for level in CERTAINTIES)
    return CertaintyReport(accuracy, average, BONUS_WEIGHT * (average - uniform), levels)


def _tally(level: int, given: Iterable[Judged]) -> LevelTally:
    of_level = [answer for answer in given if (answer.certainty or LEAST) == level]
    weight = sum(answer.points for answer in of_level)
    right = sum(a.points * (a.correctness or 0.0) for a in of_level) / weight if weight else None
    low = break_even(level - 1, level) if level - 1 in CERTAINTIES else 0.0
    high = break_even(level, level + 1) if level + 1 in CERTAINTIES else 1.0
    return LevelTally(CERTAINTIES[level], len(of_level), right, low, high)
