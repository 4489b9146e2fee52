"""Sources, their passages, and the claims that answer keys rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Verdict = Literal["supported", "dated", "wrong", "disputed", "unsupported", "inconsistent", "opinion"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

Basis = Literal["world", "text", "check"]
BASES: tuple[Basis, ...] = get_args(Basis)

Role = Literal["rests_on", "corrects", "checks"]
ROLES: tuple[Role, ...] = get_args(Role)

Volatility = Literal["settled", "slow", "fast"]
ClaimKind = Literal["relation", "event", "opinion", "date", "person", "quote", "number", "prediction"]
SourceKind = Literal["article", "faq", "record"]
PassageKind = Literal["paragraph", "faq", "event"]


@dataclass(frozen=True)
class Claim:
    """One checkable statement of a source, in our own words, with an editor's verdict.

    id: unique in its source ("a04-1"). passage: key of its passage, "" for what is printed outside of every
    passage (a page title, a footer), which can't be cited; where: says then where it stands.
    as_of: date of the latest fact that the verdict relies on, as precise as is known.
    review_by: last day on which the verdict may be relied on without a new check.
    correction: what is so instead; "" if the claim is supported or nothing is known.
    """

    id: str
    passage: str
    statement: str
    kind: ClaimKind
    asserted_by: str
    verdict: Verdict
    reason: str
    correction: str
    as_of: str
    review_by: date
    volatility: Volatility
    confidence: Literal["high", "medium", "low"]
    quizworthy: bool
    evidence: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Passage:
    """One numbered paragraph, FAQ entry or event of a source, told in our own words.

    asked: for an FAQ entry, what it asks. digests: SHA-256 of each original paragraph, in order; none for a record.
    misleads: why the entry as a whole misleads, though its claims may hold; "" if it does not.
    """

    key: str
    kind: PassageKind
    gist: str
    digests: tuple[str, ...] = ()
    asked: str = ""
    misleads: str = ""
    note: str = ""
    date: str = ""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class NotPassage:
    """Something printed in the document that nothing may be drawn from: navigation, a caption, filler."""

    kind: str
    what: str
    digest: str


@dataclass(frozen=True)
class Contradiction:
    """Claims that can't all be so. claims: ids; against: what else they clash with, "" if only each other.

    ask: what a question about it may ask (never which side is right), for authors.
    """

    id: str
    claims: tuple[str, ...]
    about: str
    note: str
    against: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Source:
    """A document that questions are drawn from, without its text.

    published: as precise as is known. checked_on: when its claims were last gone through.
    """

    id: str
    kind: SourceKind
    title: str
    short_title: str
    byline: str
    publisher: str
    published: str
    language: str
    checked_on: date
    reliability: str
    published_note: str = ""
    faq_byline: str = ""
    evidence: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    page_claims: tuple[Claim, ...] = ()
    not_passages: tuple[NotPassage, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A question's reference to a claim. role: the key rests on it, corrects it, or the question checks it."""

    source: str
    claim: str
    role: Role
