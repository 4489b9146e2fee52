"""Find claims that a question may cite, by what an author types: words, a claim's id, a passage's key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from quiz.core.claims import Claim
from quiz.core.searched_words import words_of
from quiz.storage.database import Database
from quiz.storage.sources import select_all_claims

ClaimKey = tuple[str, str]
"""Source id and claim id."""


@dataclass(frozen=True)
class FoundClaim:
    """A claim that may be cited, and the source it is in."""

    source_id: str
    claim: Claim


def find_claims(
    db: Database, typed: str, *, without: Collection[ClaimKey] = (), limit: int = 12
) -> tuple[list[FoundClaim], int]:
    """Return the first claims that fit, in the sources' order, and how many fit in all.

    typed: the id of a claim ("f09-1"), the key of a passage ("f09"), or words that must all occur, or begin a
    word that does. without: claims that are chosen already.

    What is printed outside of every passage is never offered.
    """
    citable = [
        FoundClaim(source_id, claim)
        for (source_id, claim_id), claim in select_all_claims(db).items()
        if claim.passage and (source_id, claim_id) not in without
    ]
    fitting = _named(citable, typed.strip().lower()) or _with_words(citable, words_of(typed))
    return fitting[:limit], len(fitting)


def _named(claims: Iterable[FoundClaim], name: str) -> list[FoundClaim]:
    return [found for found in claims if name in (found.claim.id, found.claim.passage)]


def _with_words(claims: Iterable[FoundClaim], terms: list[str]) -> list[FoundClaim]:
    if not terms:
        return []
    return [found for found in claims if _holds_all(_words_in(found.claim), terms)]


def _words_in(claim: Claim) -> list[str]:
    return words_of(" ".join((claim.id, claim.statement, claim.asserted_by, claim.reason, claim.correction)))


def _holds_all(words: list[str], terms: list[str]) -> bool:
    return all(any(word.startswith(term) for word in words) for term in terms)
