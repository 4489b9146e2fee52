from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Hint,
    Inform,
    Item,
    ItemFile,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.formats.moodle_xml import format as moodle_xml

SAMPLE = Path(__file__).parents[1] / "samples/moodle_xml/rivers.xml"
TEXT = "<questiontext><text>Q</text></questiontext>"


def quiz(*questions: str) -> bytes:
    return ("<?xml version='1.0' encoding='UTF-8'?><quiz>\n" + "\n".join(questions) + "</quiz>").encode()


def question(kind: str, body: str) -> str:
    return f'<question type="{kind}"><name><text>N</text></name>{TEXT}{body}</question>'


def read_one(kind: str, body: str) -> Item:
    reading = moodle_xml.read(quiz(question(kind, body)))
    assert len(reading.items) == 1, reading.remarks
    return reading.items[0]


def told(kind: str, body: str) -> list[tuple[str, int | None]]:
    return [(r.severity, r.line) for r in moodle_xml.read(quiz(question(kind, body))).remarks]


def answer(text: str, fraction: str = "100", more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def test_the_sample_is_read_whole_and_comes_back_the_same():
    reading = moodle_xml.read(SAMPLE.read_bytes())
    writing = moodle_xml.write(reading.items)

    assert [type(item.interaction) for item in reading.items] == [Choose, Judge, EnterNumber, Fill, Fill]
    assert reading.remarks == writing.remarks == []
    assert moodle_xml.read(writing.data) == reading


def test_a_choice_is_read_with_all_that_belongs_to_it():
    item = moodle_xml.read(SAMPLE.read_bytes()).items[0]

    assert (item.id, item.title, item.points, item.penalty) == ("mouth", "Mouth", 2.0, 0.3333333)
    assert item.interaction == Choose((Option("Egypt", 1.0, "Yes."), Option("Sudan", -0.3333333)))
    assert item.hints == (Hint("North.", show_number_right=True, clear_wrong=True),)
    assert item.files == (ItemFile("the nile.png", "image/png", b"PNG"),)
    assert (item.feedback_right, item.tags, item.category) == (
        "Well done.",
        ("rivers",),
        "$course$/top/Rivers",
    )


@pytest.mark.parametrize(
    ("written", "several"), [("true", False), ("1", False), ("false", True), ("0", True)]
)
def test_single_is_a_word_or_a_digit(written, several):
    interaction = read_one(
        "multichoice", f"<single>{written}</single>{answer('a')}{answer('b', '0')}"
    ).interaction

    assert isinstance(interaction, Choose)
    assert interaction.several == several


def test_a_missing_single_means_one():
    interaction = read_one("multichoice", answer("a") + answer("b", "0")).interaction

    assert interaction == Choose((Option("a", 1.0), Option("b")), several=False, shuffle=False)


def test_an_old_fraction_is_a_share_not_a_percentage():
    body = "<answer><text>3</text><fraction>1</fraction></answer>"

    assert read_one("numerical", body).interaction == EnterNumber((NumberAnswer("3"),))


def test_a_decimal_comma_is_mended_and_told():
    body = answer("a") + answer("b", "33,33333")

    assert read_one("multichoice", body).interaction.options[1].fraction == 0.3333333  # type: ignore[union-attr]
    assert told("multichoice", body) == [("warning", 2)]


def test_true_and_false_of_another_language_are_taken_in_their_order_and_told():
    body = answer("Wahr", "0") + answer("Falsch", "100")

    assert read_one("truefalse", body).interaction == Judge(False)
    assert told("truefalse", body) == [("warning", 2)]


@pytest.mark.parametrize("fractions", [("0", "0"), ("100", "100")])
def test_true_or_false_without_one_right_answer_is_refused(fractions):
    assert told("truefalse", answer("true", fractions[0]) + answer("false", fractions[1])) == [("error", 2)]


def test_usecase_as_a_word_is_read_and_told():
    body = f"<usecase>true</usecase>{answer('a')}"

    assert read_one("shortanswer", body).interaction == EnterText((TextAnswer("a"),), case_sensitive=True)
    assert told("shortanswer", body) == [("warning", 2)]


def test_html_outside_of_cdata_loses_the_question_with_its_line():
    bad = '<question type="essay"><questiontext><text>a <b>b</b></text></questiontext></question>'

    reading = moodle_xml.read(quiz(bad, question("essay", "")))

    assert len(reading.items) == 1
    assert [(r.severity, r.line, "CDATA" in r.text) for r in reading.remarks] == [("error", 2, True)]


def test_an_unknown_type_is_named_and_loses_no_other():
    reading = moodle_xml.read(quiz(question("stack", ""), question("description", "")))

    assert [type(item.interaction) for item in reading.items] == [Inform]
    assert [(r.severity, "'stack'" in r.text) for r in reading.remarks] == [("error", True)]


def test_a_number_that_is_none_is_refused():
    assert told("numerical", answer("many")) == [("error", 2)]


def test_units_are_read_with_their_factors():
    item = moodle_xml.read(SAMPLE.read_bytes()).items[2]

    assert isinstance(item.interaction, EnterNumber)
    assert item.interaction.units == (("km", 1.0), ("mi", 0.6213712))
    assert (item.interaction.unit_grading, item.interaction.unit_penalty) == ("outof_mark", 0.2)


def test_words_to_drag_become_gaps_with_their_groups():
    fill = moodle_xml.read(SAMPLE.read_bytes()).items[4].interaction

    assert fill == Fill(
        "[[1]] lies on the [[2]].",
        (Choose((Option("Baghdad", 1.0),)), Choose((Option("Tigris", 1.0), Option("Nile")))),
    )


def test_a_cloze_has_the_sum_of_its_marks_as_points():
    item = moodle_xml.read(SAMPLE.read_bytes()).items[3]

    assert item.points == 2.0
    assert item.interaction == Fill(
        "Cairo lies on the [[1]].", (EnterText((TextAnswer("Nile"), TextAnswer("river", 0.5))),), (2.0,)
    )


@pytest.mark.parametrize("text", ["no gap", "{1:MULTICHOICE}", "{1:MC:=a}", "{1:MC:a~%50%b}", "{3:NM:=zero}"])
def test_a_broken_cloze_is_refused(text):
    body = f'<question type="cloze"><questiontext><text>{text}</text></questiontext></question>'

    reading = moodle_xml.read(quiz(body))

    assert reading.items == []
    assert "error" in [remark.severity for remark in reading.remarks]


def test_steps_are_read_in_their_order():
    body = f"<gradingtype>ABSOLUTE_POSITION</gradingtype>{answer('a', '1')}{answer('b', '2')}"

    assert read_one("ordering", body).interaction == Arrange(("a", "b"), "absolute_position")


def test_limits_of_an_essay_are_read():
    body = "<minwordlimit>10</minwordlimit><attachments>2</attachments><graderinfo><text>look</text></graderinfo>"

    assert read_one("essay", body).interaction == Write(min_words=10, notes="look", files=2)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<questions/>", "<questions>"),
        (b"<quiz><a>&eacute;</a></quiz>", "eacute"),
        (b"<quiz>\n<a>\x01</a></quiz>", "line 2"),
        (b"<quiz><question>", "line 1"),
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "entities"),
        (b"<?xml version='1.0' encoding='UTF-8'?><quiz><a>\xe9</a></quiz>", "encoding"),
    ],
)
def test_what_is_no_good_xml_is_refused_with_the_reason(data, reason):
    with pytest.raises(NotThisFormat, match=reason):
        moodle_xml.read(data)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_read_where_they_are_declared(encoding):
    text = f"<?xml version='1.0' encoding='{encoding}'?><quiz>{question('essay', '')}</quiz>".replace(
        ">Q<", ">é<"
    )

    assert moodle_xml.read(text.encode(encoding)).items[0].prompt == "é"


