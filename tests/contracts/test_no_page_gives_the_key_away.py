"""Two questions that differ only in their key look the same to a learner, down to the last byte."""

from __future__ import annotations

import json
import re

import pytest

from quiz.question_types import QUESTION_TYPES
from tests.question_pages import SEEDS, Elements, ids_in, page_of, strings_in

TYPES = pytest.mark.parametrize("question_type", QUESTION_TYPES.values(), ids=lambda t: t.name)
EACH_SEED = pytest.mark.parametrize("seed", SEEDS)
SAMPLES = pytest.mark.parametrize(
    ("question_type", "sample"),
    [
        pytest.param(question_type, sample, id=f"{question_type.name}-{number}")
        for question_type in QUESTION_TYPES.values()
        for number, sample in enumerate(question_type.samples(), start=1)
    ],
)


@pytest.mark.parametrize(
    "question_type", [t for t in QUESTION_TYPES.values() if t.marking != "none"], ids=lambda t: t.name
)
def test_twins_differ_in_their_key_alone(question_type):
    one, other = question_type.twins()

    assert one.key != other.key
    assert one.ask == other.ask
    assert type(one.ask) is not type(one.key)


@TYPES
def test_twins_are_stored_alike_but_for_their_key(question_type):
    one, other = (json.dumps(question_type.ask_to_json(body.ask)) for body in question_type.twins())

    assert one == other


@TYPES
@EACH_SEED
def test_twins_look_the_same(question_type, seed):
    pages = {page_of(question_type, body.ask, seed) for body in question_type.twins()}

    assert len(pages) == 1


@TYPES
@EACH_SEED
def test_twins_that_were_written_in_an_authors_order_look_the_same(question_type, seed):
    # Whoever writes a question writes it in some order; for steps and pairs that order is the key itself.
    written = [question_type.body_to_plain(body) for body in question_type.twins()]
    bodies = [question_type.body_from_plain(plain) for plain in written]

    assert len({page_of(question_type, body.ask, seed) for body in bodies}) == 1
    assert len({json.dumps(question_type.ask_to_json(body.ask)) for body in bodies}) == 1


@SAMPLES
@EACH_SEED
def test_no_id_is_on_the_page(question_type, sample, seed):
    ids = ids_in(question_type.body_to_plain(sample.body))

    words = {
        word
        for _, attributes in Elements(page_of(question_type, sample.body.ask, seed)).all
        for value in attributes.values()
        for word in re.split(r"[^\w]+", value)
    }

    assert not words & ids


@SAMPLES
@EACH_SEED
def test_nothing_that_only_the_key_holds_is_on_the_page(question_type, sample, seed):
    ask, key = sample.body
    # Ids, and words of the page itself, such as a verdict's name, are in every learner's page.
    plain = strings_in(question_type.key_to_json(key))
    secrets = {text for text in plain - strings_in(question_type.ask_to_json(ask)) if len(text) > 3}
    every_page = page_of(question_type, question_type.twins()[1].ask, seed)

    page = page_of(question_type, ask, seed)

    assert [text for text in secrets if text in page and text not in every_page] == []


@TYPES
def test_a_learner_meets_the_same_page_again(question_type):
    ask = question_type.twins()[0].ask

    assert page_of(question_type, ask, "amal") == page_of(question_type, ask, "amal")


@pytest.mark.parametrize("name", ["single_choice", "multiple_choice", "matching", "ordering", "claim_check"])
def test_two_learners_meet_different_values(name):
    question_type = QUESTION_TYPES[name]
    ask = question_type.twins()[0].ask
    fixed = {"holds", "out_of_date", "wrong", "cannot_be_known", "none", "text", "answer"}

    values = [
        {
            control.get("value", control["name"])
            for control in Elements(page_of(question_type, ask, seed)).controls()
        }
        for seed in ("amal", "bilal")
    ]

    assert not values[0] & values[1] - fixed
