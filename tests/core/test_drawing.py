from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.drawing import WantedDraw, counts_possible, draw, in_order_of_draw

BANK = ["a", "b", "c", "d"]
POOLS = st.sets(st.sampled_from("abcdefghij"), max_size=8)
DRAWS = st.lists(
    st.builds(WantedDraw, st.integers(1, 7), st.lists(POOLS, min_size=1, max_size=3)), max_size=4
)
TIMES = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 3))


def most_possible(draws):
    """Return how many questions all the draws can take together, by trying: Kuhn's matching, question by question."""
    places = [set().union(*wanted.pools) for wanted in draws for _ in range(wanted.count)]
    holder = {}

    def seat(place, tried):
        for question in places[place] - tried:
            tried.add(question)
            if question not in holder or seat(holder[question], tried):
                holder[question] = place
                return True
        return False

    return sum(seat(place, set()) for place in range(len(places)))


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


@given(seed=st.text(max_size=4), draws=DRAWS, times=TIMES)
def test_draws_take_nothing_twice_nothing_from_elsewhere_and_always_as_many_as_they_can(seed, draws, times):
    drawn = draw(seed, draws, times_asked=times)

    taken = [question for questions in drawn for question in questions]
    assert len(taken) == len(set(taken)) == most_possible(draws)
    assert [len(questions) for questions in drawn] == counts_possible(draws)
    for wanted, questions in zip(draws, drawn, strict=True):
        assert set(questions) <= set().union(*wanted.pools)


@given(
    seed=st.text(max_size=4), count=st.integers(1, 12), sizes=st.lists(st.integers(0, 6), min_size=1, max_size=4)
)  # fmt: skip
def test_each_pool_gives_as_many_as_the_others_unless_it_is_short(seed, count, sizes):
    pools = [{f"{number}-{at}" for at in range(size)} for number, size in enumerate(sizes)]

    (questions,) = draw(seed, [WantedDraw(count, pools)], times_asked={})

    given_by = [len(pool & set(questions)) for pool in pools]
    assert sum(given_by) == min(count, sum(sizes))
    most = max(given_by)
    assert all(gave >= most - 1 or gave == size for gave, size in zip(given_by, sizes, strict=True))


@given(seed=st.text(max_size=4), seen=st.sets(st.sampled_from("abcdef")))
def test_in_each_pool_the_unseen_comes_first(seed, seen):
    first, second = set("abc"), set("def")

    (questions,) = draw(seed, [WantedDraw(2, [first, second])], times_asked=dict.fromkeys(seen, 1))

    for pool in (first, second):
        (taken,) = pool & set(questions)
        assert taken not in seen or pool <= seen


def test_chance_decides_which_pool_gives_the_one_that_is_left_over():
    pools = [{"a", "b"}, {"c", "d"}]
    gave_two = Counter(
        max(range(2), key=lambda at: len(pools[at] & set(questions)))
        for (questions,) in (draw(f"s{n}", [WantedDraw(3, pools)], times_asked={}) for n in range(400))
    )

    assert all(150 < count < 250 for count in gave_two.values())


def test_a_draw_leaves_a_later_one_what_only_that_one_can_use():
    draws = [WantedDraw(2, ["abcd"]), WantedDraw(2, ["ab"])]

    for number in range(50):
        anything, of_two = draw(f"s{number}", draws, times_asked={})
        assert (set(anything), set(of_two)) == (set("cd"), set("ab"))
