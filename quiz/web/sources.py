"""Pages of the sources, open to everybody: what each says, claim by claim, and how far to trust it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from quiz.core.claims import VERDICTS, Claim, Passage, Source
from quiz.core.standing import Standing
from quiz.storage.citing import select_citing_counts
from quiz.storage.sources import select_originals, select_source_or_none, select_sources
from quiz.web.request_tools import db, not_found, person, today
from quiz.workflows.bank_access import banks_to_search
from quiz.workflows.question_standing import passage_standings_of

blueprint = Blueprint("sources", __name__)

KIND_WORDS = {
    "article": _l("Article"),
    "faq": _l("Questions and answers"),
    "record": _l("Chronology"),
}


@dataclass(frozen=True)
class Tally:
    """How a source's claims and FAQ entries stand. verdicts: how many claims have each one that occurs."""

    source: Source
    standings: dict[str, Standing]
    verdicts: dict[str, int]

    @property
    def faq(self) -> list[Passage]:
        return [p for p in self.source.passages if p.kind == "faq"]

    @property
    def unverified_faq(self) -> int:
        return sum(not self.standings[p.key].is_verified for p in self.faq)

    @property
    def groups(self) -> list[tuple[str, list[Passage]]]:
        """Return the passages in order, those of one kind together."""
        kinds = dict.fromkeys(p.kind for p in self.source.passages)
        return [(kind, [p for p in self.source.passages if p.kind == kind]) for kind in kinds]


@blueprint.get("/sources")
def all_sources() -> Any:
    # Documents first; our own chronology, which no question is "about", after them.
    rows = sorted(select_sources(db()), key=lambda row: (row.kind == "record", row.id))
    tallies = [_tally(row.id) for row in rows]
    return render_template("sources/all_sources.html", tallies=tallies, kind_words=KIND_WORDS)


@blueprint.get("/sources/<source_id>")
def source(source_id: str) -> Any:
    tally = _tally(source_id)
    wanted = request.args.get("verdict", "")
    chosen = wanted if wanted in tally.verdicts else ""
    return render_template(
        "sources/source.html",
        tally=tally,
        source=tally.source,
        originals=select_originals(db(), source_id),
        citing=_citing_counts(source_id),
        chosen=chosen,
        shown=_claims_shown(tally.source, chosen),
        kind_words=KIND_WORDS,
        today=today(),
    )


@blueprint.get("/sources/<source_id>/faq")
def faq(source_id: str) -> Any:
    tally = _tally(source_id)
    if not tally.faq:
        not_found()
    return render_template(
        "sources/faq.html",
        tally=tally,
        source=tally.source,
        originals=select_originals(db(), source_id),
        citing=_citing_counts(source_id),
        today=today(),
    )


def _tally(source_id: str) -> Tally:
    source = select_source_or_none(db(), source_id)
    if source is None:
        not_found()
    counts = Counter(claim.verdict for passage in source.passages for claim in passage.claims)
    return Tally(
        source=source,
        standings=passage_standings_of(source, today=today()),
        verdicts={verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]},
    )


def _claims_shown(source: Source, verdict: str) -> dict[str, tuple[Claim, ...]]:
    """Return by passage the claims to show; passages that have none with the verdict are left out."""
    if not verdict:
        return {passage.key: passage.claims for passage in source.passages}
    matching = {p.key: tuple(c for c in p.claims if c.verdict == verdict) for p in source.passages}
    return {key: claims for key, claims in matching.items() if claims}


def _citing_counts(source_id: str) -> dict[str, int] | None:
    """Return how many questions cite each claim; None for learners, whom it would tell what is asked."""
    asking = person()
    if asking is None or asking.role != "instructor":
        return None
    return select_citing_counts(db(), source_id, banks=banks_to_search(db(), asking.id))
