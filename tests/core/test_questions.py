from __future__ import annotations

from types import SimpleNamespace

import pytest

from quiz.core.claims import VERDICTS, Citation, Role, Verdict
from quiz.core.questions import KEYED_VERDICT, UnfitCitation, check_citations
from tests.small_content import claim, wording

RIGHT = [
    ("supported", "holds"),
    ("dated", "out_of_date"),
    ("wrong", "wrong"),
    ("inconsistent", "wrong"),
    ("disputed", "cannot_be_known"),
    ("unsupported", "cannot_be_known"),
    ("opinion", "cannot_be_known"),
]


def check(basis: str, role: Role, verdict: Verdict, key: object = None) -> None:
    cites = wording(basis=basis, key=key, citations=(Citation("bridge", "a01-1", role),))
    check_citations(cites, {("bridge", "a01-1"): claim(verdict=verdict)})


@pytest.mark.parametrize("verdict", ["dated", "wrong"])
def test_what_a_source_says_wrongly_may_not_be_keyed_as_text(verdict: Verdict) -> None:
    with pytest.raises(UnfitCitation, match=f"a01-1 is {verdict}: .* must be asked as a check"):
        check("text", "rests_on", verdict)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_it_may_be_corrected_or_checked_or_keyed_to_the_world_as_unverified(verdict: Verdict) -> None:
    check("text", "corrects", verdict)
    check("check", "checks", verdict)
    check("world", "rests_on", verdict)


@pytest.mark.parametrize("verdict", ["supported", "disputed", "unsupported", "inconsistent", "opinion"])
def test_what_is_not_wrong_may_be_keyed_as_text(verdict: Verdict) -> None:
    check("text", "rests_on", verdict)


def test_every_verdict_has_its_right_answer() -> None:
    assert dict(RIGHT) == KEYED_VERDICT


@pytest.mark.parametrize(("verdict", "right"), RIGHT)
def test_a_keyed_verdict_must_agree_with_the_editors(verdict: Verdict, right: str) -> None:
    check("check", "checks", verdict, SimpleNamespace(verdict=right))
    for other in {"holds", "out_of_date", "wrong", "cannot_be_known"} - {right}:
        with pytest.raises(UnfitCitation, match=f"the right answer is {right}"):
            check("check", "checks", verdict, SimpleNamespace(verdict=other))


def test_a_claim_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnfitCitation, match="there is no claim a01-1 in bridge"):
        check_citations(wording(), {})


def test_what_stands_outside_of_every_passage_can_not_be_cited() -> None:
    footer = claim(passage="", where="in the footer")

    with pytest.raises(UnfitCitation, match=r"a01-1 is printed outside of every passage \(in the footer\)"):
        check_citations(wording(), {("bridge", "a01-1"): footer})
