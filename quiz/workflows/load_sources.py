"""Load sources from their files; what was edited in the pages is kept, and the difference reported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quiz.core.claims import Claim, Source
from quiz.storage.database import Database
from quiz.storage.seed_files import digest_of, read_source_folders
from quiz.storage.sources import (
    delete_claim,
    delete_contradictions,
    delete_passages_but,
    insert_contradictions,
    replace_not_passages,
    select_claim_marks,
    select_source_digest,
    select_source_or_none,
    upsert_claim,
    upsert_passages,
    upsert_source,
)
from quiz.storage.toml_files import BadFile


@dataclass(frozen=True)
class LoadedSource:
    """What loading did to one source.

    kept: claims edited in the pages that differ from the file; the pages' words stand.
    left: claims that are gone from the file and stay, since questions cite them or somebody edited them.
    """

    id: str
    state: Literal["new", "updated", "unchanged"]
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourcesReport:
    """What loading did. mistakes: of the files; a source with one was not loaded, the others were."""

    sources: tuple[LoadedSource, ...]
    mistakes: tuple[BadFile, ...]


def load_sources(db: Database, folder: Path) -> SourcesReport:
    """Load every source of the seeds folder, each all or nothing.

    A source whose files say the same is left alone.
    """
    folders = read_source_folders(folder)
    loaded = tuple(load_source(db, f.source) for f in folders if f.source is not None)
    return SourcesReport(loaded, tuple(mistake for f in folders for mistake in f.mistakes))


def load_source(db: Database, source: Source) -> LoadedSource:
    """Load one source as its files have it."""
    digest = digest_of(source)
    with db.atomic():
        known = select_source_digest(db, source.id)
        if known == digest:
            return LoadedSource(source.id, "unchanged")
        upsert_source(db, source, file_digest=digest)
        upsert_passages(db, source)
        delete_contradictions(db, source.id)
        kept, left = _load_claims(db, source)
        delete_passages_but(db, source.id, [p.key for p in source.passages])
        insert_contradictions(db, source)
        replace_not_passages(db, source)
        return LoadedSource(source.id, "updated" if known else "new", kept, left)


def _load_claims(db: Database, source: Source) -> tuple[tuple[str, ...], tuple[str, ...]]:
    marks = select_claim_marks(db, source.id)
    edited = _edited(db, source.id, {claim_id for claim_id, mark in marks.items() if mark.edited})
    claims = claims_of(source)
    kept = []
    for position, claim in enumerate(claims):
        if claim.id in edited and edited[claim.id] != claim:
            kept.append(claim.id)
        else:
            upsert_claim(db, source.id, claim, position=position, file_digest=digest_of(claim))
    left = []
    for claim_id in marks.keys() - {claim.id for claim in claims}:
        if marks[claim_id].edited or marks[claim_id].is_cited:
            left.append(claim_id)
        else:
            delete_claim(db, source.id, claim_id)
    return tuple(kept), tuple(sorted(left))


def claims_of(source: Source) -> list[Claim]:
    """Return all claims of the source, those outside of every passage last."""
    return [claim for passage in source.passages for claim in passage.claims] + list(source.page_claims)


def _edited(db: Database, source_id: str, claim_ids: set[str]) -> dict[str, Claim]:
    if not claim_ids:
        return {}
    stored = select_source_or_none(db, source_id)
    return {claim.id: claim for claim in claims_of(stored) if claim.id in claim_ids} if stored else {}
