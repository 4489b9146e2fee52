"""Claim check: the verdict first, and the correction only with it."""

from __future__ import annotations

import pytest

from quiz.core.question_type import UnusableBody
from quiz.question_types.claim_check import question_type
from tests.question_pages import Elements, page_of

CORRECTIONS = [
    {"id": "sharaa", "text": "Ahmed al-Sharaa has been president since January 2025."},
    {"id": "hadi", "text": "Hadi al-Bahra has been president since 2023."},
]


def _body(verdict: str, right: str = ""):
    rows = [row | ({"right": True} if row["id"] == right else {}) for row in CORRECTIONS]
    return question_type.body_from_plain({"verdict": verdict, "corrections": rows})


@pytest.mark.parametrize(
    ("response", "earned"),
    [
        ({"verdict": "out_of_date", "correction": "sharaa"}, 1),
        ({"verdict": "out_of_date", "correction": "hadi"}, 0.5),
        ({"verdict": "out_of_date", "correction": ""}, 0.5),
        ({"verdict": "out_of_date"}, 0.5),
        ({"verdict": "wrong", "correction": "sharaa"}, 0),
        ({"correction": "sharaa"}, 0),
    ],
)
def test_the_correction_counts_only_with_the_right_verdict(response, earned):
    assert question_type.grade(*_body("out_of_date", "sharaa"), response).fraction == earned


@pytest.mark.parametrize("verdict", ["holds", "cannot_be_known"])
def test_where_nothing_is_to_correct_saying_so_is_half_of_the_mark(verdict):
    body = _body(verdict)

    assert question_type.grade(*body, {"verdict": verdict, "correction": ""}).fraction == 1
    assert question_type.grade(*body, {"verdict": verdict, "correction": "hadi"}).fraction == 0.5


@pytest.mark.parametrize("verdict", ["holds", "out_of_date", "wrong", "cannot_be_known"])
def test_without_corrections_the_verdict_is_the_whole_mark(verdict):
    body = question_type.body_from_plain({"verdict": verdict})

    assert question_type.grade(*body, {"verdict": verdict}).fraction == 1
    assert question_type.body_to_plain(body) == {"verdict": verdict}


@pytest.mark.parametrize(
    ("verdict", "right"),
    [("holds", "sharaa"), ("cannot_be_known", "hadi"), ("wrong", ""), ("out_of_date", "")],
)
def test_a_correction_is_right_exactly_where_there_is_something_to_correct(verdict, right):
    with pytest.raises(UnusableBody) as caught:
        _body(verdict, right)

    assert caught.value.field == "corrections"


def test_two_corrections_can_not_both_be_right():
    with pytest.raises(UnusableBody):
        question_type.body_from_plain(
            {"verdict": "wrong", "corrections": [r | {"right": True} for r in CORRECTIONS]}
        )


def test_the_key_tells_its_verdict_to_whoever_checks_citations():
    key = _body("out_of_date", "sharaa").key

    assert (key.verdict, key.right) == ("out_of_date", "sharaa")


def test_the_verdicts_stand_in_the_same_order_on_every_page():
    ask = _body("holds").ask

    orders = {tuple(v.value for v in question_type.present(ask, str(seed)).verdicts) for seed in range(20)}

    assert orders == {("holds", "out_of_date", "wrong", "cannot_be_known")}


def test_no_correction_is_always_the_last_choice():
    page = Elements(page_of(question_type, _body("holds").ask, "seed"))

    assert [c["value"] for c in page.controls() if c["name"] == "answer-correction"][-1] == "none"


def test_a_verdict_alone_shows_no_second_group():
    ask = question_type.body_from_plain({"verdict": "wrong"}).ask

    assert {c["name"] for c in Elements(page_of(question_type, ask, "seed")).controls()} == {"answer-verdict"}


def test_a_review_tells_both_parts_in_words():
    lines = question_type.review_lines(
        *_body("out_of_date", "sharaa"), {"verdict": "holds", "correction": ""}
    )

    assert [(line.asked, line.given, line.right) for line in lines] == [
        ("The claim", "It holds", "It is out of date"),
        ("The correction", "No correction is needed or possible", CORRECTIONS[0]["text"]),
    ]


def test_a_right_correction_beside_a_wrong_verdict_is_explained():
    lines = question_type.review_lines(
        *_body("out_of_date", "sharaa"), {"verdict": "wrong", "correction": "sharaa"}
    )

    assert lines[1].feedback == "The correction counts only together with the right verdict."


def test_corrections_are_shuffled_for_each_learner():
    ask = _body("holds").ask

    orders = {tuple(c.text for c in question_type.present(ask, str(seed)).corrections) for seed in range(20)}

    assert len(orders) == 2
