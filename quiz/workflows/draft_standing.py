"""Foresee the standing of a question that is still being written, from the claims chosen so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quiz.core.claims import Basis, Citation
from quiz.core.question_type import MarkedBy
from quiz.core.standing import CitedClaim, Standing, standing_of
from quiz.storage.database import Database
from quiz.storage.sources import select_claims, select_sources


def draft_standing(
    db: Database, basis: Basis, citations: Iterable[Citation], *, today: date, marking: MarkedBy = "by_key"
) -> Standing:
    """Return the standing that a question with this basis and these citations would have on that day.

    marking: who marks its answers. Claims that do not exist are passed over: saving refuses them by name.
    """
    chosen = list(citations)
    claims = select_claims(db, chosen)
    checked_on = {source.id: source.checked_on for source in select_sources(db)}
    cited = [
        CitedClaim(c.role, claims[c.source, c.claim], checked_on[c.source])
        for c in chosen
        if (c.source, c.claim) in claims
    ]
    return standing_of(basis, cited, today=today, marking=marking)
