"""The pools that an instructor chooses for a draw: pairs of bank and tag, each with how much is in it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from quiz.storage.quizzes import Pool
from quiz.web.request_tools import db, me, today
from quiz.workflows.bank_access import visible_bank_ids
from quiz.workflows.draw_pool import draw_pool

MOST_NAMED = 20


@dataclass(frozen=True)
class CountedPool:
    """A pool with what is in it today, in questions."""

    bank: str
    tag: str
    matching: int
    unverified: int


@dataclass(frozen=True)
class CountedDraw:
    """The pools that were chosen. together: how many questions they hold, none twice. wants_more: one to add."""

    pools: tuple[CountedPool, ...]
    together: int
    wants_more: bool


def named_pools() -> list[Pool]:
    """Return the pools that the request names, each once; a row without a bank is none."""
    banks, tags = request.values.getlist("bank"), request.values.getlist("tag")
    tags += [""] * (len(banks) - len(tags))
    named = (Pool(bank, tag) for bank, tag in zip(banks, tags, strict=False) if bank)
    return list(dict.fromkeys(named))[:MOST_NAMED]


def counted_draw() -> CountedDraw | None:
    """Return what a draw from the named pools would take from; None if no bank was chosen that one may see."""
    visible = visible_bank_ids(db(), me().id)
    pools = [pool for pool in named_pools() if pool.bank_id in visible]
    if not pools:
        return None
    found = [draw_pool(db(), pool.bank_id, pool.tag, today=today()) for pool in pools]
    return CountedDraw(
        tuple(
            CountedPool(pool.bank_id, pool.tag, len(there.versions), len(there.unverified))
            for pool, there in zip(pools, found, strict=True)
        ),
        len({question_id for there in found for question_id in there.versions}),
        "more" in request.values and len(pools) < MOST_NAMED,
    )
