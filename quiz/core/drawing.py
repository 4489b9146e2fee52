"""Drawing questions at random: what a learner has met least comes first, and chance decides between equals.

A draw may take from several pools: from each as many as from the others, as near as can be. Where several draws want
the same questions, each still gets as many as it could get whatever chance decides, so that every learner is asked as
many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quiz.core.presentation import shuffled

Takers = frozenset[int]
"""The draws, by their place in the list, that may take a question: all that matters about it when draws compete."""


@dataclass(frozen=True)
class WantedDraw:
    """``count`` questions from these pools of question ids; a question may lie in several of them."""

    count: int
    pools: Sequence[Collection[str]]


def in_order_of_draw(seed: str, question_ids: Iterable[str], *, times_asked: Mapping[str, int]) -> list[str]:
    """Return the questions in the order in which a draw takes them; it follows from the seed alone.

    times_asked: how often this learner was asked each; 0 may be missing.
    """
    return sorted(shuffled(seed, question_ids), key=lambda question_id: times_asked.get(question_id, 0))


def counts_possible(draws: Sequence[WantedDraw]) -> list[int]:
    """Return how many questions each draw gets, whatever chance decides: no question twice, first draws first."""
    return _Supply(draws).counts


def draw(seed: str, draws: Sequence[WantedDraw], *, times_asked: Mapping[str, int]) -> list[list[str]]:
    """Return the questions of each draw, in the order in which they are asked; it follows from the seed alone."""
    supply = _Supply(draws)
    taken: set[str] = set()
    drawn = []
    for number, wanted in enumerate(draws):
        questions = _draw_one(f"{seed}-{number}", number, wanted, supply, taken, times_asked)
        drawn.append(shuffled(f"{seed}-{number}", questions))
    return drawn


def _draw_one(
    seed: str,
    number: int,
    wanted: WantedDraw,
    supply: _Supply,
    taken: set[str],
    times_asked: Mapping[str, int],
) -> list[str]:
    queues = [
        iter(in_order_of_draw(f"{seed}-{at}", pool, times_asked=times_asked))
        for at, pool in enumerate(wanted.pools)
    ]
    # Chance decides which pools give one more than others.
    turn = shuffled(f"{seed}-rest", [str(at) for at in range(len(queues))])
    questions: list[str] = []
    while len(questions) < supply.counts[number] and turn:
        for at in list(turn):
            if len(questions) == supply.counts[number]:
                break
            found = next((q for q in queues[int(at)] if q not in taken and supply.take(number, q)), None)
            if found is None:
                turn.remove(at)
            else:
                taken.add(found)
                questions.append(found)
    return questions


class _Supply:
    """Who gets which kind of question. counts: how many each draw gets.

    Questions that the same draws may take are alike, so only their number counts. ``_given`` is one way to give every
    draw its count; taking a question changes it, and is refused if no other way is left then.
    """

    def __init__(self, draws: Sequence[WantedDraw]) -> None:
        self._takers: dict[str, Takers] = {}
        for number, wanted in enumerate(draws):
            for question_id in {i for pool in wanted.pools for i in pool}:
                self._takers[question_id] = self._takers.get(question_id, frozenset()) | {number}
        self._left = Counter(self._takers.values())
        self._given: Counter[tuple[int, Takers]] = Counter()
        self.counts = [
            sum(self._give(number) for _ in range(wanted.count)) for number, wanted in enumerate(draws)
        ]

    def take(self, number: int, question_id: str) -> bool:
        """Give the question to the draw; return False, and change nothing, if another draw could not do without."""
        kind = self._takers[question_id]
        if self._given[number, kind]:
            self._given[number, kind] -= 1
            return True
        before = self._left.copy(), self._given.copy()
        # The draw gives back one of another kind; if all of this kind are promised, somebody takes another instead.
        own = next(k for (n, k), count in self._given.items() if n == number and count)
        self._given[number, own] -= 1
        self._left[own] += 1
        if self._left[kind]:
            self._left[kind] -= 1
            return True
        other = next(n for (n, k), count in self._given.items() if k == kind and count)
        self._given[other, kind] -= 1
        if self._give(other):
            return True
        self._left, self._given = before
        return False

    def _give(self, number: int) -> bool:
        """Promise the draw one more question, others taking other kinds if need be; return whether that is possible."""
        came_from: dict[Takers, tuple[int, Takers | None]] = {}
        waiting: list[tuple[int, Takers | None]] = [(number, None)]
        while waiting:
            taker, gives_up = waiting.pop()
            for kind in self._left:
                if taker not in kind or kind in came_from:
                    continue
                came_from[kind] = (taker, gives_up)
                if self._left[kind]:
                    self._hand_on(kind, came_from)
                    return True
                waiting.extend((n, kind) for (n, k), count in self._given.items() if k == kind and count)
        return False

    def _hand_on(self, kind: Takers, came_from: Mapping[Takers, tuple[int, Takers | None]]) -> None:
        self._left[kind] -= 1
        here: Takers | None = kind
        while here is not None:
            taker, gives_up = came_from[here]
            self._given[taker, here] += 1
            if gives_up is not None:
                self._given[taker, gives_up] -= 1
            here = gives_up
