"""One row of a table: its cells by what their columns mean, and what has to be remarked on."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.core.question_table.headers import Header
from quiz.core.tables import is_formula

Cells = Sequence[str]


class Unusable(ValueError):
    """The row makes no question. The message says what, and how to mend it."""


class Row:
    """told: remarks on this row, each with its severity."""

    def __init__(self, header: Header, cells: Cells) -> None:
        self.header = header
        self.cells = [without_quote(cell) for cell in cells]
        self.told: list[tuple[str, str]] = []

    def cell(self, meaning: str) -> str:
        place = self.header.single.get(meaning, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    def numbered(self, meaning: str, number: int) -> str:
        place = self.header.numbered.get((meaning, number), -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    def warn(self, text: str, severity: str = "warning") -> None:
        self.told.append((text, severity))


def listed(text: str) -> list[str]:
    """Return the parts of a list that somebody typed into one cell."""
    for separator in ("\n", "|", ";", ","):
        if separator in text:
            return [part.strip() for part in text.split(separator) if part.strip()]
    return [text.strip()] if text.strip() else []


def without_quote(cell: str) -> str:
    """Return the text of a cell without the sign that keeps a spreadsheet from running it."""
    stripped = cell.strip()
    return stripped[1:] if stripped.startswith("'") and is_formula(stripped[1:]) else stripped
