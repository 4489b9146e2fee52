"""Behaviours: what a place of an attempt earns, by how its quiz lets answers be checked, tried again and vouched for.

They know nothing of question types: a type says how right one response is (*correctness*), a behaviour what the tries
together earn (*fraction*). Several tries are marked by PrairieLearn's rule: what a try adds to the best one before is
worth less the later it comes (its ``points`` list of [10, 7, 5, 2] is a worth of 1, .7, .5, .2). So a mark never
falls, and a part that was right at once is never lost by what comes after. Where an answer is either right or wrong,
that is Moodle's interactive behaviour exactly: 1 less the penalty for each try before the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from quiz.core.certainty import MOST_MARK, certain_mark
from quiz.core.marks import Mark
from quiz.core.quiz_rules import ASKING_CERTAINTY, CHECKED, Behaviour

Outcome = Literal["right", "partly", "wrong"]


@dataclass(frozen=True)
class Try:
    """One response that was marked. correctness: what its type makes of it, 0 to 1.

    certainty: 1 to 3, None if it was not said.
    """

    response: Any
    correctness: float
    certainty: int | None = None

    @property
    def is_right(self) -> bool:
        return Mark(self.correctness).is_right


@dataclass(frozen=True)
class Marking:
    """How the answers of an attempt become marks, fixed when it starts.

    most_tries, penalty: of an interactive one; all others have one try, which costs nothing.
    """

    behaviour: Behaviour = "deferred"
    most_tries: int = 1
    penalty: float = 0.0

    @property
    def has_check(self) -> bool:
        """Tell whether learners check their answers one by one."""
        return self.behaviour in CHECKED

    @property
    def asks_certainty(self) -> bool:
        return self.behaviour in ASKING_CERTAINTY

    @property
    def tries(self) -> int:
        """Return how often a question may be tried."""
        return self.most_tries if self.behaviour == "interactive" else 1

    def worth(self, number: int) -> float:
        """Return what a right answer at this try (from 1) earns, 0 to 1."""
        if self.behaviour != "interactive":
            return 1.0
        return max(0.0, 1.0 - self.penalty * (number - 1))

    def is_finished(self, tries: Sequence[Try]) -> bool:
        """Tell whether nothing more can be tried: all tries are used, or the last was right."""
        return bool(tries) and (tries[-1].is_right or len(tries) >= self.tries)

    def earned(self, tries: Sequence[Try]) -> float | None:
        """Return what the tries earn together: 0 to 1, by certainty -2 to 1; None without any."""
        if not tries:
            return None
        if self.behaviour == "interactive":
            return self._improvements(tries)
        if self.asks_certainty:
            return certain_mark(tries[-1].correctness, tries[-1].certainty) / MOST_MARK
        return tries[-1].correctness

    def correctness(self, tries: Sequence[Try]) -> float | None:
        """Return how right the answer is, 0 to 1, whatever tries and certainty cost; None without any."""
        if not tries:
            return None
        return max(t.correctness for t in tries) if self.behaviour == "interactive" else tries[-1].correctness

    def _improvements(self, tries: Sequence[Try]) -> float:
        best = earned = 0.0
        for number, tried in enumerate(tries, start=1):
            earned += max(0.0, tried.correctness - best) * self.worth(number)
            best = max(best, tried.correctness)
        return earned


DEFERRED = Marking()


def marking_of_extra(marking: Marking) -> Marking:
    """Return how a question beyond the quiz is marked: as the others if they are checked, else checked once."""
    return marking if marking.has_check else Marking("immediate")


def tried_before(tries: Sequence[Try], response: Any) -> Try | None:
    """Return the try that gave this response already, if any: once more would be no try."""
    return next((t for t in tries if is_same_response(t.response, response)), None)


def is_same_response(one: Any, other: Any) -> bool:
    """Tell whether two responses are the same; True is not 1 among answers."""
    return bool(one == other) and type(one) is type(other)


def remarked(tries: Sequence[Try], correctness_of: Callable[[Any], float]) -> tuple[Try, ...]:
    """Return the tries as another key marks them."""
    return tuple(replace(t, correctness=correctness_of(t.response)) for t in tries)


def outcome_of(correctness: float) -> Outcome:
    """Return the word for how right an answer is."""
    if Mark(correctness).is_right:
        return "right"
    return "wrong" if Mark(correctness).is_wrong else "partly"
