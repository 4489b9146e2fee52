"""Numbers are read as people write them, and compared without binary surprises."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.numbers import NotANumber, decimal_text, is_within, read_number, written_decimal

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=4)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1946", "1946"),
        ("  1946 ", "1946"),
        ("3.14", "3.14"),
        ("3,14", "3.14"),
        ("0,234", "0.234"),
        ("1234,567", "1234.567"),
        ("1.234", "1.234"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1 234,567", "1234.567"),
        ("1\u202f234\u00a0567", "1234567"),
        ("1'234'567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("٣٫١٤", "3.14"),
        ("٣،١٤", "3.14"),
        ("١٬٢٣٤", "1234"),
        ("۱۹۴۶", "1946"),
        ("3x10^8", "300000000"),
        ("3 × 10^8", "300000000"),
        ("3·10⁸", "300000000"),
        ("2 × 10⁻³", "0.002"),
        ("10^3", "1000"),
        ("1e-6", "0.000001"),
        ("1E6", "1000000"),
        ("1,e8", "100000000"),
        ("1.e8", "100000000"),
        ("314000000x10^-8", "3.14"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        ("-0", "0"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("5.", "5"),
        ("3.140", "3.14"),
        ("007", "7"),
        ("1e30", "1e+30"),
        ("\u200e1946\u200f", "1946"),
    ],
)
def test_a_number_is_read_however_it_is_written(typed, read):
    assert read_number(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["", " ", ".", ",", "-", "Pi", "hot", "1/2", "½", "1,23,4", "1,234,56", "1.2.3", "1 23", "12 34",
     "1,234.567,8", "1.234 567", "--5", "5-", "3x108", "3x10", "e5", "1e", "0x1F", "1_000", "NaN", "Infinity",
     "1946 1947"],
)  # fmt: skip
def test_what_is_no_number_is_not_guessed_at(typed):
    with pytest.raises(NotANumber):
        read_number(typed)


def test_a_comma_that_may_be_either_is_asked_about():
    with pytest.raises(NotANumber) as caught:
        read_number("1,234")

    assert str(caught.value) == "“1,234” can be read in two ways; write 1234 or 1.234"


@pytest.mark.parametrize("typed", ["1e301", "1e-301", "1e99999", "9" * 101, "1" + "0" * 99 + "e250"])
def test_a_number_beyond_all_measure_is_refused_quickly(typed):
    with pytest.raises(NotANumber):
        read_number(typed)


@pytest.mark.parametrize(
    ("typed", "unit", "read"),
    [
        ("£1,234.56", "£", "1234.56"),
        ("1234.56 £", "£", "1234.56"),
        ("-£5", "£", "-5"),
        ("100°C", "°C", "100"),
        ("100 ° c", "° C", "100"),
        ("1e-6 %", "%", "0.000001"),
        ("1946 Year", "year", "1946"),
        ("١٠٠ كم", "كم", "100"),
        ("5", "km", "5"),
    ],
)
def test_the_unit_may_stand_before_or_after(typed, unit, read):
    assert read_number(typed, unit=unit) == read


@pytest.mark.parametrize(("typed", "unit"), [("5 miles", "km"), ("km", "km"), ("1332 $", "")])
def test_another_unit_is_no_number(typed, unit):
    with pytest.raises(NotANumber):
        read_number(typed, unit=unit)


@given(NUMBERS)
def test_what_was_read_reads_the_same_again(number):
    read = read_number(str(number))

    assert Decimal(read) == number
    assert read_number(read) == read


@given(NUMBERS)
def test_thousands_kept_apart_make_no_difference(number):
    assert read_number(f"{number:,.4f}") == decimal_text(number)


@given(st.text(max_size=40))
def test_anything_typed_is_read_or_refused_with_a_sentence(typed):
    try:
        read = read_number(typed)
    except NotANumber as error:
        assert str(error)
    else:
        assert Decimal(read).is_finite()


@pytest.mark.parametrize(
    ("number", "answer", "tolerance", "kind", "expected"),
    [
        ("3.14", "3.14", "0", "nominal", True),
        ("3.15", "3.14", "0", "nominal", False),
        ("0.4", "0.3", "0.1", "nominal", True),
        ("0.2", "0.3", "0.1", "nominal", True),
        ("0.41", "0.3", "0.1", "nominal", False),
        ("1e-28", "0", "0", "nominal", True),
        ("1e-27", "0", "0", "nominal", False),
        ("0", "1e-20", "0", "nominal", False),
        ("6.3", "7", "0.1", "relative", True),
        ("7.7", "7", "0.1", "relative", True),
        ("7.71", "7", "0.1", "relative", False),
        ("-7.7", "-7", "0.1", "relative", True),
        ("3.5", "7", "1", "geometric", True),
        ("14", "7", "1", "geometric", True),
        ("3.49", "7", "1", "geometric", False),
        ("-14", "-7", "1", "geometric", True),
        ("-3.5", "-7", "1", "geometric", True),
        ("-14.1", "-7", "1", "geometric", False),
        ("7", "-7", "1", "geometric", False),
    ],
)
def test_the_tolerance_is_met_to_the_last_digit(number, answer, tolerance, kind, expected):
    assert is_within(Decimal(number), Decimal(answer), Decimal(tolerance), kind) is expected


@given(NUMBERS, st.sampled_from(["nominal", "relative", "geometric"]))
def test_the_answer_itself_is_always_accepted(number, kind):
    assert is_within(number, number, Decimal(0), kind)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1946, "1946"),
        (0.1, "0.1"),
        (1e-6, "1e-06"),
        (Decimal("0.10"), "0.10"),
        ("0.10", "0.10"),
        ("3,14", "3.14"),
    ],
)
def test_an_authors_number_stays_as_it_was_written(value, text):
    assert written_decimal(value) == text


@pytest.mark.parametrize("value", [True, None, [], float("inf"), float("nan"), "many", "1e999"])
def test_what_an_author_wrote_instead_of_a_number_is_refused(value):
    with pytest.raises(NotANumber):
        written_decimal(value)
