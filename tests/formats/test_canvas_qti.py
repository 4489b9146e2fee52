"""QTI 1.2 as Canvas writes it: every question type in, and out again with every loss told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.interchange import NotThisFormat
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Item,
    ItemFile,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.packages import write_package
from quiz.formats.canvas_qti import format as canvas
from quiz.formats.qti2 import format as qti2
from tests.formats.test_qti2 import EVERYTHING

SAMPLE = (Path(__file__).parents[1] / "samples" / "canvas_qti" / "every_kind.xml").read_bytes()
READ = canvas.read(SAMPLE)
BY_ID = {item.id: item for item in READ.items}


def asked(ident: str):
    return BY_ID[ident].interaction


def bare(presentation: str, processing: str = "", meta: str = "") -> bytes:
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><item ident="q" title="Q">'
        f"{meta}<presentation>{presentation}</presentation><resprocessing>{processing}</resprocessing></item></questestinterop>"
    ).encode()


def response_of(labels: str, cardinality: str) -> str:
    render = f"<render_choice>{labels}</render_choice>"
    return f'<response_lid ident="r" rcardinality="{cardinality}">{render}</response_lid>'


def test_html_in_a_text_is_kept_and_plain_options_stay_plain():
    assert BY_ID["mc"].prompt == "<p>Which is the capital of <b>Egypt</b>?</p>"
    assert asked("mc").options[1] == Option("Giza & Luxor", 0.0, "<p>Two other cities.</p>", "plain")


def test_feedback_to_everybody_to_the_right_and_to_the_wrong_is_told_apart():
    item = BY_ID["mc"]

    assert (item.general_feedback, item.feedback_right, item.feedback_wrong) == (
        "<p>About Egypt.</p>", "<p>Yes.</p>", "<p>No.</p>",
    )  # fmt: skip
    assert item.points == 2.5


def test_each_question_type_becomes_its_kind():
    assert asked("tf") == Judge(True)
    assert asked("sa") == EnterText((TextAnswer("Illinois"), TextAnswer("IL")))
    assert asked("match") == Match((("France", "Paris"), ("Italy", "Rome")), ("Oslo",))
    assert asked("essay") == Write()
    assert asked("file") == Write(files=1)
    assert asked("text") == Inform()


def test_several_answers_are_all_or_nothing():
    assert [o.fraction for o in asked("ma").options] == [1.0, 0.0, 1.0]
    assert asked("ma").all_or_nothing


def test_a_number_keeps_its_margin_in_percent_and_a_range_its_middle():
    assert asked("num") == EnterNumber(
        (NumberAnswer("200.0", "0.2", tolerance_type="relative"), NumberAnswer("4", "0.1"))
    )


def test_every_answer_listed_for_a_blank_counts():
    assert asked("fimb") == Fill(
        "<p>Roses are [[1]], violets are [[2]].</p>",
        (EnterText((TextAnswer("red"), TextAnswer("crimson"))), EnterText((TextAnswer("blue"),))),
    )


def test_a_formula_is_refused_by_name_and_a_group_remarked_upon():
    told = [(remark.severity, remark.text) for remark in READ.remarks]

    assert told[0][0] == "error" and "calculated_question" in told[0][1]
    assert told[1][0] == "note" and "draws 1 of 1" in told[1][1]
    assert BY_ID["in_group"].category == "Every kind/Easy ones"


def test_options_that_earn_different_points_keep_their_shares():
    labels = "".join(
        f'<response_label ident="{i}"><material><mattext>{i}</mattext></material></response_label>'
        for i in "AB"
    )
    processing = "".join(
        f'<respcondition><conditionvar><varequal respident="r">{i}</varequal></conditionvar>'
        f'<setvar action="Set" varname="SCORE">{points}</setvar></respcondition>'
        for i, points in (("A", "10.0"), ("B", "5.0"))
    )
    shown = response_of(labels, "Single")

    [item] = canvas.read(bare(shown, processing)).items

    assert [o.fraction for o in item.interaction.options] == [1.0, 0.5]


def test_fields_within_a_sentence_stand_as_gaps_where_they_stood():
    render = '<render_fib><response_label ident="A"/></render_fib>'
    field = '<response_str ident="{}" rcardinality="Single">' + render + "</response_str>"
    text = "<material><mattext>{}</mattext></material>"
    shown = text.format("Now is the ") + field.format("F1") + text.format(" of our ") + field.format("F2")
    processing = (
        '<respcondition><conditionvar><varequal respident="F1" case="Yes">winter</varequal>'
        '<varequal respident="F2" case="Yes">discontent</varequal></conditionvar>'
        '<setvar action="Add" varname="S">3</setvar></respcondition>'
    )

    reading = canvas.read(bare(shown, processing))

    assert reading.items[0].interaction == Fill(
        "Now is the [[1]] of our [[2]]",
        (EnterText((TextAnswer("winter"),), True), EnterText((TextAnswer("discontent"),), True)),
    )
    assert "only count together" in reading.remarks[0].text


def test_xml_that_is_not_well_formed_is_mended_with_a_warning():
    reading = canvas.read(SAMPLE.replace(b'version="1.0" encoding', b'version="1.0"encoding', 1))

    assert len(reading.items) == len(READ.items)
    assert "was mended" in reading.remarks[0].text


def test_an_assessment_that_a_cartridge_holds_twice_is_read_once():
    members = {
        "imsmanifest.xml": b"<manifest/>",
        "abc/assessment_qti.xml": SAMPLE,
        "abc/assessment_meta.xml": b"<quiz/>",
        "non_cc_assessments/abc.xml.qti": SAMPLE,
    }

    assert len(canvas.read(write_package(members.items())).items) == len(READ.items)


@pytest.mark.parametrize("base", ["$IMS-CC-FILEBASE$/", "%24IMS-CC-FILEBASE%24/", "$IMS_CC_FILEBASE$/"])
def test_pictures_are_found_in_the_package(base):
    prompt = f'&lt;img src="{base}Uploaded%20Media/a.png?canvas_download=1" alt="A"&gt;'
    document = bare(f'<material><mattext texttype="text/html">{prompt}</mattext></material>')

    [item] = canvas.read(
        write_package([("q/q.xml", document), ("web_resources/Uploaded Media/a.png", b"png")])
    ).items

    assert item.prompt == '<img src="@@PLUGINFILE@@/a.png" alt="A">'
    assert item.files == (ItemFile("a.png", "image/png", b"png"),)


def test_a_package_of_another_version_is_not_taken_for_one_of_canvas():
    assert canvas.looks_like(qti2.write(EVERYTHING).data) == 0
    assert canvas.looks_like(SAMPLE) > 0.9
    with pytest.raises(NotThisFormat, match="Canvas"):
        qti2.read(SAMPLE)


LOSSLESS = {"all", "words", "an id with blanks", "all_or_nothing", "date", "claim", "inform", "relative"}


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: item.id)
def test_each_question_comes_back_as_it_went_or_its_loss_is_told(item):
    written = canvas.write([item])

    if item.id in LOSSLESS:
        assert canvas.read(written.data).items == [item]
    else:
        back = canvas.read(written.data).items if "left out" not in str(written.remarks) else []
        assert back == [item] or any(remark.severity != "note" for remark in written.remarks)


def test_a_choice_with_a_picture_and_feedback_comes_back_whole():
    item = Item(
        "Look: ![A](@@PLUGINFILE@@/a%20b.png)",
        Choose((Option("yes", 1.0, "Well seen."), Option("no", 0.0, "Look again."))),
        id="q",
        title="T",
        category="Signs",
        tags=("roads", "with a blank"),
        points=2.5,
        general_feedback="Signs matter.",
        feedback_right="Yes.",
        feedback_wrong="No.",
        files=(ItemFile("a b.png", "image/png", b"png"),),
    )

    written = canvas.write([item])

    assert written.remarks == []
    assert canvas.read(written.data).items == [item]
    assert canvas.write([item]).data == written.data


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300), cut=st.integers(0, len(SAMPLE)))
def test_rubbish_is_refused_or_remarked_upon_and_never_a_crash(data, cut):
    for bad in (data, SAMPLE[:cut], SAMPLE[:cut] + data + SAMPLE[cut:]):
        try:
            reading = canvas.read(bad)
        except NotThisFormat:
            continue
        assert reading.items or reading.remarks


def test_an_order_is_read_as_one():
    labels = "".join(
        f'<response_label ident="{i}"><material><mattext>{i}</mattext></material></response_label>'
        for i in "ABC"
    )
    shown = response_of(labels, "Ordered")
    order = "".join(f'<varequal respident="r">{i}</varequal>' for i in "BAC")
    scores = '<setvar varname="SCORE">100</setvar>'
    processing = f"<respcondition><conditionvar>{order}</conditionvar>{scores}</respcondition>"

    [item] = canvas.read(bare(shown, processing)).items

    assert item.interaction == Arrange(("B", "A", "C"), "all_or_nothing")
