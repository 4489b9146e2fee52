"""Dates are read part by part, and told in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.typed_dates import MONTHS, UnreadableDate, date_in_words, read_typed_date, typed_parts


@pytest.mark.parametrize(
    "month", ["4", "04", "٤", "April", "april", "APR", "apr.", "أبريل", "ابريل", "نيسان", "إبريل"]
)
def test_a_month_is_a_number_or_a_name(month):
    assert read_typed_date("day", day="1", month=month, year="2024") == "2024-04-01"


def test_every_english_month_is_known_by_three_letters():
    read = [read_typed_date("month", month=month[:3], year="2024") for month in MONTHS]

    assert read == [f"2024-{number:02d}" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("name", "number"),
    [("كانون الثاني", 1), ("شباط", 2), ("آذار", 3), ("أيار", 5), ("حزيران", 6), ("تموز", 7), ("آب", 8),
     ("أيلول", 9), ("تشرين الأول", 10), ("تشرين الثاني", 11), ("كانون الأول", 12), ("يونيو", 6), ("يوليو", 7),
     ("ديسمبر", 12), ("جويلية", 7), ("ماي", 5)],
)  # fmt: skip
def test_arabic_months_are_known_in_east_and_west(name, number):
    assert read_typed_date("month", month=name, year="2024") == f"2024-{number:02d}"


def test_parts_that_are_not_asked_for_are_not_read():
    assert read_typed_date("year", day="x", month="y", year="1946") == "1946"


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_a_date_left_blank_is_none(precision):
    assert read_typed_date(precision, day=" ", month="", year="") is None


@pytest.mark.parametrize(
    ("day", "month", "year", "complaint"),
    [
        ("", "4", "2024", "The day is missing; fill it in, or leave the whole date blank"),
        ("1", "", "2024", "The month is missing; fill it in, or leave the whole date blank"),
        ("1", "4", "", "The year is missing; fill it in, or leave the whole date blank"),
        ("31", "4", "2024", "31 4 2024 is not in the calendar; check the day and the month"),
        ("29", "2", "2023", "29 2 2023 is not in the calendar; check the day and the month"),
        ("32", "4", "2024", "“32” is not a day of a month; write a number from 1 to 31"),
        ("0", "4", "2024", "“0” is not a day of a month; write a number from 1 to 31"),
        ("1.5", "4", "2024", "“1.5” is not a day of a month; write a number from 1 to 31"),
        ("1", "13", "2024", "“13” is not a month; write its number, 1 to 12, or its name"),
        ("1", "ma", "2024", "“ma” is not a month; write its number, 1 to 12, or its name"),
        ("1", "4", "24", "“24” is not a year; write all its digits, like 2024"),
        ("1", "4", "-2024", "“-2024” is not a year; write all its digits, like 2024"),
    ],
)
def test_a_date_that_can_not_be_read_is_told_with_the_way_out(day, month, year, complaint):
    with pytest.raises(UnreadableDate) as caught:
        read_typed_date("day", day=day, month=month, year=year)

    assert str(caught.value) == complaint


def test_a_leap_day_is_a_day():
    assert read_typed_date("day", day="29", month="2", year="2024") == "2024-02-29"


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2024-04-01", "1 April 2024"), ("2024-04", "April 2024"), ("2024", "2024"), ("0622-07", "July 622")],
)
def test_a_date_is_told_as_people_write_it(iso, words):
    assert date_in_words(iso) == words


@given(st.dates(min_value=date(100, 1, 1)))
def test_a_date_survives_its_fields_and_its_words(day):
    day_typed, month_typed, year_typed = date_in_words(day.isoformat()).split()

    assert read_typed_date("day", **typed_parts(day.isoformat())) == day.isoformat()
    assert read_typed_date("day", day=day_typed, month=month_typed, year=year_typed) == day.isoformat()
