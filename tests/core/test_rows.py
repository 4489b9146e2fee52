"""Rows of an author keep their ids through every edit, and their mistakes are told with their place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quiz.core.question_type import UnusableBody
from quiz.core.rows import fraction_in, ids_for, new_ids, read_rows, typed_rows
from quiz.core.written import text_in


def test_a_row_keeps_its_id_when_its_text_changes():
    rows = typed_rows([{"id": "red", "text": "The Red Sea, west of Arabia"}], "o")

    assert rows[0]["id"] == "red"


def test_a_new_row_never_gets_the_id_of_one_that_was_taken_out():
    before = new_ids(["Egypt", "Jordan"], "o")
    after = ids_for([before[0], ""], ["Egypt", "Yemen"], "o")

    assert after[1] not in before


def test_the_same_text_from_outside_gets_the_same_id_wherever_it_stands():
    assert new_ids(["Egypt", "Jordan"], "o") == list(reversed(new_ids(["Jordan", "Egypt"], "o")))


def test_two_rows_with_the_same_text_get_different_ids():
    ids = new_ids(["Egypt", "Egypt", "Egypt"], "o")

    assert len(set(ids)) == 3


def test_a_new_id_leaves_those_alone_that_are_given_further_down():
    [taken] = new_ids(["Egypt"], "o")

    assert ids_for(["", taken], ["Egypt", "Jordan"], "o") != [taken, taken]


def test_rows_without_a_text_are_no_rows():
    assert typed_rows([{"id": "", "text": "  "}, {"id": "kept", "text": None}, {"text": " a "}], "o") == [
        {"id": new_ids(["a"], "o")[0], "text": "a"}
    ]


def test_a_mistake_in_a_row_is_told_with_its_number():
    with pytest.raises(UnusableBody) as caught:
        read_rows({"steps": [{"text": "a"}, {}]}, "steps", lambda row: text_in(row, "text"))

    assert caught.value.field == "steps"
    assert str(caught.value) == "steps 2: text is missing"


@pytest.mark.parametrize("fraction", [0, 1, 0.5, Decimal("0.5")])
def test_a_fraction_may_be_any_kind_of_number(fraction):
    assert fraction_in({"fraction": fraction}, default=1.0) == float(fraction)


@pytest.mark.parametrize("fraction", [True, "0.5", 1.5, -0.1, None, float("nan"), Decimal("NaN")])
def test_a_fraction_out_of_bounds_is_refused(fraction):
    with pytest.raises(UnusableBody):
        fraction_in({"fraction": fraction}, default=1.0)
