"""Tell how an attempt was regraded: both scores, when and why, as its learner and its teachers read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from quiz.core.attempts import Score
from quiz.core.question_type import ReviewLine
from quiz.core.regrading import SlotChange, why
from quiz.storage.database import Database
from quiz.storage.regrades import Regrade, StoredChange, select_changes_of_attempt, select_regrades_of_attempt
from quiz.workflows.open_question import open_keyed, type_called
from quiz.workflows.tell_visibility import EVERYTHING, Shown


@dataclass(frozen=True)
class RestatedPlace:
    """One place that a regrade changed. points: of the place. sentence: why, to be translated.

    lines: the answer beside the key by which it was marked, if that was another version's; else none.
    """

    slot: SlotChange
    points: float
    sentence: str
    lines: tuple[ReviewLine, ...] = ()
    version: int | None = None


@dataclass(frozen=True)
class Restatement:
    """One regrade of the attempt."""

    regrade: Regrade
    old: Score
    new: Score
    places: tuple[RestatedPlace, ...]

    @property
    def is_undone(self) -> bool:
        return self.regrade.undone_at is not None

    @property
    def undone_at(self) -> datetime | None:
        return self.regrade.undone_at


class Answered(Protocol):
    """What must be known of a place, whoever looks at it."""

    @property
    def position(self) -> int: ...
    @property
    def points(self) -> float: ...
    @property
    def response(self) -> Any | None: ...


def regrades_of_attempt(
    db: Database, class_id: str, attempt_id: str, slots: Iterable[Answered], *, shown: Shown = EVERYTHING
) -> list[Restatement]:
    """Return the attempt's regrades, first one first; those taken back, too. slots: all of the attempt.

    shown: what the reader may see. A regrade is about marks; its reason and its key are told with the key alone.
    """
    if not shown.marks:
        return []
    changes = select_changes_of_attempt(db, class_id, attempt_id)
    by_position = {slot.position: slot for slot in slots}
    restatements = []
    for regrade in select_regrades_of_attempt(db, class_id, attempt_id):
        mine = [change for change in changes if change.regrade_id == regrade.id]
        told = regrade if shown.key else replace(regrade, reason="", content={})
        places = tuple(_place(db, told, c, by_position[c.slot.position]) for c in mine)
        restatements.append(Restatement(told, mine[0].old, mine[0].new, places))
    return restatements


def positions_dropped(restatements: Iterable[Restatement]) -> set[int]:
    """Return the places whose question a regrade that stands has dropped."""
    return {
        place.slot.position
        for restatement in restatements
        for place in restatement.places
        if restatement.regrade.kind == "drop" and not restatement.is_undone
    }


def _place(db: Database, regrade: Regrade, change: StoredChange, slot: Answered) -> RestatedPlace:
    sentence = why(regrade.kind, counts_now=change.slot.new_counted)
    if regrade.kind != "other_key" or not regrade.content:
        return RestatedPlace(change.slot, slot.points, sentence)
    question, key = open_keyed(db, regrade.content["version_id"])
    lines = type_called(question.type).review_lines(question.ask, key.key, slot.response)
    return RestatedPlace(change.slot, slot.points, sentence, tuple(lines), question.number)
