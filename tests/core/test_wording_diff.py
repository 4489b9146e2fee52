"""Differences between wordings: applied they give the other one, and they say no more than happened."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.wording_diff import Piece, after_of, before_of, differences, rows_diff, words_diff

TEXTS = st.lists(
    st.sampled_from(["the", "bridge", " ", "\n", ".", "1901", "سؤال", "  ", "-"]), max_size=25
).map("".join)
ROWS = st.lists(
    st.builds(lambda i, text: {"id": f"o{i}", "text": text}, st.integers(0, 7), st.sampled_from("abc")),
    max_size=8,
    unique_by=lambda row: row["id"],
)
LINES = st.lists(st.sampled_from(["a", "b", "c"]), max_size=7)


@given(TEXTS, TEXTS)
def test_the_pieces_put_together_are_both_texts(before: str, after: str) -> None:
    pieces = words_diff(before, after)

    assert (before_of(pieces), after_of(pieces)) == (before, after)
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert words_diff(text, text) == ((Piece("same", text),) if text else ())


@given(st.one_of(st.tuples(ROWS, ROWS), st.tuples(LINES, LINES)))
def test_the_rows_of_a_difference_are_those_of_both_lists(lists) -> None:
    before, after = lists

    rows = rows_diff(before, after)

    assert sorted(row.place_before for row in rows if row.place_before) == list(range(1, len(before) + 1))
    assert [row.place_after for row in rows if row.place_after] == list(range(1, len(after) + 1))
    for row in rows:
        assert (row.kind == "removed") == (row.place_after is None)
        assert (row.kind == "added") == (row.place_before is None)
        if row.kind == "same":
            assert before[row.place_before - 1] == after[row.place_after - 1]


@given(ROWS, ROWS)
def test_rows_that_did_not_move_are_still_in_their_order(before, after) -> None:
    places = [
        r.place_before
        for r in rows_diff(before, after)
        if r.place_before and r.place_after and not r.is_moved
    ]

    assert places == sorted(places)


@given(ROWS)
def test_one_row_that_is_moved_is_told_to_have_moved_and_no_other(rows) -> None:
    if len(rows) < 3:
        return
    moved = [*rows[1:], rows[0]]

    assert [row.text for row in rows_diff(rows, moved) if row.is_moved] == [rows[0]["text"]]


def test_a_changed_phrase_is_one_piece_and_not_a_crumb_for_each_word() -> None:
    pieces = words_diff("It was opened in May.", "It was shut last year.")

    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "It was "),
        ("removed", "opened in May"),
        ("added", "shut last year"),
        ("same", "."),
    ]


def test_an_option_is_known_by_its_id_however_its_text_and_place_change() -> None:
    before = {"options": [{"id": "a", "text": "Ouse", "right": True}, {"id": "b", "text": "Tees"}]}
    after = {"options": [{"id": "b", "text": "Tees", "right": True}, {"id": "a", "text": "River Ouse"}]}

    (diff,) = differences(before, after)

    assert [(row.text, row.kind) for row in diff.rows] == [("Tees", "changed"), ("River Ouse", "changed")]
    assert sum(row.is_moved for row in diff.rows) == 1
    assert [(f.field, f.before, f.after) for f in diff.rows[0].fields] == [("right", None, True)]


def test_removed_rows_stand_where_they_stood() -> None:
    before = [{"id": i, "text": i} for i in "abcd"]

    assert [(r.text, r.kind) for r in rows_diff(before, [before[0], before[3]])] == [
        ("a", "same"),
        ("b", "removed"),
        ("c", "removed"),
        ("d", "same"),
    ]


def test_fields_that_say_the_same_are_left_out_and_new_and_gone_ones_are_told() -> None:
    diffs = differences({"stem": "a", "shuffle": False}, {"stem": "a", "unit": "m"})

    assert [(d.field, d.before, d.after) for d in diffs] == [("unit", None, "m"), ("shuffle", False, None)]


def test_gaps_within_rows_are_compared_too() -> None:
    gap = {"id": "g", "kind": "choose", "options": [{"id": "a", "text": "Ouse"}]}
    other = gap | {"options": [{"id": "a", "text": "Tees"}]}

    ((row,),) = (diff.rows for diff in differences({"gaps": [gap]}, {"gaps": [other]}))

    assert [(f.field, f.rows[0].kind) for f in row.fields] == [("options", "changed")]


def test_texts_made_to_be_slow_are_compared_in_time() -> None:
    start = perf_counter()

    pieces = words_diff("a " * 5000, "a b " * 2500)

    assert perf_counter() - start < 2
    assert after_of(pieces) == "a b " * 2500
