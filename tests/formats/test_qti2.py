"""QTI 2: keys, scores and feedback are read exactly, whatever rules say them, and survive a round trip."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.interchange import NotThisFormat
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
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
from quiz.core.orderings import GRADINGS
from quiz.core.packages import write_package
from quiz.formats.qti2 import format as qti2

SAMPLES = Path(__file__).parents[1] / "samples" / "qti2"


def read(name: str) -> Item:
    [item] = qti2.read((SAMPLES / name).read_bytes()).items
    return item


def one_item(declarations: str, body: str, rules: str = "", attributes: str = 'adaptive="false"') -> bytes:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="Q" '
        f'timeDependent="false" {attributes}>{declarations}'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"<itemBody>{body}</itemBody>{rules}</assessmentItem>"
    ).encode()


def declared(base_type: str, *right: str, cardinality: str = "single", name: str = "RESPONSE") -> str:
    values = "".join(f"<value>{value}</value>" for value in right)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base_type}">'
        f"<correctResponse>{values}</correctResponse></responseDeclaration>"
    )


CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>Which?</prompt>'
    '<simpleChoice identifier="A">first</simpleChoice><simpleChoice identifier="B">second</simpleChoice>'
    "</choiceInteraction>"
)
MATCH_CORRECT = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
)


def test_a_mapping_gives_each_option_its_share_even_below_its_bounds():
    item = read("rivers_choice.xml")

    assert item.points == 2
    assert [(o.text, o.fraction) for o in item.interaction.options] == [
        ("Tigris", 0.5), ("Volga", -1.0), ("Euphrates", 0.5), ("Nile", -0.5),
    ]  # fmt: skip


def test_mapped_words_are_compared_letter_by_letter():
    item = read("capital_text.xml")

    assert item.interaction == EnterText(
        (TextAnswer("Ankara", 1.0), TextAnswer("ankara", 0.5)), case_sensitive=True
    )
    assert item.prompt == "The capital of Turkey is _____, not Istanbul."


def test_rules_written_out_are_read_by_what_they_do():
    item = read("own_rules.xml")

    assert item.interaction == EnterNumber(
        (NumberAnswer("3.14", "0.01", 1.0), NumberAnswer("3.5", "0.5", 0.5)),
    )
    assert item.points == 2
    assert item.feedback_right == "Near enough."
    assert item.feedback_partial == "The right unit, at least."
    assert item.feedback_wrong == "Far off."


def test_gaps_keep_their_weights():
    item = read("gaps.xml")

    assert item.interaction.template.endswith("Syria: [[1]]. Lebanon: [[2]].")
    assert item.interaction.weights == (1.0, 2.0)


def test_a_rule_that_is_not_known_is_told_and_the_declared_answer_taken():
    rules = (
        '<responseProcessing><setOutcomeValue identifier="SCORE"><customOperator><variable '
        'identifier="RESPONSE"/>'
        "</customOperator></setOutcomeValue></responseProcessing>"
    )

    reading = qti2.read(one_item(declared("identifier", "B"), CHOICE, rules))

    assert [o.fraction for o in reading.items[0].interaction.options] == [0.0, 1.0]
    assert "<customOperator>" in reading.remarks[0].text


def test_an_order_with_points_for_each_place_is_recognised():
    body = (
        '<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><simpleChoice '
        'identifier="A">a</simpleChoice>'
        '<simpleChoice identifier="B">b</simpleChoice><simpleChoice '
        'identifier="C">c</simpleChoice></orderInteraction>'
    )
    rule = (
        '<responseCondition><responseIf><match><index n="{n}"><variable identifier="RESPONSE"/></index>'
        '<baseValue baseType="identifier">{step}</baseValue></match><setOutcomeValue identifier="SCORE"><sum>'
        '<variable identifier="SCORE"/><baseValue baseType="float">1</baseValue></sum></setOutcomeValue>'
        "</responseIf></responseCondition>"
    )
    rules = "".join(rule.format(n=n, step=step) for n, step in enumerate("CAB", 1))

    [item] = qti2.read(
        one_item(
            declared("identifier", *"CAB", cardinality="ordered"),
            body,
            f"<responseProcessing>{rules}</responseProcessing>",
        )
    ).items

    assert item.interaction == Arrange(("c", "a", "b"), "absolute_position")
    assert item.points == 3


@pytest.mark.parametrize(
    "name", ["hotspotInteraction", "selectPointInteraction", "graphicOrderInteraction", "drawingInteraction"]
)
def test_a_question_about_places_on_a_picture_is_refused_by_name(name):
    reading = qti2.read(
        one_item(declared("identifier", "A"), f'<{name} responseIdentifier="RESPONSE"/>', MATCH_CORRECT)
    )

    assert reading.items == []
    assert name in reading.remarks[0].text
    assert reading.remarks[0].severity == "error"


def test_an_adaptive_item_is_refused_politely():
    reading = qti2.read(one_item(declared("identifier", "A"), CHOICE, MATCH_CORRECT, 'adaptive="true"'))

    assert reading.items == []
    assert "adaptive" in reading.remarks[0].text


def test_a_survey_without_a_key_is_an_error_not_a_question():
    declaration = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"/>'

    reading = qti2.read(one_item(declaration, CHOICE))

    assert reading.items == []
    assert "which answer is right" in reading.remarks[0].text


def test_one_bad_item_of_a_package_leaves_the_others():
    good = one_item(declared("identifier", "A"), CHOICE, MATCH_CORRECT)

    reading = qti2.read(write_package([("good.xml", good), ("bad.xml", good.replace(b"</itemBody>", b""))]))

    assert [item.id for item in reading.items] == ["q"]
    assert any("not well-formed" in remark.text and remark.where == "bad.xml" for remark in reading.remarks)


def test_a_package_in_a_folder_with_a_test_gives_categories_weights_and_files():
    picture = b"\x89PNG picture"
    body = f'<p><img src="../my%20media/sign.png" alt="A sign"/></p>{CHOICE}'
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>'
        '<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.xml"/>'
        '<resource identifier="i" type="imsqti_item_xmlv2p1" '
        'href="items/q.xml"><metadata><lom><general><keyword>'
        "<langstring>roads</langstring></keyword></general></lom></metadata></resource></resources></manifest>"
    )
    test = (
        '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="T"><testPart>'
        '<assessmentSection identifier="s" title="Signs"><selection '
        'select="1"/><assessmentItemRef identifier="q" '
        'href="items/q.xml"><weight identifier="W" '
        'value="2"/></assessmentItemRef></assessmentSection></testPart>'
        "</assessmentTest>"
    )
    members = {
        "export/imsmanifest.xml": manifest.encode(),
        "export/test.xml": test.encode(),
        "export/items/q.xml": one_item(declared("identifier", "A"), body, MATCH_CORRECT),
        "export/my media/sign.png": picture,
        "__MACOSX/export/._test.xml": b"junk",
    }

    reading = qti2.read(write_package(members.items()))

    [item] = reading.items
    assert (item.category, item.points, item.tags) == ("Signs", 2.0, ("roads",))
    assert item.files == (ItemFile("sign.png", "image/png", picture),)
    assert '<img src="@@PLUGINFILE@@/sign.png" alt="A sign">' in item.prompt
    assert ["draws 1 of 1" in remark.text for remark in reading.remarks] == [True]


def test_a_text_shared_by_items_stands_before_each():
    item = one_item(
        '<assessmentStimulusRef identifier="s" href="../texts/s.xml"/>' + declared("identifier", "A"),
        CHOICE,
        MATCH_CORRECT,
    )
    shared = b"<assessmentStimulus><stimulusBody><p>A long story.</p></stimulusBody></assessmentStimulus>"

    [read_back] = qti2.read(write_package([("items/q.xml", item), ("texts/s.xml", shared)])).items

    assert read_back.prompt == "A long story.\n\nWhich?"


EVERYTHING = [
    Item(
        "Which **one**?",
        Choose((Option("A", 1.0, "yes"), Option("B & <C>"), Option("C", -0.25))),
        id="single",
        title="One",
        tags=("x", "y z"),
        category="a/b",
        points=3.0,
        general_feedback="G",
        feedback_right="R",
        feedback_partial="P",
        feedback_wrong="W",
    ),
    Item(
        '<p>Pick <i>all</i> <img src="@@PLUGINFILE@@/a%20b.png" alt="it"></p>',
        prompt_format="html",
        id="several",
        interaction=Choose(
            (Option("A", 0.5), Option("B", 0.5), Option("C", -1.0)), several=True, shuffle=False
        ),
        files=(ItemFile("a b.png", "image/png", b"png"),),
    ),
    Item(
        "All?",
        Choose((Option("A", 1.0, "fa"), Option("B", 1.0), Option("C", 0.0, "fc")), True, True, True),
        id="all",
    ),
    Item("Words?", Choose((Option("True", 1.0), Option("False")), shuffle=False), id="words"),
    Item("Last?", Choose((Option("A", 1.0), Option("B"), Option("None", is_pinned=True))), id="last"),
    Item(
        "Both?", Choose((Option("A", 1.0), Option("B", is_pinned=True)), True, all_or_nothing=True), id="both"
    ),
    Item("Flat?", Judge(False, "right!", "wrong!"), id="an id with blanks"),
    Item(
        "Sky?",
        EnterText((TextAnswer("blue", 1.0), TextAnswer("azure", 0.5))),
        id="text",
        points=0.5,
        language="en",
    ),
    Item(
        "Wild?",
        EnterText((TextAnswer("F*og", 1.0, "x"), TextAnswer("cat\\*", 0.5), TextAnswer("*", 0.0, "no"))),
        id="wild",
    ),
    Item(
        "Pi?",
        EnterNumber(
            (
                NumberAnswer("3.14", "0.01", 1.0, "good"),
                NumberAnswer("3", "1", 0.5),
                NumberAnswer("*", "0", 0.0, "bad"),
            ),
            unit="cm",
        ),
        id="number",
    ),
    Item("Near?", EnterNumber((NumberAnswer("100", "0.05", 1.0, "", "relative"),)), id="relative"),
    Item("Match", Match((("a", "1"), ("b", "2"), ("c", "1")), ("3",), shuffle=False), id="match"),
    *(Item("Order", Arrange(("one", "two", "three", "four"), grading), id=grading) for grading in GRADINGS),
    Item(
        "Intro",
        Fill(
            "The [[1]] on [[2]], [[3]].",
            (
                EnterText((TextAnswer("cat"),)),
                EnterNumber((NumberAnswer("2"),)),
                Choose((Option("yes", 1.0, "f"), Option("no", 0.0, "g"))),
            ),
        ),
        id="fill",
    ),
    Item(
        "",
        Fill("[[1]] [[2]]", (EnterText((TextAnswer("a"),)), EnterText((TextAnswer("b"),))), (1.0, 2.0)),
        id="weights",
    ),
    Item("When?", EnterDate("2024-04", "month"), id="date"),
    Item("Claim", CheckClaim("wrong", (("It was 3.", True), ("It was 4.", False))), id="claim"),
    Item("Essay", Write(10, 200, "start", "for markers", 1), id="essay", points=5.0),
    Item("Read this.\n\nAnd that.", Inform(), id="inform", points=0.0, prompt_format="plain"),
]


@pytest.mark.parametrize("item", EVERYTHING, ids=lambda item: item.id)
def test_every_kind_of_question_comes_back_as_it_went(item):
    written = qti2.write([item])

    assert qti2.read(written.data).items == [item]


def test_a_picture_in_a_feedback_goes_along():
    picture = ItemFile("map.png", "image/png", b"png")
    told = "Look: ![a map](@@PLUGINFILE@@/map.png)"
    item = Item("Where?", Choose((Option("here", 1.0), Option("there", 0.0, told))), id="q", files=(picture,))

    assert qti2.read(qti2.write([item]).data).items == [item]


def test_what_would_come_back_otherwise_is_told():
    answers = (TextAnswer("colour", 1.0), TextAnswer("Colour", 0.5))

    [remark] = qti2.write([Item("Which?", EnterText(answers, case_sensitive=False), id="q")]).remarks

    assert remark.severity == "warning"
    assert "what it asks" in remark.text


def test_the_same_items_give_the_same_bytes():
    assert qti2.write(EVERYTHING).data == qti2.write(EVERYTHING).data


def test_a_package_lists_all_its_files_in_its_manifest(tmp_path):
    (tmp_path / "out.zip").write_bytes(qti2.write(EVERYTHING).data)

    with ZipFile(tmp_path / "out.zip") as archive:
        manifest = archive.read("imsmanifest.xml").decode()
        unlisted = [
            n for n in archive.namelist() if n != "imsmanifest.xml" and n.replace(" ", "%20") not in manifest
        ]

    assert unlisted == []


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=12,
)
texts = st.lists(words, min_size=1, max_size=3).map(" ".join)
shares = st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 0.75, -0.5, -1.0])


@st.composite
def single_choices(draw):
    names = draw(st.lists(texts, min_size=2, max_size=6, unique=True))
    options = [Option(name, draw(shares), draw(st.sampled_from(["", "Think again."]))) for name in names]
    options[draw(st.integers(0, len(options) - 1))] = Option(names[0] + "!", 1.0)
    return Choose(tuple(options), shuffle=draw(st.booleans()))


@settings(max_examples=60, deadline=None)
@given(choice=single_choices(), prompt=texts, points=st.sampled_from([1.0, 0.5, 3.0, 7.25]))
def test_any_choice_comes_back_with_its_exact_shares(choice, prompt, points):
    item = Item(prompt, choice, id="q", prompt_format="plain", points=points)

    [back] = qti2.read(qti2.write([item]).data).items

    assert [o.fraction for o in back.interaction.options] == [o.fraction for o in choice.options]
    assert back.points == points


@settings(max_examples=40, deadline=None)
@given(
    value=st.decimals(-1000, 1000, places=3),
    tolerance=st.decimals(0, 10, places=2),
    wider=st.decimals(11, 20, places=1),
)
def test_any_number_comes_back_as_it_was_written(value, tolerance, wider):
    answers = (NumberAnswer(str(value), str(tolerance)), NumberAnswer(str(value), str(wider), 0.5))

    [back] = qti2.read(qti2.write([Item("How many?", EnterNumber(answers), id="q")]).data).items

    assert [(float(a.value), float(a.tolerance), a.fraction) for a in back.interaction.answers] == [
        (float(a.value), float(a.tolerance), a.fraction) for a in answers
    ]


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=400), cut=st.integers(0, 3000))
def test_rubbish_is_refused_or_remarked_upon_and_never_a_crash(data, cut):
    for bad in (
        data,
        qti2.write(EVERYTHING[:1]).data[:cut],
        (SAMPLES / "gaps.xml").read_bytes()[:cut] + data,
    ):
        try:
            reading = qti2.read(bad)
        except NotThisFormat:
            continue
        assert reading.items or reading.remarks


def test_declared_entities_are_refused():
    hostile = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + one_item(
        declared("identifier", "A"), "<p>&e;</p>"
    )

    with pytest.raises(NotThisFormat, match="entities"):
        qti2.read(hostile)
