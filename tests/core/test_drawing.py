from collections import Counter

from quiz.core.drawing import in_order_of_draw

BANK = ["a", "b", "c", "d"]


def test_a_draw_follows_from_its_seed_alone():
    assert in_order_of_draw("s", BANK, times_asked={}) == in_order_of_draw(
        "s", reversed(BANK), times_asked={}
    )


def test_what_a_learner_met_least_comes_first():
    order = in_order_of_draw("s", BANK, times_asked={"a": 2, "b": 1, "c": 1})

    assert order[0] == "d"
    assert set(order[1:3]) == {"b", "c"}
    assert order[3] == "a"


def test_between_equals_each_comes_first_about_equally_often():
    first = Counter(in_order_of_draw(f"seed {n}", BANK, times_asked={})[0] for n in range(4000))

    assert all(900 < count < 1100 for count in first.values())
