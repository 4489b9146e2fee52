"""How one learner sees one question: tokens in place of ids, and an order, both from a stored seed.

A page must not give its key away, so options travel as tokens that say nothing of their ids, in an order that
says nothing of the key. Both follow from the seed that was drawn when the attempt began: the same page
looks the same after a reload, on another device, and when it is read again after marking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

Thing = TypeVar("Thing")


def token_for(seed: str, thing_id: str) -> str:
    """Return what stands for the id on this learner's page: ten hexadecimal digits."""
    return sha256(f"{seed}\x1ftoken\x1f{thing_id}".encode()).hexdigest()[:10]


def id_behind(seed: str, token: str, thing_ids: Iterable[str]) -> str | None:
    """Return the id that the token stands for, or None if it stands for none of these."""
    for thing_id in thing_ids:
        if token_for(seed, thing_id) == token:
            return thing_id
    return None


def shuffled(seed: str, thing_ids: Iterable[str]) -> list[str]:
    """Return the ids in an order that follows from the seed and from nothing else."""
    return sorted(thing_ids, key=lambda thing_id: sha256(f"{seed}\x1forder\x1f{thing_id}".encode()).digest())


def shuffled_around(seed: str, thing_ids: Sequence[str], pinned: Collection[str]) -> list[str]:
    """Return the ids in the seed's order, but for the pinned ones: each of them keeps its place."""
    others = iter(shuffled(seed, (i for i in thing_ids if i not in pinned)))
    return [i if i in pinned else next(others) for i in thing_ids]
