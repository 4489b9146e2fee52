from __future__ import annotations

from quiz.core.tagging import tags_in


def test_tags_are_lower_case_each_once_and_in_order() -> None:
    assert tags_in(" Dates,bridges ,, DATES، 2024 ") == ("2024", "bridges", "dates")
    assert tags_in(" , ") == ()


def test_a_question_gets_twelve_tags_at_most() -> None:
    assert len(tags_in(",".join(f"t{n}" for n in range(20)))) == 12
