"""``flask quiz source``: list, show, check, attach, load and export the sources."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from quiz.cli.command_tools import (
    json_option,
    now,
    print_json,
    print_table,
    read_text,
    ready_db,
    remark,
    remarks,
    seeds_folder,
    today,
)
from quiz.core.claims import Claim, Passage, Source
from quiz.core.standing import VERDICT_WORDS, Reason, Standing
from quiz.storage.database import Database
from quiz.storage.seed_writing import write_source_files
from quiz.storage.sources import select_source_or_none, select_sources
from quiz.workflows.attach_source import NotTheDocument, attach_source
from quiz.workflows.check_source import check_source
from quiz.workflows.load_sources import load_sources
from quiz.workflows.question_standing import passage_standings_of

source = AppGroup("source", help="The documents that questions are drawn from.")
commands = (source,)

source_argument: Callable[[Any], Any] = click.argument("source_id", metavar="[SOURCE]", required=False)


@source.command("list")
@json_option
def list_sources(as_json: bool) -> None:
    """List the sources.

    Example: flask quiz source list
    """
    rows = select_sources(ready_db())
    if as_json:
        print_json([vars(row) for row in rows])
    elif rows:
        print_table(
            (
                r.id,
                r.kind,
                f"{r.passages} passages",
                f"{r.claims} claims",
                f"checked {r.checked_on}",
                r.short_title,
            )
            for r in rows
        )


@source.command("show")
@source_argument
@json_option
def show_source(source_id: str | None, as_json: bool) -> None:
    """Show a source with the standing of each passage and the verdict on each claim.

    SOURCE may be left out if there is only one document.

    Example: flask quiz source show syria-iran-2024 --json
    """
    shown = _source(ready_db(), source_id)
    plain = _as_plain(shown)
    if as_json:
        print_json(plain)
        return
    click.echo(
        f"{shown.title}\n"
        f"{shown.byline}, {shown.publisher}, {shown.published}; checked on {shown.checked_on}\n"
    )
    for passage in plain["passages"]:
        click.echo(f"{passage['key']}  {passage['standing']}: {passage['reason']}")
        click.echo(f"     {passage['asked'] or passage['gist']}")
        for claim in passage["claims"]:
            click.echo(
                f"     {claim['id']}  {claim['verdict']}, as of {claim['as_of']}: {claim['statement']}"
            )


@source.command("check")
@click.argument("source_and_file", metavar="[SOURCE] FILE", nargs=-1)
@json_option
def check_copy(source_and_file: tuple[str, ...], as_json: bool) -> None:
    """Check whether FILE is the document that a source's claims were drawn from, passage by passage.

    Exits with 1 if a passage is changed or missing. FILE may be - for standard input.

    Example: flask quiz source check syria-iran-2024 page.txt
    """
    source_id, path = _source_and_file(source_and_file)
    db = ready_db()
    checked = _source(db, source_id)
    checks = check_source(db, checked.id, read_text(path)) if any(p.digests for p in checked.passages) else []
    counts = Counter(check.state for check in checks)
    if as_json:
        states = {state: counts[state] for state in ("found", "changed", "missing")}
        passages = [{"key": check.key, "state": check.state} for check in checks]
        print_json({"source": checked.id, **states, "passages": passages})
    else:
        for check in checks:
            click.echo(f"{check.key}  {check.state}")
    if checks:
        remark(f"{counts['found']} found, {counts['changed']} changed, {counts['missing']} missing")
    else:
        remark(f"{checked.id} is a record of our own: there is no document to check")
    sys.exit(0 if counts["found"] == len(checks) else 1)


@source.command("attach")
@click.argument("source_and_file", metavar="[SOURCE] FILE", nargs=-1)
def attach_copy(source_and_file: tuple[str, ...]) -> None:
    """Store FILE as the document of a source, so that result pages show its passages themselves.

    Refuses a copy in which any passage is changed or missing. The copy stays in this database alone.

    Example: flask quiz source attach syria-iran-2024 page.txt
    """
    source_id, path = _source_and_file(source_and_file)
    db = ready_db()
    attached = _source(db, source_id)
    try:
        count = attach_source(db, attached.id, read_text(path), now=now())
    except NotTheDocument as problem:
        raise click.ClickException(str(problem)) from None
    remark(f"{count} passages of {attached.id} stored")


@source.command("load")
def load_from_seeds() -> None:
    """Load the sources from seeds/. What was edited in the pages is kept.

    Exits with 1 if a file has a mistake; that source is left as it was, the others are loaded.

    Example: flask quiz source load
    """
    report = load_sources(ready_db(), seeds_folder())
    for loaded in report.sources:
        click.echo(f"{loaded.id}  {loaded.state}")
        for claim in loaded.kept:
            remark(f"{loaded.id}: {claim} was edited in the pages and differs from the file; it is kept")
        for claim in loaded.left:
            remark(f"{loaded.id}: {claim} is gone from the file; cited or edited, it stays")
    remarks(report.mistakes)
    sys.exit(1 if report.mistakes else 0)


@source.command("export")
@source_argument
@click.option("-o", "--output", metavar="FOLDER", help="Where to; seeds/SOURCE unless given.")
def export_source(source_id: str | None, output: str | None) -> None:
    """Write a source back into files, one folder for each source.

    Files that say the same already are left alone.

    Example: flask quiz source export syria-iran-2024 -o /tmp/syria-iran-2024
    """
    exported = _source(ready_db(), source_id)
    folder = Path(output) if output else seeds_folder() / exported.id
    written = write_source_files(folder, exported)
    for name in written:
        click.echo(folder / name)
    remark(f"{len(written)} files written" if written else "nothing to write: the files say the same")


def _source_and_file(given: tuple[str, ...]) -> tuple[str | None, str]:
    match given:
        case (path,):
            return None, path
        case (source_id, path):
            return source_id, path
    raise click.UsageError("name the source and the file: [SOURCE] FILE")


def _source(db: Database, source_id: str | None) -> Source:
    rows = select_sources(db)
    documents = [row.id for row in rows if row.kind != "record"]
    if source_id is None and len(documents) != 1:
        raise click.UsageError(f"name the source: {', '.join(row.id for row in rows) or 'there is none yet'}")
    found = select_source_or_none(db, source_id or documents[0])
    if found is None:
        known = ", ".join(row.id for row in rows) or "none yet; run: flask quiz source load"
        raise click.ClickException(f"there is no source {source_id!r}; there are: {known}")
    return found


def _as_plain(shown: Source) -> dict[str, Any]:
    standings = passage_standings_of(shown, today=today())
    fields = (
        "id", "kind", "title", "short_title", "byline", "publisher", "published", "published_note",
        "faq_byline", "language", "checked_on", "reliability", "evidence",
    )  # fmt: skip
    return {
        **{name: getattr(shown, name) for name in fields},
        "passages": [_passage_as_plain(p, standings[p.key]) for p in shown.passages],
        "page_claims": [_claim_as_plain(claim) | {"where": claim.where} for claim in shown.page_claims],
        "contradictions": [vars(contradiction) for contradiction in shown.contradictions],
        "not_passages": [vars(not_passage) for not_passage in shown.not_passages],
    }


def _passage_as_plain(passage: Passage, standing: Standing) -> dict[str, Any]:
    return {
        "key": passage.key,
        "kind": passage.kind,
        "date": passage.date,
        "gist": passage.gist,
        "asked": passage.asked,
        "standing": "checked" if standing.is_verified else "unverified",
        "as_of": standing.as_of,
        "reason": _reason_in_words(standing),
        "misleads": passage.misleads,
        "note": passage.note,
        "claims": [_claim_as_plain(claim) for claim in passage.claims],
    }


def _claim_as_plain(claim: Claim) -> dict[str, Any]:
    fields = (
        "id", "statement", "kind", "asserted_by", "verdict", "reason", "correction", "as_of", "review_by",
        "volatility", "confidence", "quizworthy", "evidence",
    )  # fmt: skip
    return {name: getattr(claim, name) for name in fields}


def _reason_in_words(standing: Standing) -> str:
    if standing.is_verified:
        return f"every claim that can be checked is supported, as of {standing.as_of}"
    return " ".join(_in_words(reason) for reason in standing.reasons)


def _in_words(reason: Reason) -> str:
    if not reason.claim:
        return reason.sentence
    verdict = VERDICT_WORDS[reason.verdict] if reason.verdict else ""
    told = reason.sentence.format(verdict=verdict, reason=reason.detail, date=reason.since)
    return f"{reason.claim} is {told}" if reason.verdict else f"{reason.claim}: {told}."
