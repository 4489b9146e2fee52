"""Compute standings: what a learner is told about answer keys and passages, on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quiz.core.claims import Source
from quiz.core.standing import Standing, passage_standing, standing_of
from quiz.storage.database import Database
from quiz.storage.questions import select_types
from quiz.storage.sources import CitedIn, select_cited
from quiz.workflows.open_question import marking_of


def standings_of(db: Database, version_ids: Iterable[str], *, today: date) -> dict[str, Standing]:
    """Return the standing of each version on that day; of versions that cite nothing too."""
    wanted = list(version_ids)
    cited = select_cited(db, wanted)
    types = select_types(db, wanted)
    return {i: standing_from(cited.get(i, []), types.get(i, ""), today=today) for i in wanted}


def standing_from(cited: list[CitedIn], type_name: str, *, today: date) -> Standing:
    """Return the standing of one version, by what select_cited found for it, and its question type."""
    # Without a citation the basis makes no difference: there is no source.
    basis = cited[0].basis if cited else "world"
    return standing_of(basis, [c.cited for c in cited], today=today, marking=marking_of(type_name))


def passage_standings_of(source: Source, *, today: date) -> dict[str, Standing]:
    """Return the standing of each passage of the source on that day, by key."""
    return {p.key: passage_standing(p, checked_on=source.checked_on, today=today) for p in source.passages}
