from __future__ import annotations

import pytest

from quiz.core.items import TextAnswer
from quiz.core.marking.typed_text import accepts, first_accepting


@pytest.mark.parametrize(
    ("pattern", "typed", "accepted"),
    [
        ("F*og", "Fog", True),
        ("F*og", "  Fat dog  ", True),
        ("F*og", "Frogs", False),
        ("F*og", "Fg", False),
        ("*", "anything", True),
        ("**a**", "banana", True),
        ("a*b*c", "abbc", True),
        ("a*b*c", "acb", False),
        (r"5\*", "5*", True),
        (r"5\*", "55", False),
        ("[a-z]", "a", False),
        ("a.b", "axb", False),
        ("\u0065\u0301", "\u00e9", True),
        ("0", "0", True),
    ],
)
def test_a_star_is_any_run_and_all_else_is_literal(pattern, typed, accepted):
    assert accepts(pattern, typed, case_sensitive=True) is accepted


def test_case_is_folded_letter_by_letter_unless_it_counts():
    assert accepts("Itálie", "ITÁLIE", case_sensitive=False)
    assert not accepts("Itálie", "ITÁLIE", case_sensitive=True)
    assert not accepts("Straße", "STRASSE", case_sensitive=False)


def test_accents_count():
    assert not accepts("Itálie", "Italie", case_sensitive=False)


def test_the_first_answer_that_matches_counts():
    answers = (TextAnswer("a*", 0.5), TextAnswer("ab"))

    assert first_accepting(answers, "ab", case_sensitive=False) == answers[0]
    assert first_accepting(answers, "b", case_sensitive=False) is None


def test_many_stars_are_not_slow():
    assert not accepts("*a" * 500 + "b", "a" * 5_000, case_sensitive=True)
