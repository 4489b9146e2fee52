"""What learners are shown of their attempt, and when: six aspects at four moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

Aspect = Literal["response", "correctness", "marks", "feedback", "key", "source"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

Moment = Literal["during", "after", "while_open", "after_closing"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)

JUST_AFTER = timedelta(minutes=2)
"""How long "right after submitting" lasts; afterwards a quiz that is still open may hide what would help others."""


@dataclass(frozen=True)
class Visibility:
    """shown: the aspects with the moments at which they are shown; all others are hidden."""

    shown: frozenset[tuple[Aspect, Moment]]

    def allows(self, aspect: Aspect, moment: Moment) -> bool:
        return (aspect, moment) in self.shown

    def to_plain(self) -> dict[str, list[str]]:
        """Return the moments at which each aspect is shown, as they are stored."""
        return {a: [m for m in MOMENTS if (a, m) in self.shown] for a in ASPECTS}


class GivesAway(ValueError):
    """Something is shown that tells what is hidden at the same moment."""

    def __init__(self, shown: Aspect, hidden: Aspect, moment: Moment) -> None:
        super().__init__(f"{shown} tells {hidden}, which is hidden {moment}")
        self.shown, self.hidden, self.moment = shown, hidden, moment


def visibility_from_plain(plain: Mapping[str, Iterable[str]]) -> Visibility:
    """Return the visibility in which each aspect, by name, is shown at its moments. Unknown names show nothing.

    Raises GivesAway: marks, feedback and key tell right from wrong.
    """
    pairs = frozenset((a, m) for a in ASPECTS for m in MOMENTS if m in plain.get(a, ()))
    for moment in MOMENTS:
        for telling in ("marks", "feedback", "key"):
            if (telling, moment) in pairs and ("correctness", moment) not in pairs:
                raise GivesAway(telling, "correctness", moment)
    return Visibility(pairs)


def moment_of(*, submitted: datetime | None, now: datetime, is_closed: bool) -> Moment:
    """Return which moment it is for an attempt. is_closed: nobody can take the quiz any more."""
    if submitted is None:
        return "during"
    if is_closed:
        return "after_closing"
    return "after" if now - submitted <= JUST_AFTER else "while_open"


PRESETS: Mapping[str, Visibility] = {
    "practice": visibility_from_plain(dict.fromkeys(ASPECTS, MOMENTS)),
    "homework": visibility_from_plain(
        dict.fromkeys(ASPECTS, ("after", "while_open", "after_closing")) | {"response": MOMENTS}
    ),
    "exam": visibility_from_plain(dict.fromkeys(ASPECTS, ("after_closing",)) | {"response": MOMENTS}),
}
"""Practice shows everything at once, homework after submitting, an exam after it has closed for everybody."""
HOMEWORK = PRESETS["homework"]
