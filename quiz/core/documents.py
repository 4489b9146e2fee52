"""Proving that a copy of a document is the one that claims were drawn from, passage by passage.

The document itself is not kept; a digest of each paragraph is. A paragraph that is not recognised, between
two that are, is taken for the changed form of the passage that is missing there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from quiz.core.claims import Passage, Source


@dataclass(frozen=True)
class PassageCheck:
    """What became of one passage in a copy. text: the copy's paragraphs, if they are the original ones."""

    key: str
    state: Literal["found", "changed", "missing"]
    text: str = ""


def paragraphs_of(document: str) -> list[str]:
    """Return the document's paragraphs (its lines that hold something), NFC, white space collapsed."""
    lines = unicodedata.normalize("NFC", document).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def digest_of(paragraph: str) -> str:
    """Return the paragraph's SHA-256, hexadecimal, of its NFC form with white space collapsed."""
    return sha256(" ".join(unicodedata.normalize("NFC", paragraph).split()).encode()).hexdigest()


def check_document(source: Source, document: str) -> list[PassageCheck]:
    """Return a check for each passage that has digests, in the source's order."""
    paragraphs = paragraphs_of(document)
    place = {digest_of(paragraph): n for n, paragraph in enumerate(paragraphs)}
    passages = [p for p in source.passages if p.digests]
    known = {place[d] for d in _all_digests(source) if d in place}
    strangers = [n for n in range(len(paragraphs)) if n not in known]
    checks = []
    for number, passage in enumerate(passages):
        if all(digest in place for digest in passage.digests):
            text = "\n".join(paragraphs[place[digest]] for digest in passage.digests)
            checks.append(PassageCheck(passage.key, "found", text))
        elif _stranger_takes_its_place(passages, number, place, strangers, len(paragraphs)):
            checks.append(PassageCheck(passage.key, "changed"))
        else:
            checks.append(PassageCheck(passage.key, "missing"))
    return checks


def _all_digests(source: Source) -> set[str]:
    return {d for p in source.passages for d in p.digests} | {n.digest for n in source.not_passages}


def _stranger_takes_its_place(
    passages: Sequence[Passage], number: int, place: dict[str, int], strangers: list[int], end: int
) -> bool:
    """Claim the first stranger between the recognised neighbours of the passage; return whether there was one."""
    before = [place[d] for p in passages[:number] for d in p.digests if d in place]
    after = [place[d] for p in passages[number + 1 :] for d in p.digests if d in place]
    low, high = max(before, default=-1), min((n for n in after if n > max(before, default=-1)), default=end)
    for stranger in strangers:
        if low < stranger < high:
            strangers.remove(stranger)
            return True
    return False
