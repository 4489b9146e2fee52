from __future__ import annotations

from quiz.core.likeness import MOST_HOLDERS, pairs_alike, sketch_of

SENTENCE = "in which year was the old bridge over the river opened for traffic by the mayor of the town"
WORDS = SENTENCE.split()


def changed(place: int, word: str) -> list[str]:
    return [*WORDS[:place], word, *WORDS[place + 1 :]]


def test_a_sketch_is_short_however_long_the_text() -> None:
    assert len(sketch_of(WORDS * 100).split()) == 6
    assert sketch_of(WORDS) == sketch_of(list(WORDS))


def test_nothing_has_no_sketch() -> None:
    assert sketch_of([]) == ""
    assert list(pairs_alike(["", ""])) == []


def test_a_text_of_one_word_is_like_itself_alone() -> None:
    assert list(pairs_alike([sketch_of(["bridge"]), sketch_of(["bridge"]), sketch_of(["tower"])])) == [(0, 1)]


def test_texts_that_differ_in_one_word_are_paired() -> None:
    others = [changed(place, "viaduct") for place in range(0, len(WORDS), 3)]

    pairs = set(pairs_alike([sketch_of(WORDS), *(sketch_of(other) for other in others)]))

    assert {(0, n) for n in range(1, len(others) + 1)} <= pairs


def test_texts_that_have_only_words_in_common_are_not() -> None:
    assert list(pairs_alike([sketch_of(WORDS), sketch_of(sorted(WORDS))])) == []


def test_clones_are_paired_with_few_each() -> None:
    assert len(list(pairs_alike([sketch_of(WORDS)] * 1000))) <= 1000 * MOST_HOLDERS
