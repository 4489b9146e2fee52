"""The small neutral vocabulary between question types and interchange formats.

Six formats by nine types would be 54 translations. Instead each type and each format speaks these few
interactions; a setting that only one type has is a field of its interaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from quiz.core.orderings import Grading

TextFormat = Literal["plain", "markdown", "html", "moodle"]
UnitGrading = Literal["none", "outof_mark", "outof_max"]


@dataclass(frozen=True)
class Option:
    """fraction: what choosing it earns, -1 to 1; negative takes away.

    text_format: None where the option is written like the prompt. is_pinned: it keeps its place where the others
    are shuffled.
    """

    text: str
    fraction: float = 0.0
    feedback: str = ""
    text_format: TextFormat | None = None
    is_pinned: bool = False


@dataclass(frozen=True)
class Choose:
    """Pick one or several of the options."""

    options: tuple[Option, ...]
    several: bool = False
    shuffle: bool = True
    all_or_nothing: bool = False


@dataclass(frozen=True)
class Judge:
    """Say whether a statement is true."""

    answer: bool
    feedback_right: str = ""
    feedback_wrong: str = ""


@dataclass(frozen=True)
class TextAnswer:
    """text: as accepted; ``*`` stands for any run of characters, ``\\*`` for a star."""

    text: str
    fraction: float = 1.0
    feedback: str = ""


@dataclass(frozen=True)
class EnterText:
    """Type a few words; the first answer that matches counts."""

    answers: tuple[TextAnswer, ...]
    case_sensitive: bool = False


@dataclass(frozen=True)
class NumberAnswer:
    """value and tolerance: decimal numbers as written, in the prompt's unit ("0.10" stays "0.10").

    A value of "*" takes every number that no answer before it took; it is there for its feedback.
    """

    value: str
    tolerance: str = "0"
    fraction: float = 1.0
    feedback: str = ""
    tolerance_type: Literal["nominal", "relative", "geometric"] = "nominal"


@dataclass(frozen=True)
class EnterNumber:
    """Type one number; the first answer that it lies within counts.

    unit: a label beside the field. units: those that may be typed, each with the number of them that make one
    of the answer's own ("cm": 100 where the answer is in metres). unit_penalty: for a unit that is missing or
    unknown, as a share of what the answer earned (outof_mark) or of the whole mark (outof_max). decimal,
    thousands: the signs that a typed number is written with.
    """

    answers: tuple[NumberAnswer, ...]
    unit: str = ""
    units: tuple[tuple[str, float], ...] = ()
    units_before: bool = False
    unit_grading: UnitGrading = "none"
    unit_penalty: float = 0.1
    decimal: str = "."
    thousands: str = ","


@dataclass(frozen=True)
class EnterDate:
    """Give a date. answer: ISO 8601, as precise as ``precision``: 2024, 2024-04 or 2024-04-01."""

    answer: str
    precision: Literal["day", "month", "year"] = "day"


@dataclass(frozen=True)
class Match:
    """Find each left side its right side; distractors are right sides without a left.

    Left sides are written like the prompt, right sides are plain text.
    """

    pairs: tuple[tuple[str, str], ...]
    distractors: tuple[str, ...] = ()
    shuffle: bool = True


@dataclass(frozen=True)
class Arrange:
    """Put the steps, given here in the right order, in order."""

    steps: tuple[str, ...]
    grading: Grading = "relative_next_exclude_last"


@dataclass(frozen=True)
class Fill:
    """Fill the gaps of a text. template: ``[[1]]``, ``[[2]]`` … mark the gaps, numbered from 1.

    weights: each gap's part of the mark against the others'; empty if all weigh the same.
    """

    template: str
    gaps: tuple[Choose | EnterText | EnterNumber, ...]
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class CheckClaim:
    """Judge a claim of a source, then pick the correction.

    corrections: text, and whether it is the right one.
    """

    verdict: Literal["holds", "out_of_date", "wrong", "cannot_be_known"]
    corrections: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Level:
    """What somebody reaches in a criterion. words: what an answer is like that earns these points."""

    points: float
    words: str


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked for in a text.

    levels: from which one is chosen; without any, 0 to ``points`` are given, and words say for what. points: the most
    that it earns. id: "" where it has none, as outside of this program.
    """

    title: str
    points: float
    words: str = ""
    levels: tuple[Level, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Write:
    """Write freely; marked by hand.

    words: None where there is no limit. template: stands in the field at first. notes: for those who mark.
    files: how many may be handed in. rubric: what is looked for, by those who mark and, where shows_rubric, by those
    who write. model_answer: told after marking. lines: how high the field is, None where nothing is said.
    """

    min_words: int | None = None
    max_words: int | None = None
    template: str = ""
    notes: str = ""
    files: int = 0
    rubric: tuple[Criterion, ...] = ()
    shows_rubric: bool = False
    model_answer: str = ""
    lines: int | None = None


@dataclass(frozen=True)
class Inform:
    """Read only; nothing is asked."""


Interaction = (
    Choose
    | Judge
    | EnterText
    | EnterNumber
    | EnterDate
    | Match
    | Arrange
    | Fill
    | CheckClaim
    | Write
    | Inform
)


@dataclass(frozen=True)
class Hint:
    """Shown after a wrong try, one after the other."""

    text: str
    show_number_right: bool = False
    clear_wrong: bool = False


@dataclass(frozen=True)
class ItemFile:
    """A picture or other file.

    name: as the texts refer to it, after ``@@PLUGINFILE@@/`` and undone of ``%20``.
    """

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Item:
    """One question as the outside world exchanges it.

    penalty: what each further try costs, as a share of the mark; None where nothing is said. feedback_right
    and the like: said to the response as a whole. feedback_format: None where all feedback and hints are written
    like the prompt. settings: what one format says and no other understands, by
    "format.name". language: as in ``<html lang>``. line: where it begins in the file it was read from, from 1, None
    if that is not known; it says nothing of the question, so equal questions may stand in different lines.
    """

    prompt: str
    interaction: Interaction
    id: str = ""
    title: str = ""
    category: str = ""
    prompt_format: TextFormat = "markdown"
    points: float = 1.0
    general_feedback: str = ""
    tags: tuple[str, ...] = ()
    penalty: float | None = None
    hints: tuple[Hint, ...] = ()
    files: tuple[ItemFile, ...] = ()
    feedback_right: str = ""
    feedback_partial: str = ""
    feedback_wrong: str = ""
    feedback_format: TextFormat | None = None
    settings: tuple[tuple[str, str], ...] = ()
    language: str = ""
    line: int | None = field(default=None, compare=False)
