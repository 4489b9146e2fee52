from __future__ import annotations

from quiz.workflows.near_pairs import near_pairs

TEXTS = [
    "which envoy mediated the accord on the sea border between israel and lebanon = amos hochstein",
    "in which year was the old stone bridge over the ouse opened to the public = 1901",
    "which envoy mediated that accord on the sea border between israel and lebanon = amos hochstein",
]


def test_texts_that_differ_in_a_word_are_a_pair() -> None:
    (pair,) = near_pairs(TEXTS)

    assert (pair.first, pair.second) == (0, 2)
    assert 0.9 < pair.likeness < 1


def test_another_answer_to_a_long_question_is_still_near() -> None:
    assert near_pairs([TEXTS[0], TEXTS[0].replace("amos hochstein", "tom barrack")], alike=0.85)


def test_empty_texts_are_like_nothing() -> None:
    assert near_pairs(["", "", "a"]) == ()


def test_ten_thousand_clones_are_compared_with_a_few_only() -> None:
    clones = [f"question number {n} about the same old bridge" for n in range(10_000)]

    assert len(near_pairs(clones)) > 9_000
