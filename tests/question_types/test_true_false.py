"""True or false: a truth value, and what is said to each side."""

from __future__ import annotations

import pytest

from quiz.core.question_type import UnusableBody
from quiz.question_types.true_false import question_type


@pytest.mark.parametrize("answer", [True, False])
def test_each_side_is_told_its_own_feedback(answer):
    written = {"answer": answer, "feedback_right": "Well seen.", "feedback_wrong": "Look again."}
    ask, key = question_type.body_from_plain(written)

    assert question_type.grade(ask, key, answer).feedback == ("Well seen.",)
    assert question_type.grade(ask, key, not answer).feedback == ("Look again.",)


@pytest.mark.parametrize("answer", ["true", 1, None])
def test_only_a_truth_value_is_an_answer(answer):
    with pytest.raises(UnusableBody):
        question_type.body_from_plain({"answer": answer})


def test_false_is_a_response_and_not_a_blank():
    [ask, _] = question_type.twins()[0]

    assert question_type.read_response(ask, {"answer": ["false"]}, "seed") is False


def test_true_comes_first_on_every_page():
    [ask, _] = question_type.twins()[0]

    assert {tuple(a.value for a in question_type.present(ask, str(n))) for n in range(20)} == {
        ("true", "false")
    }


def test_an_author_has_to_say_which():
    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_form({"answer": "", "feedback_right": "", "feedback_wrong": None})

    assert caught.value.field == "answer"
