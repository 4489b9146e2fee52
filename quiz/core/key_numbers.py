"""Numbers in the keys of other systems, ``3.14:0.01`` and ``1..5``: mended where it is plain what was meant.

Moodle takes what is no number for "every number is right", without a word; here it is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from quiz.core.items import NumberAnswer
from quiz.core.numbers import NotANumber, decimal_text, read_number

_LARGEST_EXPONENT = 300
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_WITH_UNIT = re.compile(
    r"(?P<number>[+-]?[0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?)\s*(?P<unit>[^\d\s.,:][^:]{0,30})"
)


class BadNumber(ValueError):
    """What was written is no number, and nobody can say which was meant."""


def read_number_answer(written: str, remarks: list[str]) -> tuple[str, str, str]:
    """Return value, tolerance and unit of one answer; what was mended is added to the remarks.

    Raises BadNumber.
    """
    if written == "*":
        return "*", "0", ""
    if written.find("..") > 0:
        value, tolerance = _from_range(written, remarks)
        return value, tolerance, ""
    number, colon, tolerance = written.partition(":") if written.find(":") > 0 else (written, "", "")
    value, unit = _with_unit(number.strip(), remarks)
    if colon and not tolerance.strip():
        remarks.append(f"the tolerance after {number.strip()!r} is missing and read as 0")
    return value, read_margin(tolerance, remarks), unit


def read_value(written: str, remarks: list[str]) -> tuple[str, str]:
    """Return the number and the unit behind it, "" if there is none. Raises BadNumber."""
    return ("*", "") if written.strip() == "*" else _with_unit(written.strip(), remarks)


def read_margin(written: str, remarks: list[str]) -> str:
    """Return a tolerance, 0 for none. Raises BadNumber."""
    margin = _number(written.strip() or "0", remarks)
    if margin.startswith("-") and Decimal(margin):
        remarks.append(f"the tolerance {margin} is below zero and read as {margin[1:]}")
    return margin.removeprefix("-")


def as_nominal(answer: NumberAnswer, lost: list[str]) -> tuple[str, str]:
    """Return value and plain margin of an answer, for formats that know no other; what changes is told."""
    value, tolerance = answer.value, answer.tolerance
    if answer.tolerance_type == "nominal" or value == "*":
        return value, tolerance
    exact = Decimal(value)
    if answer.tolerance_type == "relative":
        margin = decimal_text(abs(exact) * Decimal(tolerance))
        lost.append(f"the relative tolerance {tolerance} of {value} is written as ± {margin}")
        return value, margin
    low, high = sorted((exact / (1 + Decimal(tolerance)), exact * (1 + Decimal(tolerance))))
    middle, margin = (decimal_text(round(number, 12)) for number in ((low + high) / 2, (high - low) / 2))
    lost.append(f"the geometric tolerance {tolerance} of {value} is written as {middle} ± {margin}")
    return middle, margin


def _from_range(written: str, remarks: list[str]) -> tuple[str, str]:
    lowest, _, highest = written.partition("..")
    low, high = (Decimal(_number(end.strip(), remarks)) for end in (lowest, highest))
    if low > high:
        remarks.append(
            f"the range {written} runs downwards and is read as {decimal_text(high)}..{decimal_text(low)}"
        )
    return decimal_text((low + high) / 2), decimal_text(abs(high - low) / 2)


def _with_unit(written: str, remarks: list[str]) -> tuple[str, str]:
    try:
        return _number(written, remarks), ""
    except BadNumber:
        parts = None if _PLAIN.fullmatch(written) else _WITH_UNIT.fullmatch(written)
        if parts is None:
            raise
    value = _number(parts["number"], remarks)
    remarks.append(
        f"{written!r} is no number to Moodle; it is read as {value} with the unit {parts['unit'].strip()!r}"
    )
    return value, parts["unit"].strip()


def _number(written: str, remarks: list[str]) -> str:
    if _PLAIN.fullmatch(written):
        return tidy_number(written)
    try:
        value = read_number(written)
    except NotANumber:
        raise BadNumber(f"{written!r} is not a number; write it like 3.14") from None
    remarks.append(f"{written!r} is no number to Moodle; it is read as {value}")
    return value


def tidy_number(written: str) -> str:
    """Return the number as it was written, with a point and a digit on both sides of it. Raises BadNumber."""
    sign = "-" if written.startswith("-") else ""
    digits = written.lstrip("+-").replace(",", ".")
    mantissa, e, exponent = re.fullmatch(r"([0-9.]+)([eE]?)(.*)", digits).groups()  # type: ignore[union-attr]
    mantissa = ("0" if mantissa.startswith(".") else "") + mantissa.removesuffix(".")
    number = Decimal(f"{sign}{mantissa}{e}{exponent}")
    if number and abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise BadNumber(f"{written!r} is too large or too small a number")
    return f"{sign}{mantissa}{e}{exponent}"
