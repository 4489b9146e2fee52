from __future__ import annotations

import unicodedata

from quiz.core.documents import check_document, digest_of, paragraphs_of
from tests.small_content import DOCUMENT, SECOND, source


def states(document: str) -> dict[str, str]:
    return {check.key: check.state for check in check_document(source(), document)}


def test_the_document_itself_is_found_whole() -> None:
    assert states(DOCUMENT) == {"a01": "found", "a02": "found", "f01": "found"}


def test_what_is_found_comes_with_its_text() -> None:
    assert check_document(source(), DOCUMENT)[2].text == "What is it made of?\nOf steel."


def test_paragraphs_in_another_order_and_among_others_are_found() -> None:
    shuffled = "\n".join(reversed(DOCUMENT.splitlines())) + "\nAn advertisement."

    assert set(states(shuffled).values()) == {"found"}


def test_an_unknown_paragraph_between_two_known_ones_is_the_changed_passage() -> None:
    assert states(DOCUMENT.replace(SECOND, "It was the longest.")) == {
        "a01": "found",
        "a02": "changed",
        "f01": "found",
    }


def test_a_passage_that_is_gone_is_missing() -> None:
    assert states(DOCUMENT.replace(SECOND, "")) == {"a01": "found", "a02": "missing", "f01": "found"}


def test_one_unknown_paragraph_stands_in_for_one_passage_alone() -> None:
    assert sorted(states("Something else.").values()) == ["changed", "missing", "missing"]
    assert set(states("").values()) == {"missing"}


def test_what_is_no_passage_is_not_taken_for_a_changed_one() -> None:
    document = DOCUMENT.replace("Home | News\n", "").replace(SECOND, "Home | News")

    assert states(document)["a02"] == "missing"


def test_composed_and_decomposed_letters_and_white_space_digest_alike() -> None:
    assert digest_of("Café  du\u00a0pont\n") == digest_of(unicodedata.normalize("NFD", "Café du pont"))
    assert digest_of("Cafe du pont") != digest_of("Café du pont")


def test_a_paragraph_is_a_line_that_holds_something() -> None:
    assert paragraphs_of("One.\r\n\r\n  Two\tand \n\u2028Three.") == ["One.", "Two and", "Three."]
