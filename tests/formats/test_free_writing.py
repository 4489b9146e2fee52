"""Essays and texts to read, through the formats that know them."""

from __future__ import annotations

import pytest

from quiz.core.item_json import item_from_plain, item_to_plain
from quiz.core.items import Criterion, Inform, Item, Level, Write
from quiz.formats import FORMATS

RUBRIC = (
    Criterion("Facts", 2.0, "The year.", (Level(0.0, "None"), Level(2.0, "Both"))),
    Criterion("Language", 1.5),
)
ESSAY = Item(
    "Why?",
    Write(10, 200, "", "Be kind.", rubric=RUBRIC, shows_rubric=True, model_answer="Because.", lines=20),
)


def test_an_essay_survives_as_plain_data():
    assert item_from_plain(item_to_plain(ESSAY)) == ESSAY


def test_a_bank_file_keeps_all_of_it():
    toml = FORMATS["footnote_toml"]

    writing = toml.write([ESSAY])

    assert [item.interaction for item in toml.read(writing.data).items] == [ESSAY.interaction]
    assert not [remark for remark in writing.remarks if "rubric" in remark.text or "model" in remark.text]


@pytest.mark.parametrize("name", ["moodle_xml", "qti2", "qti3", "canvas_qti", "gift", "text2qti"])
def test_where_there_is_no_place_for_a_rubric_its_loss_is_told(name):
    writing = FORMATS[name].write([ESSAY])

    told = " ".join(remark.text for remark in writing.remarks)
    assert "the rubric" in told and "the model answer" in told
    [item] = FORMATS[name].read(writing.data).items
    assert isinstance(item.interaction, Write)


def test_moodle_keeps_the_limits_and_the_notes():
    [item] = FORMATS["moodle_xml"].read(FORMATS["moodle_xml"].write([ESSAY]).data).items

    assert (item.interaction.min_words, item.interaction.max_words) == (10, 200)
    assert item.interaction.notes == "Be kind."


@pytest.mark.parametrize("name", ["moodle_xml", "canvas_qti", "gift", "text2qti", "footnote_toml"])
def test_a_text_to_read_stays_one_without_points(name):
    [item] = FORMATS[name].read(FORMATS[name].write([Item("Read this.", Inform(), points=0.0)]).data).items

    assert isinstance(item.interaction, Inform)
    assert item.points == 0.0


def test_answers_by_file_are_not_taken_for_essays():
    writing = FORMATS["footnote_toml"].write([Item("Why?", Write(files=1))])

    assert [remark.severity for remark in writing.remarks] == ["error"]
