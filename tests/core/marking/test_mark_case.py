from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.item_json import item_to_plain
from quiz.core.marking import BEHAVIOURS, mark_case
from tests.exchanged_items import ONE_OF_EACH

OPTIONS = [{"text": "Red", "fraction": 1, "feedback": "Yes."}, {"text": "Dead"}]
SEAS = {"interaction": {"kind": "choose", "options": OPTIONS}}


def test_a_case_is_marked_as_json():
    assert mark_case({"item": SEAS, "response": "Red"}) == {
        "fraction": 1.0,
        "feedback": "Yes.",
        "readable": True,
        "reason": "",
    }


def test_the_last_try_is_the_response():
    case = {"item": SEAS, "behaviour": "interactive", "penalty": 0.25}

    assert mark_case(case | {"tries": ["Dead", "Red"]})["fraction"] == 0.75
    assert mark_case(case | {"tries": ["Dead", "Red"], "response": "Red"})["fraction"] == 0.75
    assert mark_case(case | {"tries": ["Dead"], "response": "Red"})["fraction"] == 0.75


@pytest.mark.parametrize(
    "case",
    [
        {}, [], "case", {"item": {}}, {"item": {"interaction": {"kind": "x"}}},
        {"item": SEAS, "behaviour": "x"}, {"item": SEAS, "certainty": 4, "behaviour": "cbm"},
        {"item": SEAS, "tries": "x"}, {"item": SEAS, "penalty": "x"},
        {"item": {"interaction": {"kind": "enter_number", "answers": [{"value": "abc"}]}}, "response": "1"},
    ],
)  # fmt: skip
def test_a_case_that_makes_no_sense_says_why(case):
    told = mark_case(case)

    assert (told["fraction"], told["readable"]) == (None, False)
    assert "makes no sense" in told["reason"]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(
    item=st.sampled_from([item_to_plain(item) for item in ONE_OF_EACH]),
    response=_ANYTHING,
    behaviour=st.sampled_from(BEHAVIOURS),
    tries=st.lists(_ANYTHING, max_size=3),
)
def test_no_response_is_too_strange_to_be_marked(item, response, behaviour, tries):
    told = mark_case({"item": item, "response": response, "behaviour": behaviour, "tries": tries})

    assert set(told) == {"fraction", "feedback", "readable", "reason"}
