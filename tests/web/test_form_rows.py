from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from quiz.web.form_rows import plain_lines, rows_in, with_action

TYPED = MultiDict(
    [
        ("stem", "S"),
        ("gaps-0-id", "a"),
        ("gaps-0-options-0-text", "one"),
        ("gaps-0-options-1-text", "two"),
        ("gaps-3-id", "b"),
        ("gaps-3-options-0-text", "three"),
        ("gapsy-0-id", "stranger"),
    ]
)


def test_rows_are_found_by_their_numbers_whatever_gaps_there_are():
    assert rows_in(TYPED, "gaps") == [0, 3]
    assert rows_in(TYPED, "gaps-0-options") == [0, 1]
    assert rows_in(TYPED, "nothing") == []


def test_an_added_row_comes_last():
    assert rows_in(with_action(TYPED, "add_row:gaps"), "gaps") == [0, 3, 4]
    assert rows_in(with_action(TYPED, "add_row:distractors"), "distractors") == [0]


def test_rows_within_a_row_move_along():
    moved = with_action(TYPED, "raise_row:gaps-3")

    assert (moved["gaps-0-id"], moved["gaps-3-id"]) == ("b", "a")
    assert moved["gaps-0-options-0-text"] == "three"
    assert moved["gaps-3-options-1-text"] == "two"


def test_rows_within_a_row_can_be_taken_out():
    left = with_action(TYPED, "remove_row:gaps-0-options-0")

    assert left["gaps-0-options-0-text"] == "two"
    assert rows_in(left, "gaps-0-options") == [0]
    assert left["gaps-3-options-0-text"] == "three"


def test_lowering_undoes_raising():
    assert with_action(with_action(TYPED, "raise_row:gaps-3"), "lower_row:gaps-0").to_dict(
        flat=False
    ) == TYPED.to_dict(flat=False)


@pytest.mark.parametrize(
    "action",
    [
        "save",
        "raise_row:gaps-0",
        "lower_row:gaps-3",
        "raise_row:gaps-9",
        "raise_row:",
        "remove_row:gaps-x",
        "add_row:",
    ],
)
def test_what_can_not_be_done_changes_nothing(action: str):
    assert with_action(TYPED, action) == TYPED


def test_line_ends_are_as_everywhere_else():
    assert plain_lines(MultiDict({"stem": "one\r\ntwo"}))["stem"] == "one\ntwo"
