"""Sources with their passages, claims, evidence and contradictions, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from quiz.core.claims import Basis, Citation, Claim, Contradiction, NotPassage, Passage, Source
from quiz.core.standing import CitedClaim
from quiz.storage.database import Database, Row, RowCountError
from quiz.storage.encoding import json_from, json_text, time_or_none, time_text
from quiz.storage.queries import load_queries

sql = load_queries(__file__)

_SOURCE_TEXTS = (
    "id", "kind", "title", "short_title", "byline", "publisher", "published", "published_note", "faq_byline",
    "language", "reliability",
)  # fmt: skip
_CLAIM_TEXTS = (
    "id", "statement", "kind", "asserted_by", "verdict", "reason", "correction", "as_of", "volatility",
    "confidence",
)  # fmt: skip


@dataclass(frozen=True)
class SourceRow:
    """A source in a list. attached: when a copy of the document was stored, None if none is."""

    id: str
    kind: str
    title: str
    short_title: str
    byline: str
    publisher: str
    published: str
    language: str
    checked_on: date
    attached: datetime | None
    passages: int
    claims: int


@dataclass(frozen=True)
class ClaimMark:
    """How a claim stood in the file that was loaded last. edited: it was changed in the pages since."""

    file_digest: str
    edited: bool
    is_cited: bool


@dataclass(frozen=True)
class CitedIn:
    """A claim as one version cites it, with what its standing depends on."""

    basis: Basis
    citation: Citation
    cited: CitedClaim

    @property
    def claim(self) -> Claim:
        return self.cited.claim


@dataclass(frozen=True)
class CitedPassage:
    """A passage with what a learner is told of its source.

    original: its text, None unless a copy is attached.
    """

    source_id: str
    source_kind: str
    title: str
    short_title: str
    byline: str
    publisher: str
    published: str
    key: str
    kind: str
    asked: str
    gist: str
    note: str
    date: str
    original: str | None


def select_sources(db: Database) -> list[SourceRow]:
    """Return all sources, by id."""
    return [
        SourceRow(
            **{name: row[name] for name in ("id", "kind", "title", "short_title", "byline", "publisher")},
            published=row["published"],
            language=row["language"],
            checked_on=date.fromisoformat(row["checked_on"]),
            attached=time_or_none(row["attached_at"]),
            passages=row["passage_count"],
            claims=row["claim_count"],
        )
        for row in db.all(sql.select_sources)
    ]


def select_source(db: Database, source_id: str) -> Source:
    """Return the whole source. Raises RowCountError if there is none."""
    source = select_source_or_none(db, source_id)
    if source is None:
        raise RowCountError(f"no source {source_id!r}")
    return source


def select_source_or_none(db: Database, source_id: str) -> Source | None:
    """Return the whole source with all its claims, or None."""
    row = db.one_or_none(sql.select_source, source_id=source_id)
    if row is None:
        return None
    evidence = _evidence(db.all(sql.select_evidence_of_source, source_id=source_id))
    claims = [_claim(c, evidence) for c in db.all(sql.select_claims_of_source, source_id=source_id)]
    passages = tuple(
        replace(_passage(p), claims=tuple(c for c in claims if c.passage == p["key"]))
        for p in db.all(sql.select_passages, source_id=source_id)
    )
    return Source(
        **{name: row[name] for name in _SOURCE_TEXTS},
        checked_on=date.fromisoformat(row["checked_on"]),
        evidence=tuple(json_from(row["evidence"])),
        passages=passages,
        page_claims=tuple(c for c in claims if not c.passage),
        not_passages=tuple(
            NotPassage(**n) for n in _dicts(db.all(sql.select_not_passages, source_id=source_id))
        ),
        contradictions=_contradictions(db, source_id),
    )


def select_all_claims(db: Database) -> dict[tuple[str, str], Claim]:
    """Return every claim by source id and claim id: what questions may cite."""
    evidence = _evidence(db.all(sql.select_evidence))
    return {(row["source_id"], row["id"]): _claim(row, evidence) for row in db.all(sql.select_claims)}


def select_claims(db: Database, citations: Iterable[Citation]) -> dict[tuple[str, str], Claim]:
    """Return those of the cited claims that exist, by source id and claim id."""
    claims: dict[tuple[str, str], Claim] = {}
    wanted = {(citation.source, citation.claim) for citation in citations}
    for source_id in {source for source, _ in wanted}:
        evidence = _evidence(db.all(sql.select_evidence_of_source, source_id=source_id))
        for row in db.all(sql.select_claims_of_source, source_id=source_id):
            if (source_id, row["id"]) in wanted:
                claims[source_id, row["id"]] = _claim(row, evidence)
    return claims


def select_cited(db: Database, version_ids: Iterable[str]) -> dict[str, list[CitedIn]]:
    """Return what each version cites, in the author's order; versions that cite nothing are left out."""
    cited: dict[str, list[CitedIn]] = {}
    for row in db.all(sql.select_cited, ids=json_text(list(version_ids))):
        of_version = cited.setdefault(row["version_id"], [])
        citation = Citation(row["source_id"], row["claim_id"], row["role"])
        address = (row["address"],) if row["address"] else ()
        if of_version and of_version[-1].citation == citation:
            known = of_version.pop().cited
            claim = replace(known.claim, evidence=known.claim.evidence + address)
        else:
            claim = _claim(row, {(row["source_id"], row["claim_id"]): address})
        standing = CitedClaim(row["role"], claim, date.fromisoformat(row["checked_on"]))
        of_version.append(CitedIn(row["basis"], citation, standing))
    return cited


