"""What differs between two wordings: words added and removed, rows moved, added, removed, values changed.

It compares plain data as authors write it, so it knows no question type: a text is compared by words, a list row by
row (rows with ids by their ids, however far they moved), anything else as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Kind = Literal["same", "added", "removed"]

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
MOST_COMPARISONS = 250_000
"""Pairs of words that may be compared, so that no text holds up a page; longer ones are compared by lines."""


@dataclass(frozen=True)
class Piece:
    """A run of text. kind: of the text after, "added" or "same"; of the one before, "removed" or "same"."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class FieldDiff:
    """What happened to one field: pieces for a text, rows for a list, else only before and after.

    before, after: None where the field was not, or is not there any more.
    """

    field: str
    before: Any
    after: Any
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowDiff, ...] = ()

    @property
    def is_list(self) -> bool:
        return isinstance(self.before, list | tuple) or isinstance(self.after, list | tuple)


@dataclass(frozen=True)
class RowDiff:
    """What happened to one row. place_before, place_after: counted from 1, None where it is not.

    is_moved: it changed places with a row that is in both; others that it merely made room for did not move.
    """

    kind: Literal["same", "changed", "added", "removed"]
    place_before: int | None
    place_after: int | None
    is_moved: bool
    text: str
    fields: tuple[FieldDiff, ...] = ()


def words_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order; before_of and after_of put the texts together again."""
    words = _WORD.findall(before), _WORD.findall(after)
    if len(words[0]) * len(words[1]) > MOST_COMPARISONS:
        words = _LINE.findall(before), _LINE.findall(after)
    if len(words[0]) * len(words[1]) > MOST_COMPARISONS:
        words = [before], [after]
    return _merged(_compared(*words))


def before_of(pieces: Sequence[Piece]) -> str:
    """Return the text before."""
    return "".join(piece.text for piece in pieces if piece.kind != "added")


def after_of(pieces: Sequence[Piece]) -> str:
    """Return the text after."""
    return "".join(piece.text for piece in pieces if piece.kind != "removed")


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldDiff, ...]:
    """Return what differs, field by field, in the order of ``after`` and then of what is gone."""
    names = dict.fromkeys((*after, *before))
    found = (_field_diff(name, before.get(name), after.get(name)) for name in names if name != "id")
    return tuple(diff for diff in found if diff is not None)


def _field_diff(field: str, before: Any, after: Any) -> FieldDiff | None:
    if before == after and not (isinstance(before, bool) ^ isinstance(after, bool)):
        return None
    lists = [value for value in (before, after) if isinstance(value, list | tuple)]
    if lists and all(value is None or isinstance(value, list | tuple) for value in (before, after)):
        return FieldDiff(field, before, after, rows=rows_diff(before or (), after or ()))
    if all(value is None or isinstance(value, str) for value in (before, after)):
        return FieldDiff(field, before, after, pieces=words_diff(before or "", after or ""))
    return FieldDiff(field, before, after)


def rows_diff(before: Sequence[Any], after: Sequence[Any]) -> tuple[RowDiff, ...]:
    """Return what happened to each row, in the order after; removed ones stand where they stood."""
    pairs = _pairs_by_id(before, after) if _have_ids((*before, *after)) else _pairs_by_likeness(before, after)
    still = _in_place([old for old, new in pairs if old is not None and new is not None])
    return tuple(_row_diff(before, after, old, new, old in still) for old, new in pairs)


def _row_diff(
    before: Sequence[Any], after: Sequence[Any], old: int | None, new: int | None, is_still: bool
) -> RowDiff:
    places = (None if old is None else old + 1, None if new is None else new + 1)
    if new is None and old is not None:
        return RowDiff("removed", *places, False, _text_of(before[old]), differences(_plain(before[old]), {}))
    if old is None and new is not None:
        return RowDiff("added", *places, False, _text_of(after[new]), differences({}, _plain(after[new])))
    assert old is not None and new is not None
    fields = differences(_plain(before[old]), _plain(after[new]))
    return RowDiff("changed" if fields else "same", *places, not is_still, _text_of(after[new]), fields)


def _plain(row: Any) -> Mapping[str, Any]:
    return row if isinstance(row, Mapping) else {"text": row}


def _text_of(row: Any) -> str:
    """Return what the row is called: its text, or the first that it has."""
    plain = _plain(row)
    texts = [value for name, value in plain.items() if name != "id" and isinstance(value, str)]
    return str(plain.get("text") or (texts[0] if texts else plain.get("value", plain.get("id", ""))))


def _have_ids(rows: Sequence[Any]) -> bool:
    return all(isinstance(row, Mapping) and "id" in row for row in rows)


Pairs = list[tuple[int | None, int | None]]


def _pairs_by_id(before: Sequence[Any], after: Sequence[Any]) -> Pairs:
    old_place = {row["id"]: place for place, row in enumerate(before)}
    pairs: Pairs = [(old_place.get(row["id"]), place) for place, row in enumerate(after)]
    kept = {old for old, _ in pairs}
    for gone in (old for old in range(len(before)) if old not in kept):
        # Behind the last of those that stood before it.
        earlier = [n for n, (old, _) in enumerate(pairs, start=1) if old is not None and old < gone]
        pairs.insert(max(earlier, default=0), (gone, None))
    return pairs


def _pairs_by_likeness(before: Sequence[Any], after: Sequence[Any]) -> Pairs:
    """Pair equal rows in order, and those between them by their places."""
    matcher = SequenceMatcher(
        None, [repr(row) for row in before], [repr(row) for row in after], autojunk=False
    )
    pairs: Pairs = []
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        olds, news = list(range(old_from, old_to)), list(range(new_from, new_to))
        both = min(len(olds), len(news))
        pairs += zip(olds[:both], news[:both], strict=True)
        pairs += [(old, None) for old in olds[both:]]
        pairs += [(None, new) for new in news[both:]]
    return pairs


def _in_place(old_places: Sequence[int]) -> frozenset[int]:
    """Return the largest set of rows that are still in their order: the others have moved."""
    runs: list[list[int]] = [[]]
    for place in old_places:
        before = max([run for run in runs if not run or run[-1] < place], key=len)
        runs.append([*before, place])
    longest = max(runs, key=len)
    return frozenset(longest)


def _compared(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    pieces = []
    for tag, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i:j])))
            continue
        pieces += [Piece("removed", "".join(before[i:j])), Piece("added", "".join(after[k:n]))]
    return pieces


def _merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with the blanks between changed words counted to them: a phrase reads better than crumbs."""
    merged: list[Piece] = []
    removed = added = ""
    for place, piece in enumerate(pieces):
        is_crumb = piece.kind == "same" and not piece.text.strip() and 0 < place < len(pieces) - 1
        if piece.kind == "removed" or is_crumb:
            removed += piece.text
        if piece.kind == "added" or is_crumb:
            added += piece.text
        if piece.kind == "same" and not is_crumb:
            merged += [Piece("removed", removed), Piece("added", added), piece]
            removed = added = ""
    merged += [Piece("removed", removed), Piece("added", added)]
    return tuple(piece for piece in merged if piece.text)
