"""Bank files as questions for exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.core.items import Choose, Item, ItemFile, Judge, Option
from quiz.core.row_ids import ids_in
from quiz.core.toml_text import dump_toml, load_toml
from quiz.core.travelling import taken_in
from quiz.formats import FORMATS
from quiz.question_types import QUESTION_TYPES

TOML = FORMATS["footnote_toml"]
SHIPPED = sorted((Path(__file__).parents[2] / "questions").glob("*.toml"))
EACH_TYPE = pytest.mark.parametrize("question_type", QUESTION_TYPES.values(), ids=lambda t: t.name)


def read(text: str):
    return TOML.read(text.encode())


@EACH_TYPE
def test_what_a_type_writes_is_read_as_it_says_itself(question_type):
    for sample in question_type.samples():
        row = {"type": question_type.name, "stem": "Which?", "body": question_type.body_to_plain(sample.body)}
        [item] = read(dump_toml({"question": [row]})).items

        assert item.interaction == question_type.to_item("Which?", sample.body).interaction


@EACH_TYPE
def test_what_is_written_is_a_body_of_the_type(question_type):
    for sample in question_type.samples():
        item = question_type.to_item("Which?", sample.body)
        [row] = load_toml(TOML.write([item]).data)["question"]

        assert row["type"] == question_type.name
        body = question_type.body_from_plain(row["body"])
        assert question_type.to_item("Which?", body).interaction == item.interaction


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_bank_comes_back_as_it_was_with_every_id_of_every_option(path):
    before = load_toml(path.read_bytes())["question"]

    reading = TOML.read(path.read_bytes())
    after = load_toml(TOML.write(reading.items).data)["question"]

    assert reading.remarks == []
    assert [ids_in(row["body"]) for row in after] == [ids_in(row["body"]) for row in before]
    for was, row in zip(before, after, strict=True):
        assert {n: v for n, v in row.items() if n not in ("body", "rests_on", "checks", "corrects")} == {
            n: v
            for n, v in {"difficulty": None, **was}.items()
            if n not in ("body", "rests_on", "checks", "corrects") and v
        }


def test_each_question_knows_its_line():
    reading = read(
        '# A bank.\nid = "x"\n[[question]]\ntype = "true_false"\nstem = "So?"\nbody.answer = true\n'
    )

    assert [item.line for item in reading.items] == [3]


def test_claims_may_be_named_with_or_without_their_source():
    [item] = read(
        '[[question]]\ntype = "true_false"\nstem = "So?"\nbasis = "world"\n'
        'rests_on = ["a04-1", "other#a04-1"]\nbody.answer = true\n'
    ).items

    grounding = taken_in(item).grounding
    assert [(c.source, c.claim) for c in grounding.citations] == [("", "a04-1"), ("other", "a04-1")]


def test_one_bad_question_is_told_with_its_line_and_loses_no_other():
    reading = read(
        '[[question]]\nid = "a"\ntype = "riddle"\nstem = "So?"\n[question.body]\n\n'
        '[[question]]\nid = "b"\ntype = "true_false"\nstem = "So?"\nbody.answer = 1\n\n'
        '[[question]]\nid = "c"\ntype = "true_false"\nstem = "So?"\nbody.answer = true\n'
    )

    assert [item.id for item in reading.items] == ["c"]
    assert [(r.severity, r.line, r.where) for r in reading.remarks] == [("error", 1, "a"), ("error", 7, "b")]
    assert "must be one of" in reading.remarks[0].text


def test_a_field_that_nobody_knows_is_told():
    reading = read('[[question]]\ntype = "true_false"\nstem = "So?"\nfeedbak = "x"\nbody.answer = true\n')

    assert ["feedbak" in remark.text for remark in reading.remarks] == [True]


def test_html_becomes_markdown():
    item = Item("<b>Which</b> sea?", Choose((Option("Red", 1.0), Option("Black"))), prompt_format="html")

    assert 'stem = "**Which** sea?"' in TOML.write([item]).data.decode()


def test_pictures_travel_within_the_file():
    picture = ItemFile("0123456789abcdef0123456789abcdef-4x3.png", "image/png", b"not looked at here")
    item = Item(f"Where? ![a map](@@PLUGINFILE@@/{picture.name})", Judge(True), files=(picture,))

    writing = TOML.write([item, item])

    assert writing.remarks == []
    assert writing.data.count(b"[[picture]]") == 1
    assert b"](picture:0123456789abcdef0123456789abcdef-4x3)" in writing.data
    assert [(one.prompt, one.files) for one in TOML.read(writing.data).items] == [
        (item.prompt, item.files)
    ] * 2


def test_a_file_that_is_no_picture_of_ours_is_told():
    item = Item("Listen.", Judge(True), files=(ItemFile("a.mp3", "audio/mpeg", b"x"),))

    assert ["the files" in remark.text for remark in TOML.write([item]).remarks] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "9" * 5_000,
        "a = 2024-99-99",
        "[[question]]\n[question]",
        "question = 1",
        "a.b.c = 1\na.b = 2",
    ],
)
def test_what_is_no_bank_file_is_refused_with_a_reason(text):
    with pytest.raises(NotThisFormat) as refusal:
        read(text)

    assert str(refusal.value)


@pytest.mark.parametrize("fraction", ["nan", "inf", "1e400", "9" * 400, "true", '"1"'])
def test_shares_that_are_no_numbers_are_told(fraction):
    reading = read(
        f'[[question]]\ntype = "short_text"\nstem = "So?"\nbody.answers = [{{ text = "a", fraction = {fraction} }}]\n'
    )

    assert [remark.severity for remark in reading.remarks] == ["error"]


def test_the_lines_of_many_questions_are_found_quickly():
    many = '[[question]]\ntype = "true_false"\nstem = "So?"\nbody.answer = true\n' * 3_000

    assert read(many).items[-1].line == 11_997
