"""Typed numbers as Moodle's numerical question reads them: two signs, powers of ten, a unit before or after.

It reads more than our own types do ("3 frogs" is 3, with a unit that nobody knows), and guesses where they
ask again.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext
from typing import NamedTuple

from quiz.core.items import EnterNumber, NumberAnswer
from quiz.core.numbers import is_within

LONGEST_NUMBER = 100
_EPSILON = Decimal("1e-14")

_POWER = re.compile(r"(?:e|E|(?:x|\*|×)10(?:\^|\*\*))([+-]?[0-9]+)")
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[-+]?[0-9]+)?"
_AT_START = re.compile(_NUMBER)
_AT_END = re.compile(rf"{_NUMBER}\Z")


class TypedNumber(NamedTuple):
    """unit: as typed, "" if there is none.

    factor: of a known unit, None for one that is unknown or missing.
    """

    value: Decimal
    unit: str
    factor: Decimal | None

    @property
    def scaled(self) -> Decimal:
        """The number in the answer's own unit."""
        if self.factor is None:
            return self.value
        with localcontext() as context:
            context.prec = 50
            return self.value / self.factor


class Accepted(NamedTuple):
    """unit_is_right: the number was right in the unit that stood beside it."""

    answer: NumberAnswer
    unit_is_right: bool


def read_typed(typed: str, asked: EnterNumber, *, separate_unit: str | None = None) -> TypedNumber | None:
    """Return the number and unit that were typed, None if there is no number.

    separate_unit: from a field of its own.
    """
    text = _with_plain_signs(_POWER.sub(r"e\1", re.sub(r"\s", "", typed)), asked.decimal, asked.thousands)
    found = _AT_END.search(text) if asked.units_before else _AT_START.match(text)
    if found is None or len(typed) > LONGEST_NUMBER:
        return None
    try:
        value = Decimal(found[0])
    except InvalidOperation:
        return None
    rest = text[: found.start()] if asked.units_before else text[found.end() :]
    unit = rest if separate_unit is None else separate_unit.strip()
    factor = dict(asked.units).get(unit)
    return TypedNumber(value, unit, None if factor is None else Decimal(repr(factor)))


def number_doubt(written: str, typed: TypedNumber, asked: EnterNumber) -> str:
    """Return why the number would be handed back while there are tries left, "" if it would be taken."""
    if typed.unit and not asked.units:
        return f"{typed.unit[:40]!r} is no part of the number, and no unit is asked for"
    if asked.thousands in (".", ",") and asked.thousands in written:
        return f"the {asked.thousands} could be a decimal sign, too; leave it out"
    return ""


def first_within(asked: EnterNumber, typed: TypedNumber) -> Accepted | None:
    """Return the first answer that the number lies within, in its unit or, failing that, as it stands."""
    for answer in asked.answers:
        if lies_within(typed.scaled, answer):
            return Accepted(answer, typed.factor is not None)
        if lies_within(typed.value, answer):
            return Accepted(answer, False)
    return None


def after_unit_penalty(fraction: float, asked: EnterNumber, *, unit_is_right: bool) -> float:
    """Return what is left of the fraction for a unit that is wrong or missing, never below zero."""
    if unit_is_right:
        return fraction
    if asked.unit_grading == "outof_mark":
        fraction -= asked.unit_penalty * fraction
    elif asked.unit_grading == "outof_max":
        fraction -= asked.unit_penalty
    return max(fraction, 0.0)


def lies_within(number: Decimal, answer: NumberAnswer) -> bool:
    """Tell whether the answer takes the number.

    Each kind of tolerance has a hair more, for rounded numbers.
    """
    if answer.value == "*":
        return True
    tolerance = abs(Decimal(answer.tolerance or "0"))
    if answer.tolerance_type == "geometric":
        tolerance += _EPSILON
    try:
        return is_within(number, Decimal(answer.value), tolerance, answer.tolerance_type)
    except InvalidOperation:
        return False


def _with_plain_signs(text: str, decimal: str, thousands: str) -> str:
    """Return the text with a point as its decimal sign and no thousands kept apart."""
    if thousands == "." and decimal == "," and _grouped_by_points(text):
        return text.replace(".", "").replace(",", ".")
    if "." in text or text.count(",") > 1:
        # Several commas can only keep thousands apart, and so does one beside a point.
        return text.replace(",", "")
    if thousands:
        text = text.replace(thousands, "")
    return text.replace(decimal or ".", ".").replace(",", ".")


def _grouped_by_points(text: str) -> bool:
    """Tell whether the points can only keep thousands apart: a comma follows them, or there are several."""
    return bool(re.match(r"[^0-9]*[0-9]{1,3}(?:(?:\.[0-9]{3})+,|(?:\.[0-9]{3}){2,})", text))
