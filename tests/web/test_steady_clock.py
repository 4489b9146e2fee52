"""The clock by which deadlines are kept: it follows the wall clock, but not when that jumps."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from quiz.web.steady_clock import SteadyClock, seconds_awake_or_not
from tests.conftest import NOW
from tests.machine import Machine

HOUR = timedelta(hours=1)


@pytest.fixture
def machine():
    return Machine()


def test_it_tells_the_wall_clocks_time(machine):
    clock = machine.steady_clock()
    machine.pass_time(seconds=90)

    assert clock() == NOW + timedelta(seconds=90)


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -timedelta(days=1), timedelta(days=400)])
def test_a_jump_moves_nothing(machine, jump):
    clock = machine.steady_clock()
    machine.pass_time(seconds=60)
    machine.set_clock(jump)
    machine.pass_time(seconds=60)

    assert clock() == NOW + timedelta(seconds=120)


def test_a_jump_forth_and_back_moves_nothing(machine):
    clock = machine.steady_clock()
    told = []
    for jump in (-HOUR, 2 * HOUR, -HOUR):
        machine.set_clock(jump)
        machine.pass_time(seconds=60)
        told.append(clock() - NOW)

    assert told == [timedelta(seconds=60), timedelta(seconds=120), timedelta(seconds=180)]


def test_the_operator_is_told_once_of_each_change(machine, caplog):
    clock = machine.steady_clock()
    machine.set_clock(HOUR)
    for _ in range(3):
        machine.pass_time(seconds=1)
        clock()
    machine.set_clock(-HOUR)
    for _ in range(3):
        machine.pass_time(seconds=1)
        clock()

    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "moved by +3600 s" in caplog.text
    assert "right again" in caplog.text


def test_a_clock_that_is_set_right_bit_by_bit_is_followed(machine, caplog):
    clock = machine.steady_clock()
    for _ in range(100):
        machine.pass_time(seconds=60)
        machine.set_clock(timedelta(seconds=0.5))
        clock()

    assert clock() == machine.wall
    assert caplog.text == ""


def test_a_new_time_that_stands_for_a_day_is_followed(machine):
    clock = machine.steady_clock()
    machine.set_clock(HOUR)
    clock()
    machine.pass_time(seconds=23 * 3600)
    still = clock()
    machine.pass_time(seconds=3601)

    assert still == machine.wall - HOUR - timedelta(seconds=3601)
    assert clock() == machine.wall


def test_it_is_as_the_machines_own_clock_says():
    clock = SteadyClock()

    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=1)
    assert seconds_awake_or_not() >= time.monotonic() - 1
