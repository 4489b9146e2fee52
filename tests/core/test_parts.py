from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.parts import Part, UnusableSection, current_part, reach_of, time_for, usable_section
from quiz.core.timing import Accommodation, TimeRules, closing_time, deadline

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)

RUNS = Part(1, "map", "The map", 1, 3, TEN_MINUTES, started_at=NOON, deadline_at=NOON + TEN_MINUTES)
COMES = Part(2, "text", "The text", 4, 5, TEN_MINUTES)


def after(minutes=0.0, seconds=0.0):
    return NOON + timedelta(minutes=minutes, seconds=seconds)


def test_a_part_is_over_when_its_time_is_up_and_the_next_one_is_the_current_one():
    assert current_part([RUNS, COMES], after(9, 59)) == RUNS
    assert current_part([RUNS, COMES], after(10)) == COMES


def test_a_part_that_was_finished_is_over_before_its_time():
    done = replace(RUNS, ended_at=after(3))

    assert current_part([done, COMES], after(4)) == COMES
    assert current_part([done, replace(COMES, ended_at=after(5))], after(6)) is None


def test_a_break_moves_the_end_of_the_part_that_runs():
    assert current_part([RUNS, COMES], after(30), in_break=timedelta(minutes=25)) == RUNS


@pytest.mark.parametrize(
    ("part", "moment", "reach"),
    [
        (RUNS, after(9), "open"),
        (RUNS, after(10, 9), "open"),  # it was sent in time
        (RUNS, after(10, 11), "time_up"),
        (replace(RUNS, ended_at=after(10)), after(10, 9), "open"),  # the next part was opened meanwhile
        (replace(RUNS, ended_at=after(10)), after(11), "time_up"),
        (replace(RUNS, ended_at=after(3)), after(4), "finished"),
        (replace(RUNS, limit=None, deadline_at=None, ended_at=after(3)), after(4), "finished"),
        (replace(RUNS, started_at=None, deadline_at=None), after(4), "later"),
    ],
)
def test_a_place_can_be_answered_while_its_part_runs(part, moment, reach):
    assert reach_of([part, COMES], 2, moment) == reach


def test_an_accommodation_gives_extra_time_or_takes_the_limit_away():
    assert time_for(TEN_MINUTES, Accommodation(factor=1.5)) == (TEN_MINUTES, timedelta(minutes=5))
    assert time_for(TEN_MINUTES, Accommodation(is_untimed=True)) == (None, timedelta(0))
    assert time_for(None, Accommodation(factor=2)) == (None, timedelta(0))


def test_extra_time_in_sections_moves_the_closing_time_like_that_of_the_whole():
    rules = TimeRules(closes=NOON, in_parts=timedelta(minutes=40))

    assert closing_time(rules, Accommodation(factor=1.5)) == after(20)
    assert deadline(rules, Accommodation(factor=1.5), started=after(-60)) == after(20)
    assert closing_time(replace(rules, limit=timedelta(minutes=60)), Accommodation(factor=1.5)) == after(30)


def test_a_section_has_a_title_and_a_limit_of_a_minute_at_least_if_any():
    assert usable_section("  The\nmap ", None) == ("The map", None)
    for title, limit in (("", None), ("x" * 121, None), ("Map", 0), ("Map", -60), ("Map", 25 * 3600)):
        with pytest.raises(UnusableSection):
            usable_section(title, limit)
