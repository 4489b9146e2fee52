"""Find texts that nearly say the same, among many: only those that share their rarest words are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from quiz.core.lint import NearPair

ALIKE = 0.9
"""How much of two texts must be the same, word order included; 1 is all of it."""

_SHARE_OF_RAREST = 0.35
"""Of a text's words, so many of the rarest are looked up: texts that differ in few words share some."""
_LATEST = 40
"""Texts with the same word that one is compared with at most, the latest: so clones can't make it n²."""


def near_pairs(texts: Sequence[str], *, alike: float = ALIKE) -> tuple[NearPair, ...]:
    """Return for each text the earlier one that it is most like, if they are that alike.

    Empty texts are like nothing.
    """
    known = Counter(word for text in texts for word in set(text.split()))
    seen: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for n, text in enumerate(texts):
        rarest = sorted(set(text.split()), key=lambda word: (known[word], word))
        rarest = rarest[: 3 + int(len(rarest) * _SHARE_OF_RAREST)]
        earlier = {m: texts[m] for word in rarest for m in seen[word][-_LATEST:]}
        if nearest := process.extractOne(text, earlier, scorer=fuzz.ratio, score_cutoff=alike * 100):
            pairs.append(NearPair(nearest[2], n, nearest[1] / 100))
        for word in rarest:
            seen[word].append(n)
    return tuple(pairs)
