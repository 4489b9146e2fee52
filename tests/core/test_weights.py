from __future__ import annotations

import pytest

from quiz.core.weights import MOODLE_WEIGHTS, percent, settled_weight


@pytest.mark.parametrize("weight", MOODLE_WEIGHTS)
def test_moodles_weights_survive_the_way_there_and_back(weight):
    assert settled_weight(float(percent(weight)) / 100) == (weight, "")


@pytest.mark.parametrize(("written", "read"), [(0.33, 0.3333333), (-0.67, -0.6666667), (0.17, 0.1666667)])
def test_a_rounded_weight_becomes_the_one_that_was_meant(written, read):
    weight, told = settled_weight(written)

    assert weight == read
    assert told


def test_a_weight_without_a_neighbour_stays_and_is_told():
    weight, told = settled_weight(0.45)

    assert weight == 0.45
    assert "kept" in told


@pytest.mark.parametrize("written", [1.5, -1.01, float("nan")])
def test_a_weight_outside_is_refused(written):
    with pytest.raises(ValueError, match="100 %"):
        settled_weight(written)
