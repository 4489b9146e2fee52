"""What tells texts that may be nearly the same, without comparing each with every other: a small sketch of each.

A sketch is some of the text's runs of three words, chosen by their checksums alone. Texts that have most of their
runs in common have nearly the same lowest checksums, so they share part of their sketches; others share nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

RUN = 3
"""Words in a run: single words would be shared by half of all questions."""
KEPT = 6
"""Checksums in a sketch. Two texts of twenty words that differ in one share four of six on average."""
MOST_HOLDERS = 20
"""Sketches with the same checksum that one is paired with at most, the next ones: so clones can't make it n²."""


def sketch_of(words: Sequence[str]) -> str:
    """Return the sketch of a question's words, in order: up to six checksums, as text; "" if there are none."""
    runs = {" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))} if words else set()
    return " ".join(f"{checksum:08x}" for checksum in sorted(crc32(run.encode()) for run in runs)[:KEPT])


def pairs_alike(sketches: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the places of two sketches that have enough in common for their texts to be compared, lower place first.

    At least two checksums, or the only one; each pair once, in the order of the first place.
    """
    others: dict[int, list[int]] = defaultdict(list)
    for places in _shared(sketches).values():
        for n, place in enumerate(places):
            others[place] += places[n + 1 : n + 1 + MOST_HOLDERS]
    for place in sorted(others):
        for other, count in sorted(Counter(others[place]).items()):
            if count > 1 or " " not in sketches[place] or " " not in sketches[other]:
                yield place, other


def _shared(sketches: Sequence[str]) -> dict[str, list[int]]:
    """Return the places that hold each checksum which several hold; most are held by one alone."""
    seen: set[str] = set()
    shared: dict[str, list[int]] = {}
    for sketch in sketches:
        for checksum in sketch.split():
            if checksum in seen:
                shared[checksum] = []
            seen.add(checksum)
    for place, sketch in enumerate(sketches):
        for checksum in sketch.split():
            if checksum in shared:
                shared[checksum].append(place)
    return shared
