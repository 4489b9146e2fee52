"""Regrading: what the slots of submitted attempts come to once a question is adjusted, and why each changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from quiz.core.attempts import Score, SlotResult, score_of
from quiz.core.behaviours import DEFERRED, Marking, Try, is_same_response, remarked
from quiz.core.messages import N_, Explained
from quiz.core.scores import share_of

Kind = Literal["other_key", "accept", "full", "drop", "recount"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_REASON = 500


class CannotRegrade(Explained):
    """What was asked for can't be done to these results; the message says why."""


@dataclass(frozen=True)
class MarkedSlot:
    """One place of a submitted attempt as it stands. fraction: -2 to 1 by its marking, None if it was left blank.

    is_dropped: an earlier regrade dropped the question, so that no standing can make it count again.
    correctness: how right the answer is, 0 to 1, before tries and certainty cost anything. tries: all that were
    checked, where answers are. certainty: 1 to 3, None if it was not said.
    """

    position: int
    question_id: str
    version_id: str
    points: float
    response: Any | None
    fraction: float | None
    is_counted: bool
    is_dropped: bool = False
    correctness: float | None = None
    marking: Marking = DEFERRED
    tries: tuple[Try, ...] = ()
    certainty: int | None = None

    @property
    def answers(self) -> tuple[Try, ...]:
        """Return what a mark is made of: the tries, or the one answer that was marked at the end."""
        if self.tries or self.response is None:
            return self.tries
        right = self.fraction if self.correctness is None else self.correctness
        return (Try(self.response, right or 0.0, self.certainty),)

    def marked(self, tries: tuple[Try, ...]) -> MarkedSlot:
        """Return the slot as these tries make it."""
        if not tries:
            return self
        return replace(self, fraction=self.marking.earned(tries), correctness=self.marking.correctness(tries))


Adjustment = Callable[[MarkedSlot], MarkedSlot]
"""Return the slot as it is to stand. Only its fraction, its correctness and whether it counts may differ."""


@dataclass(frozen=True)
class SlotChange:
    """One place before and after."""

    position: int
    question_id: str
    old_fraction: float | None
    new_fraction: float | None
    old_counted: bool
    new_counted: bool
    old_correctness: float | None = None
    new_correctness: float | None = None


@dataclass(frozen=True)
class AttemptChange:
    """An attempt before and after. changes: none if it stays as it is.

    is_held_back: it would have come to a lower score, and only higher ones were wanted.
    """

    old: Score
    new: Score
    changes: tuple[SlotChange, ...]
    is_held_back: bool = False

    @property
    def direction(self) -> Literal["higher", "lower", "same"]:
        """Tell which way the share of the points goes; no share at all is the lowest."""
        # Certainty can make a share negative, and no share is less than that, too.
        shares = (share_of(score.earned, score.possible) for score in (self.old, self.new))
        old, new = (-math.inf if share is None else share for share in shares)
        if old == new or abs(new - old) < 1e-9:
            return "same"
        return "higher" if new > old else "lower"


def marked_by(grade: Callable[[Any], float]) -> Adjustment:
    """Mark answers anew, all tries of each. grade: how right a response is, 0 to 1; blank ones are not asked about."""
    return lambda slot: slot.marked(remarked(slot.answers, grade))


def accepting(responses: Collection[Any]) -> Adjustment:
    """Take these responses for right, too; others keep what they earned, and nobody loses anything."""

    def adjust(slot: MarkedSlot) -> MarkedSlot:
        if not any(_is_among(answer.response, responses) for answer in slot.answers):
            return slot
        accepted = slot.marked(
            tuple(
                replace(answer, correctness=1.0) if _is_among(answer.response, responses) else answer
                for answer in slot.answers
            )
        )
        return slot if (slot.fraction or 0.0) > (accepted.fraction or 0.0) else accepted

    return adjust


def with_full_marks(slot: MarkedSlot) -> MarkedSlot:
    """Give full marks, whatever was answered, or nothing; whatever tries and certainty took away."""
    return replace(slot, fraction=1.0, correctness=1.0)


