from __future__ import annotations

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.formats import FORMATS, guess_format
from tests.hostile_files import ENORMOUS, REFUSED


@pytest.mark.parametrize("name", REFUSED)
def test_what_means_harm_is_refused_with_the_reason_and_makes_no_question(name):
    data = REFUSED[name]()

    try:
        reading = guess_format(data).read(data)
    except NotThisFormat as refusal:
        assert len(str(refusal)) > 15
    else:
        assert reading.items == []
        assert any(remark.severity == "error" and remark.text for remark in reading.remarks)


@pytest.mark.parametrize("name", [*REFUSED, *ENORMOUS])
def test_no_reader_is_silent_about_what_is_hostile_or_enormous(name):
    data = (REFUSED | ENORMOUS)[name]()

    for exchange_format in FORMATS.values():
        try:
            reading = exchange_format.read(data)
        except NotThisFormat as refusal:
            assert str(refusal)
        else:
            assert reading.items or reading.remarks
