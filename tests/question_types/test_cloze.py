"""Cloze: gaps of three kinds in one text, each read, marked and told on its own."""

from __future__ import annotations

import pytest

from quiz.core.items import Choose, EnterNumber, EnterText, Fill, Item, NumberAnswer, Option, TextAnswer
from quiz.core.question_type import UnreadableResponse, UnusableBody
from quiz.question_types.cloze import question_type
from tests.question_pages import Elements, page_of

UNION = {
    "id": "union",
    "kind": "choose",
    "options": [
        {"id": "uar", "text": "the United Arab Republic", "right": True},
        {"id": "league", "text": "the Arab League"},
    ],
}
YEAR = {"id": "year", "kind": "enter_number", "answers": [{"value": 1961, "tolerance": 0}]}
PARTNER = {"id": "partner", "kind": "enter_text", "answers": [{"text": "Egypt"}]}
TEXT = "Syria left [[union]] in [[year]], and with it [[partner]]."
BODY = question_type.body_from_plain({"text": TEXT, "gaps": [YEAR, PARTNER, UNION]})


def test_gaps_are_numbered_as_they_stand_in_the_text():
    assert [gap.id for gap in BODY.ask.gaps] == ["union", "year", "partner"]


def test_gaps_weigh_the_same_unless_told():
    assert question_type.grade(*BODY, {"year": "1961"}).fraction == pytest.approx(1 / 3)


def test_a_gap_may_weigh_more():
    body = question_type.body_from_plain({"text": TEXT, "gaps": [YEAR | {"weight": 2}, PARTNER, UNION]})

    assert question_type.grade(*body, {"year": "1961"}).fraction == pytest.approx(2 / 4)


def test_a_number_that_can_not_be_read_is_told_with_its_gap():
    with pytest.raises(UnreadableResponse) as caught:
        question_type.read_response(BODY.ask, {"answer-2": ["in spring"]}, "seed")

    assert str(caught.value).startswith("Gap 2: “in spring” can't be read as a number")


def test_gaps_left_open_are_missing_from_the_response():
    submitted = {"answer-1": [""], "answer-2": ["1961"], "answer-3": ["  "]}

    assert question_type.read_response(BODY.ask, submitted, "seed") == {"year": "1961"}


def test_every_gap_has_a_name_that_can_be_heard_and_says_nothing():
    labels = [c["aria-label"] for c in Elements(page_of(question_type, BODY.ask, "seed")).controls()]

    assert labels == ["Gap 1 of 3", "Gap 2 of 3", "Gap 3 of 3"]


def test_the_text_around_the_gaps_is_kept_letter_by_letter():
    page = page_of(question_type, BODY.ask, "seed")

    assert '<p dir="auto">Syria left <select' in page
    assert "</select> in <input" in page
    assert ", and with it <input" in page


def test_a_blank_line_begins_a_paragraph():
    body = question_type.body_from_plain({"text": "One [[year]].\n\nTwo.", "gaps": [YEAR]})

    assert [len(paragraph) for paragraph in question_type.present(body.ask, "seed").paragraphs] == [3, 1]


def test_what_authors_write_is_text_and_not_markup():
    body = question_type.body_from_plain({"text": "<b>[[year]]</b>", "gaps": [YEAR]})

    assert "&lt;b&gt;" in page_of(question_type, body.ask, "seed")


def test_a_review_tells_each_gap_by_the_words_around_it():
    lines = question_type.review_lines(*BODY, {"year": "1958"})

    assert [(line.asked, line.given, line.right) for line in lines] == [
        ("1. Syria left ____ in […], and", "", "the United Arab Republic"),
        ("2. Syria left […] in ____, and with it", "1958", "1961"),
        ("3. […], and with it ____.", "", "Egypt"),
    ]


@pytest.mark.parametrize(
    ("text", "gaps", "field", "complaint"),
    [
        ("No gap.", [YEAR], "gaps", "the gap “year” is not in the text; mark it there as [[year]]"),
        ("[[year]] [[month]]", [YEAR], "text", "the text marks a gap “month”, but no gap has that name"),
        ("[[year]] [[year]]", [YEAR], "text", "text has “year” twice"),
        ("[[year]]", [YEAR, YEAR], "gaps", "gaps has “year” twice"),
        ("[[year]]", [YEAR | {"weight": 0}], "gaps", "at least one gap must weigh more than 0"),
        (
            "[[year]]",
            [YEAR | {"answers": [{"value": "x"}]}],
            "gaps",
            "“x” is not a number; write it like 1234.5",
        ),
        ("[[year]]", [YEAR | {"options": []}], "gaps", None),
        ("[[year]]", [{"id": "year", "kind": "draw"}], "gaps", None),
        ("[[union]]", [UNION | {"options": UNION["options"][1:]}], "gaps", None),
    ],
)
def test_gaps_that_make_no_question_are_refused(text, gaps, field, complaint):
    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain({"text": text, "gaps": gaps})

    assert caught.value.field == field
    assert complaint is None or str(caught.value) == complaint


def test_an_authors_line_breaks_arrive_as_they_were_typed():
    form = question_type.form_from_body(BODY)

    body = question_type.body_from_form(form | {"text": TEXT + "\r\n\r\nThe end."})

    assert body.ask.text == TEXT + "\n\nThe end."


def test_gaps_from_elsewhere_are_put_in_the_texts_order():
    gaps = (EnterText((TextAnswer("one"),)), EnterText((TextAnswer("two"),)))

    body = question_type.from_item(Item("", Fill("[[2]] then [[1]]", gaps)))

    assert question_type.to_item("", body).interaction == Fill("[[1]] then [[2]]", gaps[::-1])


@pytest.mark.parametrize(
    "gap",
    [
        Choose((Option("a", 1.0), Option("b", 0.0)), several=True),
        EnterNumber((NumberAnswer("2"),), units=(("cm", 100.0),)),
    ],
)
def test_a_gap_of_another_kind_is_not_made_one_of_ours(gap):
    assert question_type.from_item(Item("", Fill("[[1]]", (gap,)))) is None
