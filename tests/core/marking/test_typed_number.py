from __future__ import annotations

from decimal import Decimal

import pytest

from quiz.core.items import EnterNumber, NumberAnswer
from quiz.core.marking.typed_number import lies_within, read_typed

METRES = EnterNumber((NumberAnswer("3.14"),), units=(("m", 1.0), ("cm", 100.0)))
MONEY = EnterNumber((NumberAnswer("1332"),), units=(("$", 1.0), ("£", 1.0)), units_before=True)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3.142", "3.142"), (".2", "0.2"), ("1.", "1"), ("-1.", "-1"), ("+1.0", "1"), ("1e4", "10000"),
        ("3.142E-4", "0.0003142"), ("1.e-1", "0.1"), ("3x10^8", "3e8"), ("3×10^8", "3e8"), ("3.0*10^8", "3e8"),
        ("3.00x10**-8", "3e-8"), ("0.001×10**7", "10000"), ("1,000,000", "1000000"), ("1,e8", "1e8"),
        ("1.e8", "1e8"), ("1 000", "1000"), ("1,234.56", "1234.56"), ("1e-6 %", "1e-6"), ("1332 $", "1332"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_moodle_reads_them(typed, number):
    found = read_typed(typed, METRES)

    assert found is not None
    assert found.value == Decimal(number)


@pytest.mark.parametrize("typed", ["", ".", ". m", "Pi", "frog", ",", ".e8", "x" * 200])
def test_what_holds_no_digits_is_no_number(typed):
    assert read_typed(typed, METRES) is None


@pytest.mark.parametrize(
    ("typed", "unit", "scaled"),
    [
        ("3.14 m", "m", "3.14"),
        ("314cm", "cm", "3.14"),
        ("314000000x10^-8m", "m", "3.14"),
        ("3 frogs", "frogs", "3"),
    ],
)
def test_a_unit_scales_the_number_and_an_unknown_one_does_not(typed, unit, scaled):
    found = read_typed(typed, METRES)

    assert found is not None
    assert (found.unit, found.scaled) == (unit, Decimal(scaled))
    assert (found.factor is None) == (unit == "frogs")


@pytest.mark.parametrize(
    ("typed", "number"), [("£1,234.56", "1234.56"), ("$ 1332", "1332"), ("frog 100", "100")]
)
def test_units_may_stand_before_the_number(typed, number):
    found = read_typed(typed, MONEY)

    assert found is not None
    assert found.value == Decimal(number)


def test_a_unit_on_the_wrong_side_leaves_no_number():
    assert read_typed("1332 $", MONEY) is None


@pytest.mark.parametrize(
    ("typed", "number"), [("3,14159", "3.14159"), ("-1 000", "-1000"), ("1.234,5", "1234.5")]
)
def test_the_signs_of_another_country_are_read(typed, number):
    found = read_typed(typed, EnterNumber((), decimal=",", thousands="." if "." in typed else " "))

    assert found is not None
    assert found.value == Decimal(number)


@pytest.mark.parametrize(
    ("answer", "inside", "outside"),
    [
        (NumberAnswer("7", "1"), ("6", "7", "8"), ("5.99", "8.01")),
        (NumberAnswer("3.14", "0"), ("3.14",), ("3.1400001",)),
        (NumberAnswer("0", "0"), ("0", "1e-28", "-1e-28"), ("1e-20",)),
        (NumberAnswer("1e-20", "0"), ("1e-20",), ("0.9999999e-20", "1.0000001e-20", "0")),
        (NumberAnswer("0", "1e-24"), ("-1e-24", "0", "1e-35"), ("-2e-24", "2e-24")),
        (NumberAnswer("7", "0.1", tolerance_type="relative"), ("6.3", "7.7"), ("6.29", "7.71")),
        (NumberAnswer("7", "1", tolerance_type="geometric"), ("3.5", "14"), ("3.49", "14.01")),
        (NumberAnswer("-7", "1", tolerance_type="geometric"), ("-3.5", "-14"), ("-3.49", "-14.01")),
        (NumberAnswer("7", "-1"), ("6", "8"), ("5.99",)),
        (NumberAnswer("*"), ("0", "1e300"), ()),
    ],
)  # fmt: skip
def test_a_tolerance_has_three_kinds(answer, inside, outside):
    assert all(lies_within(Decimal(number), answer) for number in inside)
    assert not any(lies_within(Decimal(number), answer) for number in outside)
