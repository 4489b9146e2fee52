"""Compute standings: what a learner is told about answer keys and passages, on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quiz.core.claims import Source
from quiz.core.standing import Standing, passage_standing, standing_of
from quiz.storage.database import Database
from quiz.storage.sources import CitedIn, select_cited


def standings_of(db: Database, version_ids: Iterable[str], *, today: date) -> dict[str, Standing]:
    """Return the standing of each version on that day; of versions that cite nothing too."""
    wanted = list(version_ids)
    cited = select_cited(db, wanted)
    return {version_id: standing_from(cited.get(version_id, []), today=today) for version_id in wanted}


def standing_from(cited: list[CitedIn], *, today: date) -> Standing:
    """Return the standing of one version, by what select_cited found for it."""
    # Without a citation the basis makes no difference: there is no source.
    basis = cited[0].basis if cited else "world"
    return standing_of(basis, [c.cited for c in cited], today=today)


def passage_standings_of(source: Source, *, today: date) -> dict[str, Standing]:
    """Return the standing of each passage of the source on that day, by key."""
    return {p.key: passage_standing(p, checked_on=source.checked_on, today=today) for p in source.passages}
