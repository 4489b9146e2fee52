from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.core.verdicts import TypedVerdict, UnusableVerdict, judged_anew
from tests.conftest import TODAY
from tests.small_content import claim

TYPED = TypedVerdict(
    "dated",
    "It was closed in 2020.",
    "It was open until 2020.",
    "2020",
    "2027-05-31",
    "https://example.org/a\n\n",
)


def test_a_verdict_changes_what_was_typed_and_nothing_else():
    judged = judged_anew(claim(), TYPED, today=TODAY)

    assert (judged.verdict, judged.as_of, judged.evidence) == ("dated", "2020", ("https://example.org/a",))
    assert judged.statement == claim().statement


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"verdict": "nonsense"}, "verdict"),
        ({"reason": " "}, "reason"),
        ({"correction": ""}, "correction"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": "2027"}, "as_of"),
        ({"review_by": "soon"}, "review_by"),
        ({"review_by": "2026-11-22"}, "review_by"),
        ({"evidence": "\n"}, "evidence"),
    ],
)
def test_a_verdict_that_lacks_something_is_refused_at_its_field(changes, field):
    with pytest.raises(UnusableVerdict) as refused:
        judged_anew(claim(), replace(TYPED, **changes), today=TODAY)

    assert refused.value.field == field


def test_an_opinion_needs_no_evidence():
    assert judged_anew(claim(), replace(TYPED, verdict="opinion", evidence=""), today=TODAY).evidence == ()
