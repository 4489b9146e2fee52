from __future__ import annotations

from dataclasses import replace

from quiz.core.claims import Citation
from quiz.core.import_content import Content, is_same, joined

BODY = {
    "options": [
        {"id": "red", "text": "Red", "right": True, "feedback": "Yes."},
        {"id": "blue", "text": "Blue"},
    ]
}
STORED = Content(
    "single_choice",
    "Which?",
    BODY,
    "Because.",
    (),
    "",
    ("a", "b"),
    "text",
    (Citation("s", "c", "rests_on"),),
    "hard",
)
# What a format without feedback, tags and claims gives back of it.
SENT = Content(
    "single_choice",
    "Which?",
    {"options": [{"id": "x", "text": "Red", "right": True}, {"id": "y", "text": "Blue"}]},
)


def test_what_comes_back_as_it_was_sent_changes_nothing():
    assert joined(SENT, SENT, STORED) == STORED


def test_what_a_format_forgets_is_kept_when_something_else_changes():
    arrived = replace(SENT, tags=("c",))

    assert joined(arrived, SENT, STORED) == replace(STORED, tags=("c",))


def test_a_changed_text_comes_with_its_own_body():
    arrived = replace(SENT, stem="Which one?")
    result = joined(arrived, SENT, STORED)

    assert (result.stem, result.body, result.feedback) == ("Which one?", SENT.body, "Because.")


def test_the_order_of_tags_says_nothing():
    assert is_same(STORED, replace(STORED, tags=("b", "a")))
    assert not is_same(STORED, replace(STORED, tags=("b",)))


def test_the_order_of_hints_does():
    assert not is_same(replace(STORED, hints=("a", "b")), replace(STORED, hints=("b", "a")))


def test_where_nothing_comes_back_at_all_what_is_not_told_is_kept():
    assert joined(SENT, None, STORED).citations == STORED.citations