def select_cited_passages(db: Database, version_ids: Iterable[str]) -> dict[tuple[str, str], CitedPassage]:
    """Return the passages of all claims that the versions cite, by source id and passage key."""
    rows = _dicts(db.all(sql.select_cited_passages, ids=json_text(list(version_ids))))
    return {(row["source_id"], row["key"]): CitedPassage(**row) for row in rows}


def select_originals(db: Database, source_id: str) -> dict[str, str]:
    """Return the text of each passage by key; none unless a copy of the document is attached."""
    return {row["key"]: row["original"] for row in db.all(sql.select_originals, source_id=source_id)}


def select_source_digest(db: Database, source_id: str) -> str | None:
    """Return the digest of the files that the source was loaded from last, None if it never was."""
    row = db.one_or_none(sql.select_source_digest, source_id=source_id)
    return row["file_digest"] if row else None


def select_claim_marks(db: Database, source_id: str) -> dict[str, ClaimMark]:
    """Return by id how each claim of the source stood when it was loaded last."""
    return {
        row["id"]: ClaimMark(row["file_digest"], row["edited_at"] is not None, bool(row["is_cited"]))
        for row in db.all(sql.select_claim_marks, source_id=source_id)
    }


def select_edited_claims(db: Database) -> list[tuple[str, str]]:
    """Return the source id and claim id of each claim that was edited in the pages."""
    return [(row["source_id"], row["id"]) for row in db.all(sql.select_edited_claims)]


def upsert_source(db: Database, source: Source, *, file_digest: str) -> None:
    """Write the source's own row; its passages and claims are written apart."""
    db.run(
        sql.upsert_source,
        **{name: getattr(source, name) for name in _SOURCE_TEXTS},
        checked_on=source.checked_on.isoformat(),
        evidence=json_text(list(source.evidence)),
        file_digest=file_digest,
    )


def upsert_passages(db: Database, source: Source) -> None:
    """Write the source's passages in its order. The text of a passage whose digest changed is let go."""
    db.run_many(
        sql.upsert_passage,
        [
            {
                "source_id": source.id,
                "position": position,
                "digests": json_text(list(passage.digests)),
                **{
                    n: getattr(passage, n)
                    for n in ("key", "kind", "asked", "gist", "date", "misleads", "note")
                },
            }
            for position, passage in enumerate(source.passages)
        ],
    )
    db.run(sql.update_attached_if_incomplete, source_id=source.id)


def upsert_claim(db: Database, source_id: str, claim: Claim, *, position: int, file_digest: str) -> None:
    """Write the claim as the file has it; whatever was edited in the pages is overwritten."""
    row = _claim_row(source_id, claim)
    db.run(
        sql.upsert_claim, **row, position=position, file_digest=file_digest, edited_at=None, edited_by=None
    )
    _replace_evidence(db, source_id, claim)


def update_claim(db: Database, source_id: str, claim: Claim, *, by: str | None, now: datetime) -> None:
    """Write what an editor changed in the pages; from then on files leave the claim alone."""
    row = _claim_row(source_id, claim)
    for fixed in ("passage_key", "printed_where", "kind", "asserted_by", "is_quizworthy"):
        del row[fixed]
    db.run(sql.update_claim, **row, edited_at=time_text(now), edited_by=by)
    _replace_evidence(db, source_id, claim)


