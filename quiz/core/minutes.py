"""How long questions take, guessed from what there is to read and to do: for planning, never for marking."""

from __future__ import annotations

import math
from collections.abc import Iterable

from quiz.core.lint import LintedQuestion

WORDS_A_MINUTE = 130
"""Slower than reading for pleasure: each option is weighed against the others."""
SECONDS_TO_CHOOSE = 10
SECONDS_TO_TYPE = 25
SECONDS_A_ROW = 8
MINUTES_TO_WRITE = 8

GAP = "…"
"""What lint shows in place of a gap."""

_TYPED = ("EnterText", "EnterNumber", "EnterDate")
_ROWS = ("Match", "Arrange")


def seconds_for(question: LintedQuestion) -> float:
    """Return how long somebody may need to read the question and to answer it."""
    reading = 60 * sum(len(text.text.split()) for text in question.shown) / WORDS_A_MINUTE
    return reading + _seconds_to_answer(question)


def minutes_in(seconds: Iterable[float]) -> int:
    """Return what these come to in whole minutes, rounded up; 0 for nothing."""
    return math.ceil(sum(seconds) / 60)


def _seconds_to_answer(question: LintedQuestion) -> float:
    view = question.view
    if not view.is_question:
        return 0
    if view.kind == "Write":
        return 60 * MINUTES_TO_WRITE
    if view.kind in _TYPED:
        return SECONDS_TO_TYPE
    if view.kind in _ROWS:
        return SECONDS_A_ROW * len(view.asked)
    if view.kind == "Fill":
        return SECONDS_TO_TYPE * max(1, sum(text.text.count(GAP) for text in view.asked))
    return SECONDS_TO_CHOOSE
