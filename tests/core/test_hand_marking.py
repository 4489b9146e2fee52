from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.hand_marking import (
    CLAIM_LASTS,
    GivenMark,
    TypedMark,
    UnusableMark,
    do_agree,
    is_claimed,
    outcome_of,
    read_mark,
    read_reason,
    typed_from,
)
from tests.core.test_rubrics import RUBRIC

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def mark(number, points, by="bilal", *, kind="mark", maximum=10.0):
    return GivenMark(points, {}, number=number, kind=kind, marker_id=by, maximum=maximum)


def test_without_a_mark_it_waits():
    assert outcome_of([], markers=2).state == "waiting"


def test_the_last_mark_of_one_marker_counts():
    outcome = outcome_of([mark(2, 4.0), mark(1, 8.0)], markers=1)

    assert (outcome.state, outcome.fraction, outcome.how) == ("marked", 0.4, "mark")


def test_one_of_two_marks_is_not_enough_however_often_it_is_changed():
    outcome = outcome_of([mark(1, 4.0), mark(2, 5.0)], markers=2)

    assert (outcome.state, outcome.fraction) == ("second", None)


@pytest.mark.parametrize(
    ("one", "other", "agree"), [(4.0, 5.0, True), (0.3, 1.3, True), (4.0, 5.01, False), (7.0, 7.0, True)]
)
def test_two_agree_within_a_tenth_of_the_maximum(one, other, agree):
    assert do_agree(mark(1, one), mark(2, other, "celeste")) is agree


def test_where_two_agree_the_mean_counts():
    outcome = outcome_of([mark(1, 4.0), mark(2, 5.0, "celeste")], markers=2)

    assert (outcome.state, outcome.fraction, outcome.how) == ("marked", 0.45, "mean")


def test_where_two_differ_nothing_counts_until_it_is_settled():
    two = [mark(1, 4.0), mark(2, 8.0, "celeste")]

    settled = outcome_of([*two, mark(3, 7.0, "dina", kind="settlement")], markers=2)

    assert (outcome_of(two, markers=2).state, outcome_of(two, markers=2).fraction) == ("unsettled", None)
    assert (settled.fraction, settled.how) == (0.7, "settlement")


def test_marks_keep_the_maximum_of_their_time():
    two = [mark(1, 4.0), mark(2, 8.0, "celeste", maximum=20.0)]

    assert outcome_of(two, markers=2).fraction == 0.4


def test_a_claim_is_somebody_elses_and_passes():
    assert is_claimed("bilal", NOON, marker_id="celeste", now=NOON + timedelta(minutes=14))
    assert not is_claimed("bilal", NOON, marker_id="bilal", now=NOON)
    assert not is_claimed("bilal", NOON, marker_id="celeste", now=NOON + CLAIM_LASTS)
    assert not is_claimed(None, None, marker_id="celeste", now=NOON)


def test_a_rubric_is_scaled_to_the_points_of_the_question():
    read = read_mark(TypedMark(given={"facts": "2", "language": "0.5"}), RUBRIC, maximum=10.0)

    assert (read.points, read.given) == (5.0, {"facts": 2.0, "language": 0.5})


def test_points_that_were_typed_come_before_the_rubric():
    read = read_mark(TypedMark("٧٫٥", {"facts": "2"}), RUBRIC, maximum=10.0)

    assert (read.points, read.given) == (7.5, {"facts": 2.0})


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedMark("11"), "points"),
        (TypedMark("-0.5"), "points"),
        (TypedMark("ten"), "points"),
        (TypedMark("1,234"), "points"),
        (TypedMark(given={"facts": "2"}), "given-language"),
        (TypedMark(given={"facts": "3", "language": "1"}), "given-facts"),
        (TypedMark(given={"facts": "0.5", "language": "1"}), "given-facts"),
        (TypedMark("1", comment="x" * 5001), "comment"),
        (TypedMark("1", note="x" * 5001), "note"),
    ],
)
def test_what_makes_no_mark_is_refused_at_its_field(typed, field):
    with pytest.raises(UnusableMark) as caught:
        read_mark(typed, RUBRIC, maximum=10.0)

    assert caught.value.field == field


def test_without_a_rubric_points_are_asked_for():
    with pytest.raises(UnusableMark, match="0 to"):
        read_mark(TypedMark(), (), maximum=10.0)


def test_a_mark_fills_its_form_so_that_it_is_read_the_same():
    for typed in (
        TypedMark("7", {"facts": "2"}, "c", "n"),
        TypedMark("", {"facts": "2", "language": "1"}, "c", "n"),
    ):
        read = read_mark(typed, RUBRIC, maximum=10.0)
        given = GivenMark(read.points, read.given, read.comment, read.note, maximum=10.0)

        assert typed_from(given, RUBRIC, 10.0) == typed
    assert typed_from(None, RUBRIC, 10.0) == TypedMark(given={})


def test_a_reason_is_needed_to_settle():
    with pytest.raises(UnusableMark):
        read_reason("  ")

    assert read_reason(" Read\nagain. ") == "Read again."
