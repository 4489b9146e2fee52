from __future__ import annotations

from datetime import date

import pytest

from quiz.core.claims import VERDICTS, Claim, Passage, Role
from quiz.core.standing import (
    NO_EVIDENCE,
    NO_SOURCE,
    NOT_SUPPORTED,
    ONLY_OPINION,
    OVERDUE,
    CitedClaim,
    Standing,
    counts_towards_score,
    is_left_out,
    passage_standing,
    standing_from_plain,
    standing_of,
    standing_to_plain,
)
from tests.small_content import claim

TODAY = date(2026, 11, 23)
CHECKED_ON = date(2026, 11, 22)
DOUBTFUL = [verdict for verdict in VERDICTS if verdict != "supported"]


def cited(cited_claim: Claim, role: Role = "rests_on") -> CitedClaim:
    return CitedClaim(role, cited_claim, CHECKED_ON)


def test_a_world_key_on_supported_claims_is_checked() -> None:
    standing = standing_of("world", [cited(claim())], today=TODAY)

    assert (standing.word, standing.reasons) == ("checked", ())


def test_a_finished_event_shows_when_it_was_checked_and_what_may_change_the_date_of_its_latest_fact() -> None:
    settled, slow = cited(claim(as_of="1901")), cited(claim("a01-2", volatility="slow", as_of="2025-06"))

    assert standing_of("world", [settled], today=TODAY).as_of == "2026-11-22"
    assert standing_of("world", [settled, slow], today=TODAY).as_of == "2025-06"


@pytest.mark.parametrize("verdict", DOUBTFUL)
def test_a_world_key_on_any_other_verdict_is_unverified_with_the_claims_reason(verdict: str) -> None:
    doubtful = cited(claim("a01-2", verdict=verdict, reason="Because."))

    standing = standing_of("world", [cited(claim()), doubtful], today=TODAY)

    (reason,) = standing.reasons
    assert standing.word == "unverified"
    assert (reason.sentence, reason.claim, reason.verdict, reason.detail) == (
        NOT_SUPPORTED,
        "a01-2",
        verdict,
        "Because.",
    )


@pytest.mark.parametrize("basis", ["world", "text", "check"])
def test_a_claim_counts_through_its_last_day_and_not_after(basis: str) -> None:
    due = cited(claim(review_by=TODAY), "checks" if basis == "check" else "rests_on")

    on_the_day = standing_of(basis, [due], today=TODAY)  # type: ignore[arg-type]
    the_day_after = standing_of(basis, [due], today=date(2026, 11, 24))  # type: ignore[arg-type]

    assert on_the_day.is_verified
    assert not the_day_after.is_verified
    assert (the_day_after.reasons[0].sentence, the_day_after.reasons[0].since) == (OVERDUE, "2026-11-23")


def test_a_text_key_is_in_the_source_and_unverified_beside_it_if_the_claim_is_doubtful() -> None:
    holds = standing_of("text", [cited(claim())], today=TODAY)
    doubtful = standing_of("text", [cited(claim(verdict="disputed"))], today=TODAY)

    assert (holds.word, holds.in_source) == ("in_the_source", True)
    assert (doubtful.word, doubtful.in_source) == ("unverified", True)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_check_key_is_the_editors_verdict_whatever_it_is(verdict: str) -> None:
    assert standing_of("check", [cited(claim(verdict=verdict), "checks")], today=TODAY).word == "checked"


def test_a_check_key_needs_evidence() -> None:
    standing = standing_of("check", [cited(claim(evidence=()), "checks")], today=TODAY)

    assert [reason.sentence for reason in standing.reasons] == [NO_EVIDENCE]


@pytest.mark.parametrize(
    ("basis", "role"), [("world", "corrects"), ("world", "checks"), ("check", "rests_on")]
)
def test_a_key_without_a_claim_in_the_role_that_bears_it_has_no_source(basis: str, role: Role) -> None:
    for citations in ([], [cited(claim(), role)]):
        standing = standing_of(basis, citations, today=TODAY)  # type: ignore[arg-type]

        assert [reason.sentence for reason in standing.reasons] == [NO_SOURCE]
        assert not standing.is_verified


def test_what_a_world_key_corrects_may_be_wrong() -> None:
    corrected = cited(claim("a02-1", verdict="wrong"), "corrects")

    assert standing_of("world", [cited(claim()), corrected], today=TODAY).is_verified


def test_opinions_do_not_spoil_a_passage_but_make_none_either() -> None:
    opinion = claim("a01-2", verdict="opinion")

    mixed = passage_standing(
        Passage("a01", "paragraph", "Gist.", claims=(claim(), opinion)), checked_on=CHECKED_ON, today=TODAY
    )
    alone = passage_standing(
        Passage("a01", "paragraph", "Gist.", claims=(opinion,)), checked_on=CHECKED_ON, today=TODAY
    )

    assert mixed.is_verified
    assert [reason.sentence for reason in alone.reasons] == [ONLY_OPINION]


def test_only_what_is_verified_counts_unless_the_quiz_scores_all() -> None:
    checked, unverified = Standing(is_verified=True), Standing(is_verified=False)

    assert [counts_towards_score(checked, policy) for policy in ("unscored", "left_out", "scored")] == [
        True
    ] * 3
    assert [counts_towards_score(unverified, p) for p in ("unscored", "left_out", "scored")] == [
        False,
        False,
        True,
    ]
    assert [is_left_out(unverified, policy) for policy in ("unscored", "left_out", "scored")] == [
        False,
        True,
        False,
    ]
    assert not is_left_out(checked, "left_out")


def test_where_a_person_marks_and_no_claim_is_cited_there_is_no_key_to_doubt():
    bare = standing_of("world", [], today=TODAY, marking="by_hand")

    assert (bare.word, bare.is_verified, bare.as_of) == ("marked_by_a_person", True, "")


def test_what_a_person_marks_stands_like_any_other_as_soon_as_it_cites_a_claim():
    holds = standing_of("world", [cited(claim())], today=TODAY, marking="by_hand")
    doubtful = standing_of("world", [cited(claim(verdict="wrong"))], today=TODAY, marking="by_hand")

    assert (holds.word, doubtful.word) == ("checked", "unverified")


def test_where_nothing_is_asked_there_is_nothing_to_doubt_whatever_is_cited():
    standing = standing_of("world", [cited(claim(verdict="wrong"))], today=TODAY, marking="none")

    assert (standing.word, standing.asks, standing.reasons) == ("nothing_asked", False, ())
    assert standing_from_plain(standing_to_plain(standing)) == standing
