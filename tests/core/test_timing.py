from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.timing import (
    NONE,
    TRANSIT,
    Accommodation,
    TimeRules,
    UnusableAccommodation,
    after_break,
    closing_time,
    deadline,
    has_closed,
    is_late,
    is_over,
    later_of,
    time_allowed,
    usable_accommodation,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


HALF_AN_HOUR = TimeRules(limit=minutes(30))
HALF_AS_MUCH_AGAIN = Accommodation(factor=1.5)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
spans = st.timedeltas(minutes(1), timedelta(days=7))
rules = st.builds(TimeRules, limit=st.none() | spans, closes=st.none() | moments)
accommodations = st.builds(
    Accommodation, factor=st.floats(1, 3), is_untimed=st.booleans(), extra_days=st.integers(0, 365)
)


def test_without_a_limit_or_a_closing_time_there_is_no_deadline():
    assert deadline(TimeRules(), NONE, started=NOON) is None


def test_the_deadline_is_the_start_plus_the_limit_times_the_factor():
    assert deadline(HALF_AN_HOUR, NONE, started=NOON) == NOON + minutes(30)
    assert deadline(HALF_AN_HOUR, HALF_AS_MUCH_AGAIN, started=NOON) == NOON + minutes(45)


def test_the_closing_time_cuts_a_late_start():
    closing = TimeRules(limit=minutes(30), closes=NOON + minutes(10))

    assert deadline(closing, NONE, started=NOON) == NOON + minutes(10)


def test_extra_time_moves_the_closing_time_too_and_extra_days_do():
    closing = TimeRules(limit=minutes(30), closes=NOON)

    assert closing_time(closing, HALF_AS_MUCH_AGAIN) == NOON + minutes(15)
    assert closing_time(closing, Accommodation(extra_days=2)) == NOON + timedelta(days=2)


def test_who_is_untimed_has_only_the_closing_time():
    closing = TimeRules(limit=minutes(30), closes=NOON + minutes(300))

    assert deadline(closing, Accommodation(is_untimed=True), started=NOON) == NOON + minutes(300)


def test_what_is_told_is_base_and_extra():
    told = time_allowed(HALF_AN_HOUR, HALF_AS_MUCH_AGAIN, now=NOON)

    assert (told.base, told.extra, told.total) == (minutes(30), minutes(15), minutes(45))
    assert not told.is_cut


def test_a_start_shortly_before_closing_is_told_to_be_cut():
    told = time_allowed(TimeRules(limit=minutes(45), closes=NOON + minutes(38)), NONE, now=NOON)

    assert told.is_cut
    assert told.until_closing == minutes(38)


def test_what_was_sent_in_time_may_travel_ten_seconds():
    assert not is_late(NOON + TRANSIT, NOON)
    assert is_late(NOON + TRANSIT + timedelta(milliseconds=1), NOON)
    assert not is_late(NOON, None)


@pytest.mark.parametrize(("overrun", "over"), [("submit", True), ("abandon", True), ("grace", False)])
def test_only_grace_leaves_time_to_submit_by_hand(overrun, over):
    assert is_over(NOON + minutes(2), NOON, overrun=overrun, grace=minutes(5)) is over
    assert is_over(NOON + minutes(6), NOON, overrun=overrun, grace=minutes(5))


def test_a_break_moves_the_deadline_but_not_beyond_closing():
    assert after_break(NOON, minutes(10), None) == NOON + minutes(10)
    assert after_break(NOON, minutes(10), NOON + minutes(4)) == NOON + minutes(4)
    assert after_break(NOON, minutes(-5), None) == NOON
    assert after_break(None, minutes(10), None) is None


def test_it_has_closed_from_the_closing_time_on():
    closing = TimeRules(closes=NOON)

    assert has_closed(closing, NONE, NOON)
    assert not has_closed(closing, Accommodation(extra_days=1), NOON)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Accommodation(factor=0.9), "factor"),
        (Accommodation(factor=3.1), "factor"),
        (Accommodation(factor=float("nan")), "factor"),
        (Accommodation(extra_days=-1), "extra_days"),
        (Accommodation(extra_attempts=101), "extra_attempts"),
    ],
)
def test_an_accommodation_adds_within_limits(wanted, field):
    with pytest.raises(UnusableAccommodation) as refused:
        usable_accommodation(wanted)

    assert refused.value.field == field


@given(rules, accommodations, moments)
def test_an_accommodation_never_gives_less_time(given_rules, accommodation, started):
    usual = deadline(given_rules, NONE, started=started)
    theirs = deadline(given_rules, accommodation, started=started)

    assert later_of(usual, theirs) == theirs


@given(rules, accommodations, moments, spans)
def test_no_deadline_lies_behind_the_closing_time(given_rules, accommodation, started, paused):
    closes = closing_time(given_rules, accommodation)
    end = deadline(given_rules, accommodation, started=started, paused=paused)

    assert closes is None or (end is not None and end <= closes)


@given(moments, moments, st.none() | moments)
def test_a_deadline_never_moves_to_an_earlier_time(told, computed, closes):
    assert later_of(told, computed) >= told
    assert after_break(told, computed - told, closes) >= told
