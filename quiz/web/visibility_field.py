"""The table of what learners are shown when, as one form field: a preset, or a tick for each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from flask_babel import gettext as _
from wtforms import Field

from quiz.core.visibility import (
    ALWAYS,
    ASPECTS,
    CELLS,
    HOMEWORK,
    MOMENTS,
    PRESETS,
    Cell,
    Preset,
    Visibility,
    preset_of,
    shows,
)

OWN = "own"
_NAMES = {f"{aspect}-{moment}": (aspect, moment) for aspect, moment in CELLS}


class VisibilityField(Field):
    """Sends three things: ``<name>``, the preset or "own"; ``<name>-cell``, each ticked cell; ``<name>-before``, the
    cells that were ticked when the page was made.

    Without script, choosing a preset cannot tick the cells. So what was touched wins: a preset that was chosen above
    an untouched table fills it, and a table that was changed under an untouched preset is a choice of one's own.
    """

    data: Visibility
    errors: Sequence[str] = ()
    aspects = ASPECTS
    moments = MOMENTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen: str = OWN
        self.before: Visibility | None = None
        self.wrong: dict[Cell, str] = {}

    def process_data(self, value: Visibility | None) -> None:
        self.data = value or HOMEWORK
        self.chosen = preset_of(self.data) or OWN

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read what was sent; what the page did not send at all stays as it was."""
        super().process(formdata, data if isinstance(data, Visibility) else None, extra_filters)
        if formdata and self.name in formdata:
            self._read(
                chosen=formdata.get(self.name, OWN),
                ticked=_cells(formdata.getlist(f"{self.name}-cell")),
                before=_cells(formdata.get(f"{self.name}-before", "").split()),
            )

    def _read(self, *, chosen: str, ticked: Visibility, before: Visibility) -> None:
        preset = next((name for name in get_args(Preset) if name == chosen), None)
        self.chosen, self.data = preset or OWN, ticked
        if preset is None or ticked == PRESETS[preset]:
            return
        if ticked == before:
            self.data = PRESETS[preset]
        elif preset == preset_of(before):
            self.chosen = OWN
        else:
            # Sent again as it is, it must be refused again.
            self.before = before
            self.process_errors.append(
                _("You chose a preset and changed the table, too. Choose “Own choice” to keep the table.")
            )

    def is_ticked(self, cell: Cell) -> bool:
        return cell in self.data.shown

    def is_fixed(self, cell: Cell) -> bool:
        """Tell whether the cell is no choice."""
        return cell == ALWAYS

    @property
    def names_before(self) -> Sequence[str]:
        """Return the names of the cells that are ticked as long as nobody touches them, in the table's order."""
        before = self.before or self.data
        return [name for name, cell in _NAMES.items() if cell in before.shown]

    def blame(self, wrong: Mapping[Cell, str]) -> None:
        """Show each problem in its cell; the list of problems above the form leads there, too."""
        self.wrong = dict(wrong)
        self.errors = [*self.errors, *wrong.values()]
        self.chosen = OWN

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return what is wrong, each with the id of where it is."""
        if not self.wrong:
            return [(self.id, error) for error in self.errors]
        return [(self.id_of(cell), sentence) for cell, sentence in self.wrong.items()]

    def id_of(self, cell: Cell) -> str:
        return f"{self.name}-{cell[0]}-{cell[1]}"


def _cells(names: Iterable[str]) -> Visibility:
    return shows(_NAMES[name] for name in names if name in _NAMES)
