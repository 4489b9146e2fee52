from __future__ import annotations

import pytest

from quiz.core.partial_dates import NotADate, earliest, precision_of


@pytest.mark.parametrize(
    ("text", "precision"), [("2024", "year"), ("2024-02", "month"), ("2024-02-29", "day")]
)
def test_a_date_is_as_precise_as_it_is_written(text: str, precision: str) -> None:
    assert precision_of(text) == precision


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-2", "2024-13", "2023-02-29", "2024-02-30", "1 May 2024", "2024-04-01T12:00", "٢٠٢٤"],
)
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        precision_of(text)


def test_the_message_tells_the_way_out() -> None:
    with pytest.raises(NotADate, match="“May” is not a date; write 2024, 2024-04 or 2024-04-01"):
        precision_of("May")


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["2024-05", "2024-04-30"], "2024-04-30"),
        (["2024", "2024-01-01"], "2024-01-01"),
        (["2024-02", "2024"], "2024"),
        (["2025", "2024-12-31"], "2024-12-31"),
    ],
)
def test_the_earliest_begins_first_and_of_equals_the_more_precise_is_taken(
    texts: list[str], first: str
) -> None:
    assert earliest(texts) == earliest(texts[::-1]) == first
