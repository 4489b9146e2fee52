from __future__ import annotations

import pytest

from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.marking import mark_response

SEAS = Choose((Option("Red", 1.0, "yes"), Option("Dead", -0.3333333, "no")))
RIVERS = Choose((Option("A", 0.5), Option("B", -1.0), Option("C", 0.5)), several=True)
THIRDS = Choose(tuple(Option(name, 0.3333333) for name in "abc"), several=True)
UNITS = (("m", 1.0), ("cm", 100.0))
PI = EnterNumber((NumberAnswer("3.14"),), units=UNITS, unit_grading="outof_mark", unit_penalty=0.2)
PAIRS = Match((("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")))
GAPS = Fill("[[1]] [[2]]", (EnterText((TextAnswer("cat", 1.0, "miaow"),)), SEAS), (1.0, 3.0))


@pytest.mark.parametrize(
    ("interaction", "response", "fraction"),
    [
        (SEAS, "Red", 1.0),
        (SEAS, "Dead", -0.3333333),
        (SEAS, ["Red"], 1.0),
        (RIVERS, ["A"], 0.5),
        (RIVERS, ["A", "C"], 1.0),
        (RIVERS, ["A", "B"], 0.0),
        (THIRDS, ["a", "b", "c"], 0.9999999),
        (Judge(False), False, 1.0),
        (Judge(False), "true", 0.0),
        (EnterText((TextAnswer("F*og", 0.8),)), "  Fat dog  ", 0.8),
        (PI, "3.14", 0.8),
        (PI, "3.14 frogs", 0.8),
        (PI, "314cm", 1.0),
        (PI, "3.14 cm", 0.8),
        (PI, "314 m", 0.0),
        (PI, {"answer": "314", "unit": "cm"}, 1.0),
        (PAIRS, {"a": "1", "b": "3", "c": "2", "d": "1"}, 0.25),
        (Match((("a", "x"), ("b", "x"))), {"a": "x", "b": "x"}, 1.0),
        (Arrange(tuple("123456"), "relative_all_previous_and_next"), list("213456"), 14 / 15),
        (Arrange(tuple("1234"), "absolute_position"), list("1243"), 0.5),
        (Arrange(("a", "b", "a"), "all_or_nothing"), ["a", "b", "a"], 1.0),
        (GAPS, ["cat", "Red"], 1.0),
        (GAPS, ["cat", None], 0.25),
        (EnterDate("2024-04", "month"), "2024-04", 1.0),
        (
            CheckClaim("wrong", (("so", True), ("or so", False))),
            {"verdict": "wrong", "correction": "or so"},
            0.5,
        ),
    ],
)
def test_a_response_earns_its_share(interaction, response, fraction):
    assert mark_response(interaction, response).fraction == pytest.approx(fraction)


@pytest.mark.parametrize(
    ("interaction", "response"),
    [
        (SEAS, ""), (SEAS, None), (RIVERS, []), (Judge(True), None), (PI, "  "), (PAIRS, {"a": ""}), (GAPS, [None, ""]),
        (EnterText((TextAnswer("a"),)), ""), (Arrange(("a", "b")), []),
    ],
)  # fmt: skip
def test_a_blank_response_is_no_answer(interaction, response):
    outcome = mark_response(interaction, response)

    assert (outcome.fraction, outcome.answered, outcome.readable) == (0.0, False, False)


@pytest.mark.parametrize(
    ("interaction", "response"),
    [
        (SEAS, "Black"), (SEAS, ["Red", "Dead"]), (SEAS, {"a": 1}), (Judge(True), "maybe"), (PI, "Pi"), (PI, "."),
        (PAIRS, {"z": "1"}), (PAIRS, "1"), (Arrange(("a", "b")), ["a"]), (GAPS, ["a", "b", "c"]),
        (EnterDate("2024"), "soon"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_earns_nothing_and_says_why(interaction, response):
    outcome = mark_response(interaction, response)

    assert (outcome.fraction, outcome.readable) == (0.0, False)
    assert outcome.reason


def test_zero_is_an_answer():
    assert mark_response(EnterNumber((NumberAnswer("0"),)), "0").is_right
    assert mark_response(EnterText((TextAnswer("0"),)), 0).is_right


def test_feedback_is_that_of_the_answer():
    assert mark_response(SEAS, "Dead").feedback == ("no",)
    assert mark_response(GAPS, ["cat", "Dead"]).feedback == ("miaow", "no")


def test_a_unit_may_cost_a_share_of_the_whole_mark():
    half = NumberAnswer("2", fraction=0.5)
    asked = EnterNumber((half,), units=UNITS, unit_grading="outof_max", unit_penalty=0.3)

    assert mark_response(asked, "2").fraction == pytest.approx(0.2)
    assert mark_response(asked, "2 m").fraction == 0.5


def test_a_response_in_part_is_marked_but_not_complete():
    outcome = mark_response(PAIRS, {"a": "1"})

    assert (outcome.fraction, outcome.readable, outcome.complete) == (0.25, True, False)


def test_only_a_person_can_mark_free_writing():
    assert mark_response(Write(), "text").fraction is None
    assert mark_response(Inform(), "text").fraction is None
