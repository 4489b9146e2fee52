"""Verdicts as editors type them: what a new one must hold before questions may lean on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from quiz.core.claims import VERDICTS, Claim, Verdict
from quiz.core.messages import N_, Explained
from quiz.core.partial_dates import NotADate, precision_of

NEED_CORRECTION: tuple[Verdict, ...] = ("dated", "wrong")
NEED_EVIDENCE: tuple[Verdict, ...] = ("supported", "dated", "wrong", "disputed")
LONGEST = 2_000
MOST_EVIDENCE = 20


class UnusableVerdict(Explained):
    """The verdict can't be kept. field: of TypedVerdict."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class TypedVerdict:
    """What an editor typed. evidence: an address a line. review_by: ISO 8601."""

    verdict: str
    reason: str
    correction: str
    as_of: str
    review_by: str
    evidence: str


def judged_anew(claim: Claim, typed: TypedVerdict, *, today: date) -> Claim:
    """Return the claim with the verdict that was typed. Raises UnusableVerdict."""
    verdict = next((known for known in VERDICTS if known == typed.verdict), None)
    if verdict is None:
        raise UnusableVerdict("verdict", N_("Choose a verdict"))
    reason, correction = _text("reason", typed.reason), _text("correction", typed.correction)
    if not reason:
        raise UnusableVerdict("reason", N_("Enter the reason for the verdict; learners will read it"))
    if verdict in NEED_CORRECTION and not correction:
        raise UnusableVerdict("correction", N_("Enter what is so instead"))
    return replace(
        claim, verdict=verdict, reason=reason, correction=correction, as_of=_as_of(typed.as_of, today),
        review_by=_review_by(typed.review_by, today), evidence=_evidence(verdict, typed.evidence),
    )  # fmt: skip


def _text(field: str, typed: str) -> str:
    text = typed.strip()
    if len(text) > LONGEST:
        raise UnusableVerdict(field, N_("This must have {most} characters at most"), most=LONGEST)
    return text


def _as_of(typed: str, today: date) -> str:
    day = typed.strip()
    try:
        precision_of(day)
    except NotADate as problem:
        raise UnusableVerdict("as_of", problem.sentence, **problem.values) from None
    if day > today.isoformat()[: len(day)]:
        raise UnusableVerdict("as_of", N_("The latest fact can't lie in the future"))
    return day


def _review_by(typed: str, today: date) -> date:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise UnusableVerdict("review_by", N_("Enter a day, like 2027-05-31")) from None
    if day < today:
        raise UnusableVerdict("review_by", N_("The next check must not lie in the past"))
    return day


def _evidence(verdict: Verdict, typed: str) -> tuple[str, ...]:
    addresses = tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    if verdict in NEED_EVIDENCE and not addresses:
        raise UnusableVerdict("evidence", N_("This verdict needs evidence: at least one address"))
    if len(addresses) > MOST_EVIDENCE or any(len(address) > 500 for address in addresses):
        raise UnusableVerdict("evidence", N_("Enter {most} addresses at most"), most=MOST_EVIDENCE)
    return addresses