def test_two_files_of_one_name_are_kept_apart():
    one, two = (
        f'<{tag}><text>@@PLUGINFILE@@/a.png</text><file name="a.png" encoding="base64">{data}</file></{tag}>'
        for tag, data in (("questiontext", "QQ=="), ("generalfeedback", "Qg=="))
    )
    item = moodle_xml.read(quiz(f'<question type="essay">{one}{two}</question>')).items[0]

    assert [file.data for file in item.files] == [b"A", b"B"]
    assert item.general_feedback == "@@PLUGINFILE@@/2-a.png"


def test_a_file_that_is_not_there_is_told():
    body = "<generalfeedback><text>@@PLUGINFILE@@/no.png</text></generalfeedback>"

    assert told("essay", body) == [("warning", 2)]


def test_a_question_without_a_title_stays_without():
    item = Item("What is it?", Write())

    assert moodle_xml.read(moodle_xml.write([item]).data).items == [item]


def test_a_prompt_above_a_text_with_gaps_stays_apart():
    item = Item("Fill it.", Fill("The [[1]].", (EnterText((TextAnswer("cat"),)),)), prompt_format="html")

    assert moodle_xml.read(moodle_xml.write([item]).data).items == [item]


def test_what_closes_cdata_and_control_characters_do_no_harm():
    item = Item("a ]]> b & <c>", Write(), title="t")

    writing = moodle_xml.write([item, Item("x\x01y", Write(), title="u")])

    assert [one.prompt for one in moodle_xml.read(writing.data).items] == ["a ]]> b & <c>", "xy"]
    assert [remark.where for remark in writing.remarks] == ["u"]
