"""What every question type owes, whoever adds it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, FormField
from wtforms.form import BaseForm

from quiz.core.question_type import Body, UnreadableResponse, UnusableBody
from quiz.core.rubrics import HandKey
from quiz.question_types import QUESTION_TYPES
from tests.question_pages import ENVIRONMENT, SEEDS, Elements, page_of

TYPES = pytest.mark.parametrize("question_type", QUESTION_TYPES.values(), ids=lambda t: t.name)
SAMPLES = pytest.mark.parametrize(
    ("question_type", "sample"),
    [
        pytest.param(question_type, sample, id=f"{question_type.name}-{number}")
        for question_type in QUESTION_TYPES.values()
        for number, sample in enumerate(question_type.samples(), start=1)
    ],
)
UNREADABLE = pytest.mark.parametrize(
    ("question_type", "body", "submitted"),
    [
        pytest.param(question_type, body, submitted, id=f"{question_type.name}-{number}")
        for question_type in QUESTION_TYPES.values()
        for number, (body, submitted) in enumerate(question_type.unreadable(), start=1)
    ],
)
# What has a key is marked by it; what is asked can be answered. The rest of the promises hold for every type.
KEYED = pytest.mark.parametrize(
    "question_type", [t for t in QUESTION_TYPES.values() if t.marking == "by_key"], ids=lambda t: t.name
)
ASKING = pytest.mark.parametrize(
    "question_type", [t for t in QUESTION_TYPES.values() if t.marking != "none"], ids=lambda t: t.name
)
KEYED_SAMPLES, ASKING_SAMPLES = (
    pytest.mark.parametrize(
        ("question_type", "sample"),
        [
            pytest.param(question_type, sample, id=f"{question_type.name}-{number}")
            for question_type in QUESTION_TYPES.values()
            for number, sample in enumerate(question_type.samples(), start=1)
            if question_type.marking in markings
        ],
    )
    for markings in (("by_key",), ("by_key", "by_hand"))
)
EACH_SEED = pytest.mark.parametrize("seed", SEEDS)


@SAMPLES
@EACH_SEED
def test_a_sample_earns_what_it_says(question_type, sample, seed):
    ask, key = sample.body
    submitted = question_type.submitted_from(ask, sample.response, seed)
    response = question_type.read_response(ask, submitted, seed)

    mark = question_type.grade(ask, key, response)

    assert response == sample.response
    assert (mark is None) == (sample.expected is None) == (question_type.marking != "by_key")
    if mark is not None:
        assert mark.fraction == pytest.approx(sample.expected.fraction)
        assert mark.feedback == sample.expected.feedback


@TYPES
def test_it_has_a_sample(question_type):
    samples = list(question_type.samples())

    assert samples
    assert all((sample.response is None) == (question_type.marking == "none") for sample in samples)


@KEYED
def test_it_has_a_right_and_a_wrong_sample(question_type):
    marks = [sample.expected for sample in question_type.samples()]

    assert any(mark.is_right for mark in marks)
    assert any(mark.is_wrong for mark in marks)


@UNREADABLE
@EACH_SEED
def test_what_can_not_be_read_is_refused_with_a_sentence(question_type, body, submitted, seed):
    with pytest.raises(UnreadableResponse) as caught:
        question_type.read_response(body.ask, submitted, seed)

    assert str(caught.value)
    assert "%" not in caught.value.sentence


@ASKING
def test_something_is_unreadable(question_type):
    assert list(question_type.unreadable())


@SAMPLES
def test_nothing_sent_is_no_response(question_type, sample):
    ask = sample.body.ask
    blank = {name: [""] for name in question_type.submitted_from(ask, sample.response, "seed")}

    assert question_type.read_response(ask, {}, "seed") is None
    assert question_type.read_response(ask, blank, "seed") is None


@SAMPLES
def test_its_response_survives_storage(question_type, sample):
    stored = _through_json(sample.response)

    assert stored == sample.response
    assert question_type.grade(*sample.body, stored) == question_type.grade(*sample.body, sample.response)


@SAMPLES
def test_its_two_halves_survive_storage(question_type, sample):
    ask, key = sample.body

    assert question_type.ask_from_json(_through_json(question_type.ask_to_json(ask))) == ask
    assert question_type.key_from_json(_through_json(question_type.key_to_json(key))) == key


@SAMPLES
def test_the_stored_ask_keeps_the_authors_order(question_type, sample):
    ask = sample.body.ask
    stored = question_type.ask_from_json(_through_json(question_type.ask_to_json(ask)))

    assert question_type.present(stored, "seed") == question_type.present(ask, "seed")


@SAMPLES
def test_its_body_survives_a_bank_file(question_type, sample):
    written = _through_json(question_type.body_to_plain(sample.body))

    assert question_type.body_from_plain(written) == sample.body


@TYPES
def test_a_misspelt_field_is_refused(question_type):
    [sample, *_] = question_type.samples()
    written = question_type.body_to_plain(sample.body)

    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_plain(written | {"anwser": "x"})

    assert caught.value.field == "anwser"


# Whoever marks by hand needs no more than the question.
@KEYED
def test_an_empty_body_is_refused(question_type):
    with pytest.raises(UnusableBody):
        question_type.body_from_plain({})


@TYPES
def test_the_authors_form_has_the_fields_that_it_reads(question_type):
    [sample, *_] = question_type.samples()

    assert set(question_type.form_from_body(sample.body)) == set(question_type.author_fields())


@SAMPLES
def test_its_body_survives_the_authors_form_untouched(question_type, sample):
    form = _form(question_type, sample.body)

    assert question_type.body_from_form(form.data) == sample.body


@SAMPLES
def test_its_body_survives_the_authors_form_sent_by_a_browser(question_type, sample):
    shown = _form(question_type, sample.body)
    sent = BaseForm(question_type.author_fields())
    sent.process(formdata=MultiDict(_fields_sent(shown)))

    assert sent.validate(), sent.errors
    assert question_type.body_from_form(sent.data) == sample.body


@KEYED
def test_an_authors_empty_form_is_refused_at_one_of_its_fields(question_type):
    form = BaseForm(question_type.author_fields())
    form.process()

    with pytest.raises(UnusableBody) as caught:
        question_type.body_from_form(form.data)

    assert caught.value.field in question_type.author_fields()


@SAMPLES
def test_its_body_survives_interchange_but_for_its_ids(question_type, sample):
    item = question_type.to_item("What?", sample.body)
    read = question_type.from_item(item)

    assert read is not None
    assert question_type.to_item("What?", read) == item


@SAMPLES
def test_no_two_types_claim_the_same_item(question_type, sample):
    item = question_type.to_item("What?", sample.body)

    claims = [t.name for t in QUESTION_TYPES.values() if t.from_item(item) is not None]

    assert claims == [question_type.name]


@TYPES
def test_its_template_can_ask(question_type):
    macros = ENVIRONMENT.get_template(f"question_types/{question_type.name}.html").module

    assert macros.ask.arguments == ("shown", "typed", "labelled_by", "problem", "speech")


@SAMPLES
@EACH_SEED
def test_its_page_shows_again_what_was_typed(question_type, sample, seed):
    ask = sample.body.ask
    submitted = question_type.submitted_from(ask, sample.response, seed)

    page = Elements(page_of(question_type, ask, seed, submitted))

    assert question_type.read_response(ask, page.sent, seed) == sample.response


@SAMPLES
def test_nothing_is_chosen_for_the_learner(question_type, sample):
    ask = sample.body.ask
    sent = Elements(page_of(question_type, ask, "seed")).sent

    # What stands in a field at first, for a text to be built on, is no answer yet.
    assert sent == {} or question_type.marking == "by_hand"
    assert question_type.read_response(ask, sent, "seed") is None


@SAMPLES
def test_every_control_has_a_name_of_its_own_kind_and_a_label(question_type, sample):
    page = Elements(page_of(question_type, sample.body.ask, "seed", problem="stem-problem"))
    labelled = {attributes["for"] for tag, attributes in page.all if tag == "label" and "for" in attributes}
    wrapping = sum(tag == "label" and "for" not in attributes for tag, attributes in page.all)

    boxes = [control for control in page.controls() if control.get("type") in ("radio", "checkbox")]
    others = [control for control in page.controls() if control not in boxes]

    assert all(control["name"].startswith("answer") for control in page.controls())
    assert len(boxes) == wrapping
    for control in others:
        assert control["id"] in labelled or control.get("aria-label") or "stem" in control["aria-labelledby"]
        assert control["autocomplete"] == "off"
        assert control["aria-invalid"] == "true"
        assert control["aria-describedby"].split()[-1] == "stem-problem"


@SAMPLES
def test_its_first_control_can_be_led_to_and_no_id_stands_twice(question_type, sample):
    page = Elements(page_of(question_type, sample.body.ask, "seed"))
    ids = [attributes["id"] for _, attributes in page.all if "id" in attributes]

    assert "stem-first" in ids
    assert question_type.marking == "none" or page.controls()[0]["id"] == "stem-first"
    assert len(ids) == len(set(ids))


@SAMPLES
def test_every_reference_on_the_page_leads_somewhere(question_type, sample):
    page = Elements(page_of(question_type, sample.body.ask, "seed"))
    ids = {attributes["id"] for _, attributes in page.all if "id" in attributes} | {"stem"}

    for _, attributes in page.all:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= ids


@ASKING_SAMPLES
def test_its_words_tell_every_part_of_the_response(question_type, sample):
    ask, key = sample.body

    told = question_type.answer_lines(ask, sample.response)
    reviewed = question_type.review_lines(ask, key, sample.response)

    assert [(line.asked, line.given) for line in told] == [(line.asked, line.given) for line in reviewed]
    assert any(line.given for line in told)
    assert all(bool(line.right) == (question_type.marking == "by_key") for line in reviewed)


@KEYED_SAMPLES
def test_its_review_agrees_with_its_mark(question_type, sample):
    ask, key = sample.body
    mark = question_type.grade(ask, key, sample.response)

    lines = question_type.review_lines(ask, key, sample.response)

    assert mark.is_right == all(line.fraction == pytest.approx(1) for line in lines)
    assert all(0 <= line.fraction <= 1 for line in lines)
    assert " ".join(mark.feedback) == " ".join(line.feedback for line in lines if line.feedback)


@KEYED
def test_a_response_that_earns_nothing_has_no_right_part(question_type):
    body, response = next((s.body, s.response) for s in question_type.samples() if s.expected.is_wrong)

    assert [line.fraction for line in question_type.review_lines(*body, response)] == [0.0] * len(
        question_type.review_lines(*body, None)
    )


@ASKING_SAMPLES
def test_what_was_left_blank_can_be_reviewed(question_type, sample):
    lines = question_type.review_lines(*sample.body, None)

    assert lines
    assert all(line.given == "" and line.fraction == 0 and not line.feedback for line in lines)
    assert all(bool(line.right) == (question_type.marking == "by_key") for line in lines)


@TYPES
def test_what_is_marked_by_hand_holds_what_markers_go_by(question_type):
    keys = [sample.body.key for sample in question_type.samples()]

    assert all(isinstance(key, HandKey) == (question_type.marking == "by_hand") for key in keys)


def _through_json(plain: Any) -> Any:
    # Stored JSON has its keys sorted.
    return json.loads(json.dumps(plain, ensure_ascii=False, sort_keys=True))


def _form(question_type: Any, body: Body) -> BaseForm:
    form = BaseForm(question_type.author_fields())
    form.process(data=question_type.form_from_body(body))
    return form


def _fields_sent(fields: Any) -> list[tuple[str, str]]:
    """Return what a browser sends for these fields."""
    sent: list[tuple[str, str]] = []
    for field in fields:
        match field:
            case FieldList() | FormField():
                sent += _fields_sent(field)
            case BooleanField():
                sent += [(field.name, "y")] if field.data else []
            case Field():
                sent.append((field.name, str(field._value() if hasattr(field, "_value") else field.data)))
    return sent
