from __future__ import annotations

import json

import pytest
from hypothesis import given

from quiz.core.item_json import NotAnItem, interaction_to_plain, item_from_plain, item_to_plain
from quiz.core.items import EnterNumber, Item, ItemFile, NumberAnswer, Write
from tests.exchanged_items import ONE_OF_EACH, items


def test_an_item_has_the_keys_that_are_promised():
    assert item_to_plain(Item("Why?", Write(), id="q", tags=("a",))) == {
        "id": "q", "title": "", "category": "", "prompt": "Why?", "prompt_format": "markdown", "points": 1,
        "general_feedback": "", "tags": ["a"], "interaction": {"kind": "write"},
    }  # fmt: skip


def test_each_kind_has_its_name():
    assert [interaction_to_plain(item.interaction)["kind"] for item in ONE_OF_EACH] == [
        "choose", "choose", "judge", "enter_text", "enter_number", "enter_date", "match", "arrange", "fill",
        "check_claim", "write", "inform",
    ]  # fmt: skip


@given(item=items())
def test_an_item_comes_back_the_same_through_json(item):
    assert item_from_plain(json.loads(json.dumps(item_to_plain(item)))) == item


def test_files_come_back_the_same():
    item = Item("", Write(), files=(ItemFile("a.png", "image/png", b"\0\xff"),))

    assert item_from_plain(item_to_plain(item)) == item


@pytest.mark.parametrize(
    ("written", "plain"), [("3.14", 3.14), ("100", 100), ("0.10", "0.10"), ("1e999", "1e999"), ("*", "*")]
)
def test_a_number_stays_as_it_is_written(written, plain):
    told = interaction_to_plain(EnterNumber((NumberAnswer(written),)))

    assert told["answers"][0]["value"] == plain


@pytest.mark.parametrize(
    ("interaction", "named"),
    [
        ({}, "kind"), ({"kind": "x"}, "kind"), ({"kind": "judge"}, "answer"),
        ({"kind": "choose", "options": 1}, "options"),
        ({"kind": "choose", "options": [{"text": [], "fraction": 1}]}, "text"),
        ({"kind": "enter_number", "answers": [{"value": "x"}]}, "value"),
        ({"kind": "match", "pairs": [["a"]]}, "pairs"),
        ({"kind": "arrange", "steps": ["a"], "grading": "x"}, "grading"), ({"kind": "fill", "gaps": []}, "gaps"),
        ({"kind": "fill", "gaps": [{"kind": "write"}]}, "gap"), ({"kind": "check_claim"}, "verdict"),
        ({"kind": "enter_number", "answers": [], "units": {"m": 0}}, "units"),
    ],
)  # fmt: skip
def test_what_is_no_item_is_told_by_its_key(interaction, named):
    with pytest.raises(NotAnItem, match=named):
        item_from_plain({"interaction": interaction})
