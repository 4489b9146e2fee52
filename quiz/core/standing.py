"""Standing: what a learner is told about an answer key, computed from basis and verdicts each time it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from quiz.core.claims import Basis, Claim, Passage, Role, Verdict
from quiz.core.messages import N_
from quiz.core.partial_dates import earliest
from quiz.core.question_type import MarkedBy

Policy = Literal["unscored", "left_out", "scored"]
About = Literal["key", "person", "nothing"]
"""What stands behind a mark: an answer key, somebody's judgement without a source, or nothing: nothing is asked."""

VERDICT_WORDS: dict[Verdict, str] = {
    "supported": N_("supported"),
    "dated": N_("out of date"),
    "wrong": N_("wrong"),
    "disputed": N_("disputed"),
    "unsupported": N_("unsupported"),
    "inconsistent": N_("contradicts itself"),
    "opinion": N_("an opinion"),
}

NO_SOURCE = N_("no source")
OVERDUE = N_("due for a new check since {date}")
NO_EVIDENCE = N_("the verdict has no evidence yet")
NOT_SUPPORTED = N_("{verdict}: {reason}")
ONLY_OPINION = N_("only opinions, which can't be checked")


@dataclass(frozen=True)
class CitedClaim:
    """A claim as a question cites it. checked_on: when its source was last gone through."""

    role: Role
    claim: Claim
    checked_on: date


@dataclass(frozen=True)
class Reason:
    """Why a key is unverified: a sentence to translate, what fills it, and the claim it speaks of ("" if none)."""

    sentence: str
    claim: str = ""
    verdict: Verdict | None = None
    detail: str = ""
    since: str = ""


@dataclass(frozen=True)
class Standing:
    """is_verified: whether the key may count. in_source: the key is what the source says, not what is so.

    as_of: the date beside the badge, as precise as is known; "" if unverified, in the source alone, or not about a key.
    about: a question that a person marks is about a "key", too, as soon as it cites a claim.
    """

    is_verified: bool
    in_source: bool = False
    as_of: str = ""
    reasons: tuple[Reason, ...] = ()
    about: About = "key"

    @property
    def asks(self) -> bool:
        """Tell whether the question asks for anything."""
        return self.about != "nothing"

    @property
    def word(
        self,
    ) -> Literal["checked", "in_the_source", "unverified", "marked_by_a_person", "nothing_asked"]:
        """Return the one word by which files and commands call it."""
        if self.about == "nothing":
            return "nothing_asked"
        if self.about == "person":
            return "marked_by_a_person"
        if not self.is_verified:
            return "unverified"
        return "in_the_source" if self.in_source else "checked"


BY_A_PERSON = Standing(is_verified=True, about="person")
NOTHING_ASKED = Standing(is_verified=True, about="nothing")


def standing_of(
    basis: Basis, cited: Iterable[CitedClaim], *, today: date, marking: MarkedBy = "by_key"
) -> Standing:
    """Return the standing of a question with this basis and these citations on that day.

    world: every claim that the key rests on is supported and not overdue. text: the key is what the source
    says; it is verified if that is also supported. check: the key is the editor's verdict, which must have evidence.
    marking: where a person marks, and no claim is cited, there is no key that could be unverified: a person answers for
    the mark. Where nothing is asked there is no standing to tell.
    """
    if marking == "none":
        return NOTHING_ASKED
    role: Role = "checks" if basis == "check" else "rests_on"
    bearing = [c for c in cited if c.role == role]
    if not bearing and marking == "by_hand":
        return BY_A_PERSON
    if not bearing:
        return Standing(is_verified=False, reasons=(Reason(NO_SOURCE),))
    doubt = _doubt_about_verdict if basis == "check" else _doubt_about_claim
    reasons = tuple(reason for c in bearing if (reason := doubt(c.claim, today)))
    in_source = basis == "text"
    if reasons:
        return Standing(is_verified=False, in_source=in_source, reasons=reasons)
    return Standing(is_verified=True, in_source=in_source, as_of=earliest([as_of_shown(c) for c in bearing]))


def as_of_shown(cited: CitedClaim) -> str:
    """Return the date that a badge shows for the claim.

    A finished event can't change, so what counts is when it was checked; of what may change, it is the date of
    the latest fact that the verdict relies on.
    """
    if cited.claim.volatility == "settled":
        return cited.checked_on.isoformat()
    return cited.claim.as_of


def passage_standing(passage: Passage, *, checked_on: date, today: date) -> Standing:
    """Return how far a passage as a whole is to be trusted.

    It is unverified if any of its claims is dated, wrong, disputed, unsupported, contradicts itself or is overdue,
    or if the entry as a whole misleads. Opinions are nobody's key and don't count.
    """
    reasons = [Reason(passage.misleads)] if passage.misleads else []
    weighed = [c for c in passage.claims if c.verdict != "opinion"]
    reasons += [reason for c in weighed if (reason := _doubt_about_claim(c, today))]
    if reasons or not weighed:
        return Standing(is_verified=False, in_source=True, reasons=tuple(reasons) or (Reason(ONLY_OPINION),))
    cited = [CitedClaim("rests_on", c, checked_on) for c in weighed]
    return Standing(is_verified=True, in_source=True, as_of=earliest([as_of_shown(c) for c in cited]))


def counts_towards_score(standing: Standing, policy: Policy) -> bool:
    """Tell whether a question with this standing counts in a quiz with this policy."""
    return standing.is_verified or policy == "scored"


def is_left_out(standing: Standing, policy: Policy) -> bool:
    """Tell whether a quiz with this policy does not even ask the question."""
    return policy == "left_out" and not standing.is_verified


def _doubt_about_claim(claim: Claim, today: date) -> Reason | None:
    if claim.verdict != "supported":
        return Reason(NOT_SUPPORTED, claim=claim.id, verdict=claim.verdict, detail=claim.reason)
    return _overdue(claim, today)


def _doubt_about_verdict(claim: Claim, today: date) -> Reason | None:
    if not claim.evidence:
        return Reason(NO_EVIDENCE, claim=claim.id)
    return _overdue(claim, today)


def _overdue(claim: Claim, today: date) -> Reason | None:
    if today > claim.review_by:
        return Reason(OVERDUE, claim=claim.id, since=claim.review_by.isoformat())
    return None


def standing_to_plain(standing: Standing) -> dict[str, Any]:
    """Return the standing as plain data, for an attempt to remember what its learner was shown."""
    return {
        "is_verified": standing.is_verified,
        "in_source": standing.in_source,
        "as_of": standing.as_of,
        "reasons": [asdict(reason) for reason in standing.reasons],
        "about": standing.about,
    }


def standing_from_plain(plain: Mapping[str, Any]) -> Standing:
    """Return the standing behind standing_to_plain."""
    reasons = tuple(Reason(**reason) for reason in plain["reasons"])
    return Standing(
        plain["is_verified"], plain["in_source"], plain["as_of"], reasons, plain.get("about", "key")
    )
