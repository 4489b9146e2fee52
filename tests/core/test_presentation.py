"""What a learner sees follows from a seed, and says nothing of ids or key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.presentation import id_behind, shuffled, token_for

IDS = st.lists(st.text(min_size=1, max_size=8), unique=True, min_size=1, max_size=8)


@given(st.text(max_size=20), IDS)
def test_a_token_leads_back_to_its_id(seed, ids):
    assert [id_behind(seed, token_for(seed, i), ids) for i in ids] == ids


def test_a_token_of_another_seed_leads_nowhere():
    assert id_behind("amal", token_for("bilal", "red"), ["red", "black"]) is None


@pytest.mark.parametrize("token", ["", "red", "0000000000"])
def test_what_is_no_token_leads_nowhere(token):
    assert id_behind("amal", token, ["red", "black"]) is None


@given(st.text(max_size=20), st.data())
def test_the_order_does_not_depend_on_the_order_given(seed, data):
    ids = data.draw(IDS)
    again = data.draw(st.permutations(ids))

    assert shuffled(seed, ids) == shuffled(seed, again)


@given(st.text(max_size=20), IDS)
def test_nothing_is_lost_in_shuffling(seed, ids):
    assert sorted(shuffled(seed, ids)) == sorted(ids)


def test_every_option_comes_first_about_equally_often():
    firsts = [shuffled(f"seed-{n}", ["a", "b", "c", "d"])[0] for n in range(2000)]

    assert all(400 < firsts.count(option) < 600 for option in "abcd")
