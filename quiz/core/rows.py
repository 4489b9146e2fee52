"""Rows that authors write (options, answers, pairs, steps): reading them, and giving them ids of their own.

An id is what a stored response points to, so it has to outlive every edit of the row's text and every change
of the order. Forms carry it in a hidden field; a row that has none yet gets one that follows from its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from quiz.core.messages import N_
from quiz.core.question_type import UnusableBody
from quiz.core.written import tables_in

Row = TypeVar("Row")


def read_rows(
    written: Mapping[str, Any], field: str, read_row: Callable[[Mapping[str, Any]], Row], *, at_least: int = 0
) -> list[Row]:
    """Return each row of the field as read_row reads it.

    Raises UnusableBody with the list's field, so that a form can show it there; its message names the row.
    """
    rows = []
    for number, row in enumerate(tables_in(written, field, at_least=at_least), start=1):
        try:
            rows.append(read_row(row))
        except UnusableBody as error:
            place = {"field": f"{field} {number}: {error.values.get('field', error.field)}"}
            raise UnusableBody(field, error.sentence, **(error.values | place)) from None
    return rows


def fraction_in(row: Mapping[str, Any], *, default: float, lowest: float = 0.0) -> float:
    """Return the row's ``fraction``, lowest to 1. Raises UnusableBody."""
    return number_in(row, "fraction", default=default, lowest=lowest, highest=1.0)


def number_in(row: Mapping[str, Any], field: str, *, default: float, lowest: float, highest: float) -> float:
    """Return the row's number, lowest to highest. Raises UnusableBody if it is none, or lies outside."""
    value = row.get(field, default)
    is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    # As a float first: a decimal that is no number can't even be compared.
    if not is_number or not lowest <= float(value) <= highest:
        raise UnusableBody(
            field, N_("{field} must be a number from {lowest} to {highest}, not {value}"),
            field=field, lowest=f"{lowest:g}", highest=f"{highest:g}", value=repr(value),
        )  # fmt: skip
    return float(value)


def typed_rows(
    rows: Iterable[Mapping[str, Any]], prefix: str, *, named_by: str = "text"
) -> list[dict[str, Any]]:
    """Return the rows of an author's form that hold something, each with its id; texts are stripped.

    prefix: one letter that new ids begin with. named_by: the field whose text makes a row worth reading.
    """
    filled = [row for row in rows if text_of(row, named_by)]
    ids = ids_for([text_of(row, "id") for row in filled], [text_of(row, named_by) for row in filled], prefix)
    return [
        dict(row) | {"id": i, named_by: text_of(row, named_by)} for i, row in zip(ids, filled, strict=True)
    ]


def text_of(row: Mapping[str, Any], field: str) -> str:
    """Return what a form's field holds, stripped; "" for a field that was not sent."""
    return (row.get(field) or "").strip()


def ids_for(given: Sequence[str], texts: Sequence[str], prefix: str) -> list[str]:
    """Return an id for each text: the given one, or, where it is "", a new one.

    A new id is made from the text, not from its number: the number of a row that was taken out would come
    back for another row, and old responses would seem to be about that one.
    """
    taken = {i for i in given if i}
    ids = []
    for known, text in zip(given, texts, strict=True):
        ids.append(known or _new_id(text, prefix, taken))
        taken.add(ids[-1])
    return ids


def new_ids(texts: Sequence[str], prefix: str) -> list[str]:
    """Return ids for rows that come from outside and have none."""
    return ids_for([""] * len(texts), texts, prefix)


def _new_id(text: str, prefix: str, taken: set[str]) -> str:
    stem = prefix + sha256(text.encode()).hexdigest()[:7]
    number, new = 1, stem
    while new in taken:
        number += 1
        new = f"{stem}-{number}"
    return new
