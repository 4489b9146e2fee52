"""Drawing questions at random: what a learner has met least comes first, and chance decides between equals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quiz.core.presentation import shuffled


def in_order_of_draw(seed: str, question_ids: Iterable[str], *, times_asked: Mapping[str, int]) -> list[str]:
    """Return the questions in the order in which a draw takes them; it follows from the seed alone.

    times_asked: how often this learner was asked each; 0 may be missing.
    """
    return sorted(shuffled(seed, question_ids), key=lambda question_id: times_asked.get(question_id, 0))
