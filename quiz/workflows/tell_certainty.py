"""Tell what a learner's certainties in one attempt say of their judgement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from quiz.core.certainty import CertaintyReport, Judged, certainty_report
from quiz.core.standing import Standing
from quiz.storage.attempts import Attempt


class JudgedPlace(Judged, Protocol):
    """A place of an attempt, whoever looks at it."""

    @property
    def is_counted(self) -> bool: ...
    @property
    def standing(self) -> Standing: ...


def tell_certainty(attempt: Attempt, places: Iterable[JudgedPlace]) -> CertaintyReport | None:
    """Return the report over what counts and is marked by a key; None where nobody was asked how sure they are."""
    if attempt.state != "submitted" or not attempt.marking.asks_certainty:
        return None
    return certainty_report(p for p in places if p.is_counted and p.standing.about == "key")
