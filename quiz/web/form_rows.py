"""Rows of a form that was sent: one more, one fewer, one further up, without a script and with nothing lost.

The names of WTForms number the rows (``options-2-text``, and ``gaps-0-options-1-text`` for rows within rows),
so what a button does to the rows is done to the names, before the form is read.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.datastructures import MultiDict

Typed = MultiDict[str, str]

MOST_ROWS = 60
"""More rows than this are nobody's question."""


def plain_lines(typed: MultiDict[str, str]) -> Typed:
    """Return what was typed with line ends as everywhere else; browsers send two signs for one."""
    return MultiDict((name, value.replace("\r\n", "\n")) for name, value in typed.items(multi=True))


def with_action(typed: Typed, action: str) -> Typed:
    """Return the form as the button leaves it; unchanged if the button has nothing to do with rows.

    action: ``add_row:options``, ``remove_row:options-2``, ``raise_row:options-2`` or ``lower_row:options-2``.
    """
    verb, _, target = action.partition(":")
    if verb == "add_row":
        return with_row_added(typed, target)
    list_name, _, number = target.rpartition("-")
    if verb not in _VERBS or not list_name or not number.isdecimal():
        return typed
    return _VERBS[verb](typed, list_name, int(number))


def rows_in(typed: Typed, list_name: str) -> list[int]:
    """Return the numbers of the rows that the form holds."""
    starts = (
        name.removeprefix(f"{list_name}-").split("-", 1)[0]
        for name in typed
        if name.startswith(f"{list_name}-")
    )
    return sorted({int(number) for number in starts if number.isdecimal()})


def with_row_added(typed: Typed, list_name: str) -> Typed:
    """Return the form with an empty row at the end."""
    rows = rows_in(typed, list_name)
    if not list_name or len(rows) >= MOST_ROWS:
        return typed
    added = typed.copy()
    added[f"{list_name}-{rows[-1] + 1 if rows else 0}"] = ""
    return added


def without_row(typed: Typed, list_name: str, row: int) -> Typed:
    """Return the form without the row; those after it move up."""
    kept = [number for number in rows_in(typed, list_name) if number != row]
    return _renumbered(typed, list_name, {old: new for new, old in enumerate(kept)})


def _with_row_moved(typed: Typed, list_name: str, row: int, by: int) -> Typed:
    rows = rows_in(typed, list_name)
    if row not in rows or not 0 <= rows.index(row) + by < len(rows):
        return typed
    neighbour = rows[rows.index(row) + by]
    places = {number: number for number in rows} | {row: neighbour, neighbour: row}
    return _renumbered(typed, list_name, places)


def _renumbered(typed: Typed, list_name: str, places: dict[int, int]) -> Typed:
    """Return the form with rows under new numbers; rows that have none are left out."""
    renumbered: Typed = MultiDict()
    for name, value in typed.items(multi=True):
        number, dash, rest = name.removeprefix(f"{list_name}-").partition("-")
        if not name.startswith(f"{list_name}-") or not number.isdecimal():
            renumbered.add(name, value)
        elif int(number) in places:
            renumbered.add(f"{list_name}-{places[int(number)]}{dash}{rest}", value)
    return renumbered


_VERBS: dict[str, Callable[[Typed, str, int], Typed]] = {
    "remove_row": without_row,
    "raise_row": lambda typed, list_name, row: _with_row_moved(typed, list_name, row, -1),
    "lower_row": lambda typed, list_name, row: _with_row_moved(typed, list_name, row, +1),
}
