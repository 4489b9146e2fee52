"""Dates as learners type them, in a field each for day, month and year, and as pages tell them."""

from __future__ import annotations

from quiz.core.messages import N_, Explained
from quiz.core.numbers import NotANumber, read_number
from quiz.core.partial_dates import NotADate, Precision, precision_of
from quiz.core.text_folding import fold

PARTS: dict[Precision, tuple[str, ...]] = {
    "day": ("day", "month", "year"),
    "month": ("month", "year"),
    "year": ("year",),
}
"""The parts that a date of each precision has, in the order in which they are asked for."""

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip

_MISSING = {
    "day": N_("The day is missing; fill it in, or leave the whole date blank"),
    "month": N_("The month is missing; fill it in, or leave the whole date blank"),
    "year": N_("The year is missing; fill it in, or leave the whole date blank"),
}

# Egypt and the Gulf; Syria, Lebanon, Iraq and Jordan; Algeria and Tunisia where they differ from the first.
_ARABIC_MONTHS = (
    ("يناير", "كانون الثاني", "جانفي"), ("فبراير", "شباط", "فيفري"), ("مارس", "آذار"),
    ("أبريل", "نيسان", "أفريل", "إبريل"), ("مايو", "أيار", "ماي"), ("يونيو", "حزيران", "جوان", "يونيه"),
    ("يوليو", "تموز", "جويلية", "يوليه"), ("أغسطس", "آب", "أوت"), ("سبتمبر", "أيلول"),
    ("أكتوبر", "تشرين الأول"), ("نوفمبر", "تشرين الثاني"), ("ديسمبر", "كانون الأول"),
)  # fmt: skip


class UnreadableDate(Explained):
    """What was typed makes no date. The message says what to change."""


def read_typed_date(precision: Precision, *, day: str = "", month: str = "", year: str = "") -> str | None:
    """Return the date as ISO 8601 text, as precise as asked for; None if all is blank. Raises UnreadableDate.

    Parts that the precision doesn't need are not looked at. The month may be a number or a name.
    """
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    wanted = PARTS[precision]
    if not any(typed[part] for part in wanted):
        return None
    for part in wanted:
        if not typed[part]:
            raise UnreadableDate(_MISSING[part])
    readers = {"year": _read_year, "month": _read_month, "day": _read_day}
    date = "-".join(
        f"{readers[part](typed[part]):0{4 if part == 'year' else 2}d}" for part in reversed(wanted)
    )
    try:
        precision_of(date)
    except NotADate:
        raise UnreadableDate(
            N_("{date} is not in the calendar; check the day and the month"),
            date=" ".join(typed[part] for part in wanted),
        ) from None
    return date


def typed_parts(date: str) -> dict[str, str]:
    """Return what was typed into each part for this date: "2024-04" is month 4 and year 2024."""
    return {
        part: str(int(digits))
        for part, digits in zip(("year", "month", "day"), date.split("-"), strict=False)
    }


def date_in_words(date: str) -> str:
    """Return the date as people write it: "1 April 2024", "April 2024", "2024"."""
    parts = typed_parts(date)
    if "month" in parts:
        parts["month"] = MONTHS[int(parts["month"]) - 1]
    return " ".join(parts[part] for part in ("day", "month", "year") if part in parts)


def _read_year(typed: str) -> int:
    number = _whole_number(typed)
    if number is None or not 100 <= number <= 9999:
        raise UnreadableDate(N_("“{typed}” is not a year; write all its digits, like 2024"), typed=typed)
    return number


def _read_month(typed: str) -> int:
    number = _whole_number(typed) or _month_named(fold(typed).rstrip("."))
    if number is None or not 1 <= number <= 12:
        raise UnreadableDate(
            N_("“{typed}” is not a month; write its number, 1 to 12, or its name"), typed=typed
        )
    return number


def _read_day(typed: str) -> int:
    number = _whole_number(typed)
    if number is None or not 1 <= number <= 31:
        raise UnreadableDate(
            N_("“{typed}” is not a day of a month; write a number from 1 to 31"), typed=typed
        )
    return number


def _whole_number(typed: str) -> int | None:
    try:
        text = read_number(typed)
    except NotANumber:
        return None
    return int(text) if text.isdecimal() else None


def _month_named(folded: str) -> int | None:
    for number, (english, arabic) in enumerate(zip(MONTHS, _ARABIC_MONTHS, strict=True), start=1):
        if len(folded) >= 3 and fold(english).startswith(folded):
            return number
        if folded in {fold(name) for name in arabic}:
            return number
    return None
