"""The one interface an interchange format has to meet: bytes in, items and remarks out, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from quiz.core.items import Item

Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True)
class Remark:
    """Something an author should know about one place of a file.

    line: counts from 1; None where the format has no lines. where: the element, member, row or question meant.
    severity: an ``error`` lost a question, a ``warning`` changed or guessed something, a ``note`` only tells.
    text: what, and how to mend it.
    """

    text: str
    severity: Severity = "warning"
    line: int | None = None
    where: str = ""


class NotThisFormat(ValueError):
    """The bytes as a whole are something else, or are refused; nothing was read. The message says why."""


class Reading(NamedTuple):
    items: list[Item]
    remarks: list[Remark]


def reading_of(items: list[Item], remarks: list[Remark]) -> Reading:
    """Return the reading; if there is nothing to tell of it, it tells that there was no question."""
    if not items and not remarks:
        remarks = [Remark("The file holds no question.", "note")]
    return Reading(items, remarks)


class Writing(NamedTuple):
    data: bytes
    remarks: list[Remark]


class Format(Protocol):
    """name: as its file is called. suffixes: lower case, with the dot, the usual one first.

    carries: the interactions that it can express; the others become an error remark each when written.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    carries: frozenset[type]

    def looks_like(self, data: bytes) -> float:
        """Return how sure a look at the bytes makes that they are of this format, 0 to 1."""
        ...

    def read(self, data: bytes) -> Reading:
        """Read what can be read. Raises NotThisFormat; any smaller trouble is a remark."""
        ...

    def write(self, items: Iterable[Item]) -> Writing: ...
