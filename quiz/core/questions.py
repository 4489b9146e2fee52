"""A question's wording as authors write it and as learners meet it, whatever its type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from quiz.core.claims import Basis, Citation, Claim, Verdict
from quiz.core.messages import N_, Explained

Difficulty = Literal["easy", "medium", "hard"]
State = Literal["draft", "ready", "retired"]
ClaimVerdict = Literal["holds", "out_of_date", "wrong", "cannot_be_known"]

KEYED_VERDICT: dict[Verdict, ClaimVerdict] = {
    "supported": "holds",
    "dated": "out_of_date",
    "wrong": "wrong",
    "inconsistent": "wrong",
    "disputed": "cannot_be_known",
    "unsupported": "cannot_be_known",
    "opinion": "cannot_be_known",
}
"""Which answer of a claim check an editor's verdict makes the right one."""


@dataclass(frozen=True)
class Wording:
    """All that one version of a question holds. ask, key: the two halves of its body, as the type made them.

    stem: Markdown. feedback: Markdown, part of the key. hints: Markdown, part of the key, told one by one after
    wrong tries. language: of the texts, as in ``<html lang>``; "" for the bank's. tags and difficulty belong to the
    question, and travel along.
    """

    type: str
    basis: Basis
    stem: str
    ask: Any
    key: Any
    feedback: str
    citations: tuple[Citation, ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: Difficulty = "medium"
    hints: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class PublicQuestion:
    """What a learner may see of a version. There is no key in it, and nowhere to put one.

    language: of its texts, "" for the bank's, which is bank_language.
    """

    version_id: str
    question_id: str
    number: int
    type: str
    basis: Basis
    stem: str
    ask: Any
    citations: tuple[Citation, ...] = field(default=())
    language: str = ""
    bank_language: str = ""


@dataclass(frozen=True)
class QuestionKey:
    """What a learner may not see before release: the key and the feedback. hints: told after wrong tries."""

    version_id: str
    key: Any
    feedback: str
    hints: tuple[str, ...] = ()


class UnfitCitation(Explained):
    """The question cites its claims in a way that its basis forbids. The message is for the author."""


def check_citations(wording: Wording, claims: dict[tuple[str, str], Claim]) -> None:
    """Raise UnfitCitation unless the wording may cite what it cites, as it cites it.

    claims: by source id and claim id, at least those that are cited and exist.
    """
    for citation in wording.citations:
        claim = claims.get((citation.source, citation.claim))
        if claim is None:
            raise UnfitCitation(
                N_("there is no claim {claim} in {source}"), claim=citation.claim, source=citation.source
            )
        if not claim.passage:
            raise UnfitCitation(
                N_("{claim} is printed outside of every passage ({where}) and can't be cited"),
                claim=claim.id,
                where=claim.where,
            )
        _check_role(wording, citation, claim)


def _check_role(wording: Wording, citation: Citation, claim: Claim) -> None:
    if wording.basis == "text" and citation.role == "rests_on" and claim.verdict in ("dated", "wrong"):
        raise UnfitCitation(
            N_(
                "{claim} is {verdict}: what a source says wrongly must be asked as a check, not keyed as text"
            ),
            claim=claim.id,
            verdict=claim.verdict,
        )
    # Types whose key is a verdict on the claim itself can be held against the editor's.
    keyed = getattr(wording.key, "verdict", None)
    if keyed and citation.role == "checks" and keyed != KEYED_VERDICT[claim.verdict]:
        raise UnfitCitation(
            N_("the key says {keyed}, but {claim} is {verdict}: the right answer is {right}"),
            keyed=keyed,
            claim=claim.id,
            verdict=claim.verdict,
            right=KEYED_VERDICT[claim.verdict],
        )
