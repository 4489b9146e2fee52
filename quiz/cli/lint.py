"""``flask quiz bank lint``: what can be seen by machine to be wrong with banks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from quiz.cli.banks import bank
from quiz.cli.command_tools import json_option, print_json, ready_db, remark, remarks, today
from quiz.core.lint import Finding, LintReport
from quiz.storage.bank_files import bank_files_in
from quiz.storage.banks import select_bank_or_none, select_banks
from quiz.storage.database import Database
from quiz.workflows.lint_bank import FileLint, lint_bank
from quiz.workflows.lint_file import lint_file


@bank.command("lint")
@click.argument("target", metavar="[BANK|FILE|FOLDER]", required=False)
@click.option("--notes", is_flag=True, help="Print notes too, and what has been explained.")
@json_option
def lint(target: str | None, notes: bool, as_json: bool) -> None:
    """Look for flaws in a bank of the database, in a file of any format, or in every bank there is.

    Exits with 0 if nothing is left to answer, 1 if an error or a warning is unexplained or a question can't be
    read, 2 if there is no such bank or file. Notes ask for a look, not for an answer. Explain a finding in
    the pages, or in a bank file below its question: [[question.ignore]] with rule and reason.

    Example: flask quiz bank lint questions/the-article.toml
    """
    looked_at = _lint(ready_db(), target)
    if as_json:
        print_json({"banks": [_bank_as_json(one) for one in looked_at]})
    else:
        for one in looked_at:
            _tell(one, notes=notes)
    is_clean = all(
        one.report is not None and not one.report.unexplained and not one.mistakes for one in looked_at
    )
    sys.exit(0 if is_clean else 1)


def _lint(db: Database, target: str | None) -> list[FileLint]:
    if target is None:
        return [FileLint(row.id, lint_bank(db, row.id, today=today())) for row in select_banks(db)]
    if select_bank_or_none(db, target) is not None:
        return [FileLint(target, lint_bank(db, target, today=today()))]
    path = Path(target)
    if not path.exists():
        known = ", ".join(row.id for row in select_banks(db)) or "none"
        raise click.UsageError(f"there is no bank and no file {target!r}; the banks are: {known}")
    files = bank_files_in(path) if path.is_dir() else [path]
    return [lint_file(db, file, today=today()) for file in files]


def _tell(one: FileLint, *, notes: bool) -> None:
    remarks(one.mistakes)
    if one.report is None:
        return
    report = one.report
    for finding in report.findings:
        if finding.needs_answer or notes:
            _tell_finding(one.bank_id, finding)
    counts = _counts(report)
    told = ", ".join(f"{counts[name]} {name}" for name in ("errors", "warnings", "explained", "notes"))
    remark(f"{one.bank_id}: {report.questions} questions, {told}")
    if report.skipped:
        remark(
            f"{one.bank_id} is in “{report.language}”: {len(report.skipped)} rules know English only "
            f"and were left out"
        )


def _tell_finding(bank_id: str, finding: Finding) -> None:
    click.echo(
        f"{finding.severity}  {finding.question or bank_id}  {finding.where}  {finding.rule}: {finding.what}"
    )
    if finding.fix:
        click.echo(f"    instead: {finding.fix.text}".replace("\n", " | "))
    if finding.reason:
        click.echo(f"    explained: {finding.reason}")


def _bank_as_json(one: FileLint) -> dict[str, Any]:
    plain: dict[str, Any] = {"bank": one.bank_id, "mistakes": [str(mistake) for mistake in one.mistakes]}
    if one.report is None:
        return plain
    return plain | {
        "questions": one.report.questions,
        "language": one.report.language,
        "rules_left_out": list(one.report.skipped),
        "counts": _counts(one.report),
        "findings": [_finding_as_json(finding) for finding in one.report.findings],
    }


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "question": finding.question,
        "where": finding.where,
        "what": finding.what,
        "why": finding.why,
        "fix": {"where": finding.fix.where, "text": finding.fix.text} if finding.fix else None,
        "explained": finding.reason or None,
    }


def _counts(report: LintReport) -> dict[str, int]:
    def count(findings: Iterable[Finding]) -> int:
        return sum(1 for _ in findings)

    return {
        "errors": count(f for f in report.unexplained if f.severity == "error"),
        "warnings": count(f for f in report.unexplained if f.severity == "warning"),
        "explained": count(f for f in report.findings if f.reason),
        "notes": count(f for f in report.findings if f.severity == "note" and not f.reason),
    }
