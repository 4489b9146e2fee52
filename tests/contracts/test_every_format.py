"""What every interchange format owes, whoever adds it: nothing is lost in silence, and nothing crashes it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.core.interchange import NotThisFormat
from quiz.core.item_json import item_to_plain
from quiz.formats import FORMATS, guess_format
from tests.exchanged_items import ONE_OF_EACH, items

EACH = pytest.mark.parametrize("exchange_format", FORMATS.values(), ids=lambda f: f.name)
EACH_QUESTION = pytest.mark.parametrize("item", ONE_OF_EACH, ids=lambda i: type(i.interaction).__name__)
UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@EACH
@EACH_QUESTION
def test_a_question_is_carried_unchanged_or_remarked_on(exchange_format, item):
    writing = exchange_format.write([item])

    if type(item.interaction) not in exchange_format.carries:
        assert [remark.severity for remark in writing.remarks] == ["error"]
    elif not writing.remarks:
        _assert_same(exchange_format.read(writing.data).items, item)


@EACH
@UNHURRIED
@given(item=items())
def test_any_question_is_carried_unchanged_or_remarked_on(exchange_format, item):
    writing = exchange_format.write([item])

    if not writing.remarks:
        _assert_same(exchange_format.read(writing.data).items, item)


@EACH
@UNHURRIED
@given(item=items())
def test_a_question_that_is_not_refused_can_be_read_back(exchange_format, item):
    writing = exchange_format.write([item])

    if all(remark.severity != "error" for remark in writing.remarks):
        assert len(exchange_format.read(writing.data).items) == 1


@EACH
@settings(deadline=None, max_examples=100)
@given(rubbish=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_rubbish_is_refused_or_remarked_on(exchange_format, rubbish):
    sure = exchange_format.looks_like(rubbish)

    assert 0 <= sure <= 1
    try:
        exchange_format.read(rubbish)
    except NotThisFormat as refusal:
        assert str(refusal)


@EACH
@settings(deadline=None, max_examples=40)
@given(place=st.floats(0, 1), junk=st.binary(max_size=8), cut=st.booleans())
def test_a_damaged_file_is_refused_or_remarked_on(exchange_format, place, junk, cut):
    whole = exchange_format.write(ONE_OF_EACH).data
    at = int(place * len(whole))

    damaged = whole[:at] + junk + (b"" if cut else whole[at + len(junk) :])

    try:
        exchange_format.read(damaged)
    except NotThisFormat as refusal:
        assert str(refusal)


@EACH
def test_one_question_that_can_not_be_written_loses_no_other(exchange_format):
    kept = [item for item in ONE_OF_EACH if not _refused(exchange_format, item)]

    writing = exchange_format.write(ONE_OF_EACH)

    errors = [remark for remark in writing.remarks if remark.severity == "error"]
    assert len(errors) == len(ONE_OF_EACH) - len(kept)
    if kept and exchange_format.name != "moodle_cloze":
        assert len(exchange_format.read(writing.data).items) == len(kept)


@EACH
def test_its_own_files_are_recognised(exchange_format):
    data = exchange_format.write(ONE_OF_EACH).data

    if data:
        assert guess_format(data, exchange_format.suffixes[0]) is exchange_format


@EACH
def test_what_it_writes_is_the_same_every_time(exchange_format):
    assert exchange_format.write(ONE_OF_EACH).data == exchange_format.write(ONE_OF_EACH).data


@EACH
def test_it_says_what_it_is(exchange_format):
    assert exchange_format.label
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in exchange_format.suffixes)


def _refused(exchange_format, item):
    return any(remark.severity == "error" for remark in exchange_format.write([item]).remarks)


def _assert_same(read, item):
    if read[0].prompt_format == item.prompt_format:
        assert read == [item]
    else:
        # A format of one text format turns the texts into it, so only what is asked has to be the same.
        assert [_skeleton(one) for one in read] == [_skeleton(item)]


def _skeleton(item):
    parts = item_to_plain(item)["interaction"]
    rows = [row for name in ("options", "answers", "pairs", "steps", "gaps") for row in parts.get(name, ())]
    weights = [row.get("fraction") for row in rows if isinstance(row, dict)]
    return parts["kind"], len(rows), weights