def dropped(slot: MarkedSlot) -> MarkedSlot:
    """Take the question out of the score."""
    return replace(slot, is_counted=False)


def recounted(counts: Mapping[str, bool]) -> Adjustment:
    """Count what has a verified key today. counts: by version id; a dropped question stays out."""
    return lambda slot: replace(slot, is_counted=not slot.is_dropped and counts[slot.version_id])


def regrade(
    slots: Iterable[MarkedSlot], adjust: Adjustment, *, question_id: str | None, only_if_higher: bool
) -> AttemptChange:
    """Return what an attempt with these slots comes to.

    question_id: the question to adjust, None for all. only_if_higher: leave the attempt as it is where its
    share, or what any of its answers earned, would fall.
    """
    before = list(slots)
    after = [adjust(s) if question_id in (None, s.question_id) else s for s in before]
    changes = tuple(_change(a, b) for a, b in zip(before, after, strict=True) if _differ(a, b))
    change = AttemptChange(_score(before), _score(after), changes)
    if only_if_higher and (change.direction == "lower" or any(_falls(c) for c in changes)):
        return AttemptChange(change.old, change.old, (), is_held_back=True)
    return change


WHY: dict[Kind, str] = {
    "other_key": N_("The answer was marked by another version of the key."),
    "accept": N_("This answer is accepted as right, too."),
    "full": N_("Everybody who was asked this question gets full marks for it."),
    "drop": N_("The question was dropped: it does not count any more."),
    "recount": N_("The answer key is verified now, so the question counts."),
}
NO_LONGER_COUNTS = N_("The answer key is unverified now, so the question does not count any more.")


def why(kind: Kind, *, counts_now: bool) -> str:
    """Return the sentence that tells why a place changed."""
    return NO_LONGER_COUNTS if kind == "recount" and not counts_now else WHY[kind]


def check_reason(typed: str) -> str:
    """Return the reason that learners will read. Raises CannotRegrade."""
    reason = " ".join(typed.split())
    if not reason:
        raise CannotRegrade(N_("Enter the reason; learners will read it"))
    if len(reason) > LONGEST_REASON:
        raise CannotRegrade(N_("The reason must have {most} characters at most"), most=LONGEST_REASON)
    return reason


def is_compatible(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether answers to one public half mean something under the other: same options, parts and units.

    Both are plain data as a type writes it, of the same type. Options are known by their ids, so that their
    words may differ.
    """
    return bool(_skeleton(one) == _skeleton(other))


_WORDS_ALONE = ("text", "shuffle")


def _skeleton(plain: Any) -> Any:
    if isinstance(plain, Mapping):
        return {name: _skeleton(value) for name, value in plain.items() if name not in _WORDS_ALONE}
    if not isinstance(plain, list):
        return plain
    if all(isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) for item in plain):
        return sorted(item[0] for item in plain)
    if all(isinstance(item, str) for item in plain):
        return sorted(plain)
    return [_skeleton(item) for item in plain]


def _is_among(response: Any | None, responses: Collection[Any]) -> bool:
    return response is not None and any(is_same_response(r, response) for r in responses)


def _differ(one: MarkedSlot, other: MarkedSlot) -> bool:
    if one.is_counted != other.is_counted or (one.fraction is None) != (other.fraction is None):
        return True
    return abs((one.fraction or 0.0) - (other.fraction or 0.0)) > 1e-9


def _change(old: MarkedSlot, new: MarkedSlot) -> SlotChange:
    return SlotChange(
        old.position,
        old.question_id,
        old.fraction,
        new.fraction,
        old.is_counted,
        new.is_counted,
        old.correctness,
        new.correctness,
    )


def _falls(change: SlotChange) -> bool:
    return (change.new_fraction or 0.0) < (change.old_fraction or 0.0) - 1e-9


def _score(slots: Iterable[MarkedSlot]) -> Score:
    return score_of(SlotResult(slot.points, slot.fraction, slot.is_counted) for slot in slots)