def delete_claim(db: Database, source_id: str, claim_id: str) -> None:
    """Remove a claim that nothing cites. Raises Conflict if something does."""
    db.run(sql.delete_evidence, source_id=source_id, claim_id=claim_id)
    db.run(sql.delete_claim, source_id=source_id, claim_id=claim_id)


def delete_passages_but(db: Database, source_id: str, keys: Iterable[str]) -> None:
    """Remove the passages that are not among the keys and that no claim belongs to."""
    db.run(sql.delete_passages_but, source_id=source_id, keys=json_text(list(keys)))


def delete_contradictions(db: Database, source_id: str) -> None:
    """Forget the contradictions, so that the claims they hold on to may change."""
    db.run(sql.delete_contradiction_claims, source_id=source_id)
    db.run(sql.delete_contradictions, source_id=source_id)


def insert_contradictions(db: Database, source: Source) -> None:
    """Write the source's contradictions; its claims must be there."""
    for position, c in enumerate(source.contradictions):
        row = {"id": c.id, "about": c.about, "note": c.note, "clashes_with": c.against, "ask": c.ask}
        db.run(sql.insert_contradiction, source_id=source.id, position=position, **row)
        claims = [
            {"source_id": source.id, "contradiction_id": c.id, "claim_id": claim, "position": n}
            for n, claim in enumerate(c.claims)
        ]
        db.run_many(sql.insert_contradiction_claim, claims)


def replace_not_passages(db: Database, source: Source) -> None:
    """Write what is printed in the document but is no passage."""
    db.run(sql.delete_not_passages, source_id=source.id)
    db.run_many(
        sql.insert_not_passage,
        [
            {"source_id": source.id, "position": position, "kind": n.kind, "what": n.what, "digest": n.digest}
            for position, n in enumerate(source.not_passages)
        ],
    )


def update_originals(db: Database, source_id: str, texts: Mapping[str, str], *, now: datetime) -> None:
    """Store the text of passages by key, and when that was."""
    rows = [{"source_id": source_id, "key": key, "original": text} for key, text in texts.items()]
    db.run_many(sql.update_original, rows)
    db.run(sql.update_attached, source_id=source_id, attached_at=time_text(now))


def _replace_evidence(db: Database, source_id: str, claim: Claim) -> None:
    db.run(sql.delete_evidence, source_id=source_id, claim_id=claim.id)
    rows = [
        {"source_id": source_id, "claim_id": claim.id, "position": position, "address": address}
        for position, address in enumerate(claim.evidence)
    ]
    db.run_many(sql.insert_evidence, rows)


def _claim_row(source_id: str, claim: Claim) -> dict[str, str | bool]:
    return {
        **{name: getattr(claim, name) for name in _CLAIM_TEXTS},
        "source_id": source_id,
        "passage_key": claim.passage,
        "printed_where": claim.where,
        "review_by": claim.review_by.isoformat(),
        "is_quizworthy": claim.quizworthy,
    }


def _claim(row: Row, evidence: Mapping[tuple[str, str], tuple[str, ...]]) -> Claim:
    return Claim(
        **{name: row[name] for name in _CLAIM_TEXTS},
        passage=row["passage_key"],
        where=row["printed_where"],
        review_by=date.fromisoformat(row["review_by"]),
        quizworthy=bool(row["is_quizworthy"]),
        evidence=evidence.get((row["source_id"], row["id"]), ()),
    )


def _passage(row: Row) -> Passage:
    texts = {name: row[name] for name in ("key", "kind", "asked", "gist", "date", "misleads", "note")}
    return Passage(**texts, digests=tuple(json_from(row["digests"])))


def _evidence(rows: Iterable[Row]) -> dict[tuple[str, str], tuple[str, ...]]:
    evidence: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        claim = row["source_id"], row["claim_id"]
        evidence[claim] = (*evidence.get(claim, ()), row["address"])
    return evidence


def _contradictions(db: Database, source_id: str) -> tuple[Contradiction, ...]:
    claims: dict[str, tuple[str, ...]] = {}
    for row in db.all(sql.select_contradiction_claims, source_id=source_id):
        claims[row["contradiction_id"]] = (*claims.get(row["contradiction_id"], ()), row["claim_id"])
    return tuple(
        Contradiction(r["id"], claims.get(r["id"], ()), r["about"], r["note"], r["clashes_with"], r["ask"])
        for r in db.all(sql.select_contradictions, source_id=source_id)
    )


def _dicts(rows: Iterable[Row]) -> list[dict[str, str]]:
    # sqlite3.Row has keys() but is no Mapping.
    return [{name: row[name] for name in row.keys()} for row in rows]  # noqa: SIM118
