"""Reading decimal numbers as people write them, and telling whether one lies close enough to another.

All arithmetic is decimal: in binary, 0.4 lies a hair outside of 0.3 ± 0.1.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext
from typing import Literal

from quiz.core.messages import N_, Explained

ToleranceType = Literal["nominal", "relative", "geometric"]

LONGEST_NUMBER = 100
"""Characters that a learner may type into one field."""

_EPSILON = Decimal("1e-14")
_LARGEST_EXPONENT = 300

_SUPERSCRIPTS = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = str.maketrans(
    {
        "−": "-", "–": "-", "‐": "-", "‑": "-",
        "٫": ".", "،": ",", "٬": "'", "’": "'",
        "×": "x", "·": "x", "⋅": "x", "*": "x",
    }
)  # fmt: skip
_MANTISSA = r"(?P<mantissa>[0-9.,][0-9.,' ]*?)"
_PLAIN_NUMBER = re.compile(
    rf"(?P<sign>[+-]?) *{_MANTISSA} *(?:(?:e|x *10 *\^) *(?P<exponent>[+-]? *[0-9]{{1,5}}))?"
)
_POWER_OF_TEN = re.compile(r"(?P<sign>[+-]?) *10 *\^ *(?P<exponent>[+-]? *[0-9]{1,5})")
_AMBIGUOUS = re.compile(r"([1-9][0-9]{0,2}),([0-9]{3})")


class NotANumber(Explained):
    """What was typed can't be read as one number. The message says how to write it."""


def read_number(typed: str, *, unit: str = "") -> str:
    """Return the number that was typed as plain decimal text: "1,234.50" is "1234.5". Raises NotANumber.

    Understood are a decimal point or comma, thousands kept apart by comma, point, space or apostrophe, Arabic
    digits, powers of ten ("3x10^8", "1e-6") and the unit before or after. A comma that could be either
    ("1,234") is not guessed at.
    """
    if len(typed) > LONGEST_NUMBER:
        raise NotANumber(N_("“{typed}” is not a number; write it like 1234.5"), typed=typed[:20] + "…")
    text = _without_unit(_plain(typed), _plain(unit))
    shape = _POWER_OF_TEN.fullmatch(text) or _PLAIN_NUMBER.fullmatch(text)
    if shape is None:
        raise NotANumber(N_("“{typed}” is not a number; write it like 1234.5"), typed=typed)
    parts = shape.groupdict()
    whole, after = _split(parts.get("mantissa", "1"), typed)
    exponent = int((parts["exponent"] or "0").replace(" ", ""))
    return decimal_text(_bounded(Decimal(f"{parts['sign']}{whole}.{after}e{exponent}"), typed))


def is_within(
    number: Decimal, answer: Decimal, tolerance: Decimal, tolerance_type: ToleranceType = "nominal"
) -> bool:
    """Tell whether the number is close enough to the answer.

    nominal: answer ± tolerance. relative: answer ± its tolerance-fold. geometric: from the answer divided by
    1 + tolerance to the answer multiplied by it. The first two allow a hair more, for rounded answers.
    """
    with localcontext() as context:
        context.prec = 2 * LONGEST_NUMBER
        if tolerance_type == "geometric":
            ends = sorted((answer / (1 + tolerance), answer * (1 + tolerance)))
            return ends[0] <= number <= ends[1]
        if tolerance_type == "relative":
            return abs(number - answer) <= abs(answer) * (tolerance + _EPSILON)
        hair = _EPSILON * max(tolerance, abs(answer), _EPSILON)
        return abs(number - answer) <= tolerance + hair


def decimal_text(number: Decimal) -> str:
    """Return the number as short text that read_number reads the same: no needless zeros, never "-0"."""
    sign, digits, exponent = number.as_tuple()
    if not number or not isinstance(exponent, int):
        return "0"
    while digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    short = Decimal((sign, digits, exponent))
    return format(short, "f") if exponent >= -20 and short.adjusted() <= 20 else format(short, "e")


def written_decimal(value: object) -> str:
    """Return an author's number as text, a text as it was written ("0.10" stays so). Raises NotANumber."""
    text = str(value) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise NotANumber(N_("“{typed}” is not a number; write it like 1234.5"), typed=repr(value))
    text = text.strip()
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,5})?", text) or len(text) > LONGEST_NUMBER:
        return read_number(text)
    _bounded(Decimal(text), text)
    return text


def _bounded(number: Decimal, typed: str) -> Decimal:
    if number and abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise NotANumber(N_("“{typed}” is too large or too small a number"), typed=typed)
    return number


def _plain(typed: str) -> str:
    # Raised digits are an exponent; normalising would set them down into the number itself.
    text = _SUPERSCRIPTS.sub(lambda raised: "^" + raised[0], typed)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.translate(_SIGNS).casefold().split())


def _without_unit(text: str, unit: str) -> str:
    if unit and text.endswith(unit):
        return text.removesuffix(unit).rstrip()
    sign = text[:1] if text[:1] in ("+", "-") else ""
    rest = text[len(sign) :].lstrip()
    return sign + rest.removeprefix(unit).lstrip() if unit and rest.startswith(unit) else text


def _split(mantissa: str, typed: str) -> tuple[str, str]:
    """Return the digits before and after the decimal sign. Raises NotANumber."""
    if either := _AMBIGUOUS.fullmatch(mantissa):
        raise NotANumber(
            N_("“{typed}” can be read in two ways; write {whole} or {decimal}"),
            typed=typed, whole=either[1] + either[2], decimal=f"{either[1]}.{either[2]}",
        )  # fmt: skip
    decimal_sign = _decimal_sign(mantissa)
    whole, _, after = mantissa.partition(decimal_sign) if decimal_sign else (mantissa, "", "")
    # Thousands come in threes, all kept apart by the same sign; anything else is rather a slip.
    grouped = re.fullmatch(r"[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*", whole)
    if (
        not (grouped or re.fullmatch("[0-9]*", whole))
        or not re.fullmatch("[0-9]*", after)
        or not whole + after
    ):
        raise NotANumber(N_("“{typed}” is not a number; write it like 1234.5"), typed=typed)
    return re.sub("[^0-9]", "", whole) or "0", after or "0"


def _decimal_sign(mantissa: str) -> str:
    """Return "." or ",", whichever is the decimal sign; "" if there is none. Of two, the last one is."""
    last = max(mantissa.rfind("."), mantissa.rfind(","))
    if last < 0:
        return ""
    sign = mantissa[last]
    other = "," if sign == "." else "."
    return "" if mantissa.count(sign) > 1 and other not in mantissa else sign
