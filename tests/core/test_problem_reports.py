from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.core.problem_reports import ProblemText, UnusableReport, usable_report

APPEAL = ProblemText("appeal", "It closed in 1990.", "https://example.org/bridge", "1990-05")


def test_a_report_needs_no_more_than_a_kind_and_words():
    assert usable_report(ProblemText("wrong", " No. "), knows_mark=False).words == "No."


def test_an_appeal_keeps_its_address_and_date():
    assert usable_report(APPEAL, knows_mark=True) == APPEAL


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"words": " "}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"address": ""}, "address"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "https://a b"}, "address"),
        ({"source_date": ""}, "source_date"),
        ({"source_date": "last year"}, "source_date"),
    ],
)
def test_an_appeal_that_lacks_something_is_refused_at_its_field(changes, field):
    with pytest.raises(UnusableReport) as refused:
        usable_report(replace(APPEAL, **changes), knows_mark=True)

    assert refused.value.field == field


def test_nobody_appeals_before_there_is_a_mark():
    with pytest.raises(UnusableReport):
        usable_report(APPEAL, knows_mark=False)
