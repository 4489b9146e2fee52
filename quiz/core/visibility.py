"""What learners are shown of their attempt, and when: six aspects at four moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from quiz.core.messages import N_, Explained

Aspect = Literal["response", "correctness", "marks", "feedback", "key", "source"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

Moment = Literal["during", "after", "while_open", "after_closing"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)

Preset = Literal["practice", "homework", "exam"]

Cell = tuple[Aspect, Moment]
CELLS: tuple[Cell, ...] = tuple((aspect, moment) for aspect in ASPECTS for moment in MOMENTS)

JUST_AFTER = timedelta(minutes=2)
"""How long "right after submitting" lasts; afterwards a quiz that is still open may hide what would help others."""

ALWAYS: Cell = ("response", "during")
"""While learners answer, their answers stand in the form before them: nothing can hide these."""

TELLS: tuple[tuple[Aspect, Aspect], ...] = (
    ("marks", "correctness"),
    ("feedback", "correctness"),
    ("key", "correctness"),
    ("source", "key"),
)
"""What gives away what: the first can't be shown where the second is hidden. Whoever has an answer and the right one
knows whether they agree; marks of none or all say it in numbers; feedback is written for a right or a wrong answer; and
a footnote says what the passage holds and whether that is so, which is what most questions ask."""

WHY_NOT: Mapping[tuple[Aspect, Aspect], str] = {
    ("marks", "correctness"): N_(
        "The points tell what was right. Show right and wrong here too, or hide the points."
    ),
    ("feedback", "correctness"): N_(
        "Feedback tells whether the answer was right. Show right and wrong here too, or hide the feedback."
    ),
    ("key", "correctness"): N_(
        "Beside the right answer, learners see whether theirs was right. Show right and wrong here too, or hide the "
        "right answer."
    ),
    ("source", "key"): N_(
        "The sources say what the right answer is. Show the right answer here too, or hide the sources."
    ),
}


@dataclass(frozen=True)
class Stage:
    """What changes at a moment: more is shown from then on, less is hidden again; each in the order of ASPECTS."""

    moment: Moment
    more: tuple[Aspect, ...]
    less: tuple[Aspect, ...]


@dataclass(frozen=True)
class Visibility:
    """shown: the aspects with the moments at which they are shown; all others are hidden."""

    shown: frozenset[Cell]

    def allows(self, aspect: Aspect, moment: Moment) -> bool:
        return (aspect, moment) in self.shown

    def at(self, moment: Moment) -> frozenset[Aspect]:
        """Return the aspects that are shown at the moment."""
        return frozenset(aspect for aspect in ASPECTS if self.allows(aspect, moment))

    def stages(self, *, is_told_during: bool) -> tuple[Stage, ...]:
        """Return what learners are told beforehand: what they see after submitting, and then only what changes.

        is_told_during: answers are marked while they answer. Else nothing can be shown then but the answers themselves.
        """
        during = self.at("during") - {"response"} if is_told_during else frozenset()
        after, while_open, closed = (self.at(moment) for moment in MOMENTS[1:])
        steps: tuple[tuple[Moment, frozenset[Aspect], frozenset[Aspect]], ...] = (
            ("during", frozenset(), during),
            ("after", frozenset(), after),
            ("while_open", after, while_open),
            ("after_closing", while_open, closed),
        )
        return tuple(
            Stage(moment, _in_order(now - before), _in_order(before - now))
            for moment, before, now in steps
            if now != before or moment == "after"
        )

    def to_plain(self) -> dict[str, list[str]]:
        """Return the moments at which each aspect is shown, as they are stored."""
        return {a: [m for m in MOMENTS if (a, m) in self.shown] for a in ASPECTS}


def _in_order(aspects: frozenset[Aspect]) -> tuple[Aspect, ...]:
    return tuple(aspect for aspect in ASPECTS if aspect in aspects)


class GivesAway(Explained):
    """Something is shown that tells what is hidden at the same moment."""

    def __init__(self, shown: Aspect, hidden: Aspect, moment: Moment) -> None:
        super().__init__(WHY_NOT[shown, hidden])
        self.shown, self.hidden, self.moment = shown, hidden, moment

    @property
    def cell(self) -> Cell:
        """Return where the trouble is."""
        return self.shown, self.moment


def shows(cells: Iterable[Cell]) -> Visibility:
    """Return the visibility of these cells, as they are: perhaps one gives another away."""
    return Visibility(frozenset(cells) | {ALWAYS})


def gives_away(visibility: Visibility) -> Iterator[GivesAway]:
    """Give everything that is shown where it tells what is hidden, moment by moment."""
    for moment in MOMENTS:
        for shown, hidden in TELLS:
            if visibility.allows(shown, moment) and not visibility.allows(hidden, moment):
                yield GivesAway(shown, hidden, moment)


def usable_visibility(typed: Visibility) -> Visibility:
    """Return the visibility as it is stored. Raises GivesAway."""
    for contradiction in gives_away(typed):
        raise contradiction
    return shows(typed.shown)


def visibility_from_plain(plain: Mapping[str, Iterable[str]]) -> Visibility:
    """Return the visibility in which each aspect, by name, is shown at its moments.

    Unknown names show nothing, and neither does what would give away something hidden: whatever is stored, reading it
    never fails and never tells too much.
    """
    visibility = shows((a, m) for a, m in CELLS if m in plain.get(a, ()))
    # A source that stays may depend on a key that goes, so this repeats until nothing has to go.
    while too_much := {contradiction.cell for contradiction in gives_away(visibility)}:
        visibility = Visibility(visibility.shown - too_much)
    return visibility


def moment_of(*, submitted: datetime | None, now: datetime, is_closed: bool) -> Moment:
    """Return which moment it is for an attempt. is_closed: nobody can take the quiz any more."""
    if submitted is None:
        return "during"
    if is_closed:
        return "after_closing"
    return "after" if now - submitted <= JUST_AFTER else "while_open"


_AFTER: tuple[Moment, ...] = ("after", "while_open", "after_closing")


def _preset(moments: Iterable[Moment]) -> Visibility:
    own_answers: tuple[Cell, ...] = tuple(("response", moment) for moment in MOMENTS)
    return shows([*own_answers, *((aspect, moment) for aspect in ASPECTS for moment in moments)])


PRESETS: Mapping[Preset, Visibility] = {
    "practice": _preset(MOMENTS),
    "homework": _preset(_AFTER),
    "exam": _preset(("after_closing",)),
}
"""Practice shows everything at once, homework after submitting, an exam after it has closed for everybody."""
HOMEWORK = PRESETS["homework"]


def preset_of(visibility: Visibility) -> Preset | None:
    """Return the preset that this is; None for a choice of one's own."""
    return next((name for name, preset in PRESETS.items() if preset == visibility), None)
