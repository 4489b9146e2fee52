"""GIFT's ordering questions: ``{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW`` and a step a line.

Moodle has them from 4.4 on. Their steps are taken as they are written: no escapes, no formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from quiz.core.items import Arrange
from quiz.core.orderings import GRADINGS, Grading

_SELECTS = ("ALL", "EXACT", "RANDOM", "REL", "CONTIGUOUS", "CONTIG")
_LAYOUTS = ("HORIZONTAL", "HORI", "H", "1", "VERTICAL", "VERT", "V", "0")
_SHOWS = ("SHOW", "TRUE", "YES", "1", "HIDE", "FALSE", "NO", "0")
_GRADINGS: dict[str, Grading] = {
    **{grading.upper(): grading for grading in GRADINGS},
    "ABSOLUTE": "absolute_position",
    "ABS": "absolute_position",
    "RELATIVE": "relative_next_exclude_last",
    "REL": "relative_next_exclude_last",
}


def _one(words: Sequence[str]) -> str:
    return rf"(?:({'|'.join(sorted(words, key=len, reverse=True))})(?!\S))?\s*"


_HEAD = re.compile(rf"\{{>\s*(\d*)\s*{_one(_SELECTS)}{_one(_LAYOUTS)}{_one(tuple(_GRADINGS))}{_one(_SHOWS)}")

Settings = tuple[tuple[str, str], ...]


def ordering_place(text: str) -> int:
    """Return where the block of an ordering question begins, -1 if there is none before any other block."""
    place = text.find("{")
    return place if text.startswith("{>", place) and text.endswith("}") else -1


def read_ordering(block: str, remarks: list[str]) -> tuple[Arrange, Settings]:
    """Return the question that the block, braces included, asks, and what it says about how it is shown."""
    head = _HEAD.match(block)
    if head is None:
        return Arrange(()), ()
    count, select, layout, grading, show = head.groups()
    steps = tuple(line.strip() for line in block[head.end() : -1].split("\n") if line.strip())
    settings = []
    if (select or "RANDOM") not in ("ALL", "EXACT") and count and 2 < int(count) < len(steps):
        remarks.append(f"Moodle would show {count} of the {len(steps)} steps; here all of them are shown")
        settings += [("moodle.selecttype", select or "RANDOM"), ("moodle.selectcount", count)]
    if layout in ("HORIZONTAL", "HORI", "H", "1"):
        settings.append(("moodle.layouttype", "HORIZONTAL"))
    if show in ("HIDE", "FALSE", "NO", "0"):
        settings.append(("moodle.showgrading", "HIDE"))
    return Arrange(steps, _GRADINGS[grading or "REL"]), tuple(settings)


def write_ordering(arrange: Arrange, settings: dict[str, str]) -> str:
    """Return the block, braces included. Raises ValueError for a step that no line can hold."""
    for step in arrange.steps:
        if not step.strip() or "\n" in step or step.strip().startswith("//"):
            raise ValueError(f"a step of GIFT is one line of text, which {step[:40]!r} is not")
    head = " ".join(
        (
            settings.get("moodle.selectcount", str(len(arrange.steps))),
            settings.get("moodle.selecttype", "ALL"),
            settings.get("moodle.layouttype", "VERTICAL"),
            cast(str, arrange.grading).upper(),
            settings.get("moodle.showgrading", "SHOW"),
        )
    )
    return "{>" + "\n".join((head, *(step.strip() for step in arrange.steps))) + "\n}"
