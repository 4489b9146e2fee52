import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.behaviours import DEFERRED, Marking, Try, marking_of_extra, outcome_of, remarked, tried_before
from quiz.core.items import Choose, Item, Option
from quiz.core.marking import mark_tries

THIRD = 0.3333333
INTERACTIVE = Marking("interactive", most_tries=3, penalty=THIRD)
SEAS = Item("", Choose((Option("Red", 1.0), Option("Dead"), Option("Black"))))
shares = st.floats(0, 1)


def tries(*correctness, certainty=None):
    return tuple(Try(f"response {n}", share, certainty) for n, share in enumerate(correctness))


@pytest.mark.parametrize("behaviour", ["deferred", "immediate"])
def test_what_the_type_says_is_what_is_earned(behaviour):
    assert Marking(behaviour).earned(tries(0.75)) == 0.75


def test_without_a_try_there_is_no_mark():
    assert (INTERACTIVE.earned(()), INTERACTIVE.correctness(())) == (None, None)


@pytest.mark.parametrize(
    ("correctness", "earned"),
    [((1,), 1), ((0, 1), 1 - THIRD), ((0, 0, 1), 1 - 2 * THIRD), ((0, 0, 0), 0), ((0.5, 1), 0.5 + 0.5 * (1 - THIRD))],
)  # fmt: skip
def test_each_gain_counts_as_much_as_its_try_is_worth(correctness, earned):
    assert INTERACTIVE.earned(tries(*correctness)) == pytest.approx(earned)


def test_the_list_of_points_that_the_rule_comes_from():
    # PrairieLearn: points [10, 7, 5, 2]. Half right, worse, then all right: half of 10, and half of 5.
    marking = Marking("interactive", most_tries=4, penalty=0.25)

    assert 10 * marking.earned(tries(0.5, 0.25, 1)) == pytest.approx(5 + 5 * 0.5)


@given(st.lists(shares, min_size=1, max_size=8), st.floats(0, 1))
def test_a_mark_never_falls_and_never_leaves_its_range(correctness, penalty):
    marking = Marking("interactive", most_tries=8, penalty=penalty)
    marks = [marking.earned(tries(*correctness[: n + 1])) for n in range(len(correctness))]

    assert marks == sorted(marks)
    assert marks[0] >= 0 and marks[-1] <= 1 + 1e-9


@given(st.integers(0, 4), st.sampled_from([0.0, 0.1, THIRD, 0.5, 1.0]))
def test_where_answers_are_right_or_wrong_it_is_moodles_rule(wrong_before, penalty):
    responses = [["Dead", "Black"][n % 2] for n in range(wrong_before)] + ["Red"]
    moodles = mark_tries(SEAS, responses, behaviour="interactive", penalty=penalty).fraction

    earned = Marking("interactive", 9, penalty).earned(tries(*[0.0] * wrong_before, 1.0))

    assert earned == pytest.approx(moodles)


def test_a_right_answer_or_the_last_try_finishes():
    assert not INTERACTIVE.is_finished(tries(0, 0.9))
    assert INTERACTIVE.is_finished(tries(0, 1))
    assert INTERACTIVE.is_finished(tries(0, 0, 0))


def test_what_is_right_but_for_a_hair_is_right():
    assert INTERACTIVE.is_finished(tries(0.9999999))


def test_one_check_ends_an_immediate_question():
    assert Marking("immediate", most_tries=5).is_finished(tries(0))


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(None, 1, 0), (1, 1, 0), (2, 2, -2), (3, 3, -6)])
def test_certainty_makes_a_third_of_the_mark_to_the_whole_of_it(certainty, right, wrong):
    marking = Marking("cbm")

    assert marking.earned(tries(1, certainty=certainty)) == pytest.approx(right / 3)
    assert marking.earned(tries(0, certainty=certainty)) == pytest.approx(wrong / 3)


def test_how_right_an_answer_is_does_not_depend_on_what_it_earns():
    assert Marking("cbm").correctness(tries(1, certainty=1)) == 1
    assert INTERACTIVE.correctness(tries(0, 1)) == 1
    assert INTERACTIVE.correctness(tries(0.5, 0.25)) == 0.5


def test_a_response_that_was_tried_is_found_again_and_true_is_not_one():
    made = (Try(True, 0.0), Try("red", 0.0))

    assert tried_before(made, "red") == made[1]
    assert tried_before(made, 1) is None


def test_another_key_marks_all_tries_anew():
    assert [
        t.correctness for t in remarked(tries(0, 1), lambda response: float(response == "response 0"))
    ] == [1, 0]


def test_an_extra_question_is_always_checked():
    assert marking_of_extra(DEFERRED) == Marking("immediate")
    assert marking_of_extra(INTERACTIVE) == INTERACTIVE


def test_outcomes_have_words():
    assert [outcome_of(share) for share in (1, 0.5, 0)] == ["right", "partly", "wrong"]
