"""Lint one question: as it is written, as it is stored, or before it may be ready."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from quiz.core.claims import Citation, Claim
from quiz.core.items import Hint
from quiz.core.lint import Finding, LintedQuestion, linted, stops_ready
from quiz.core.lint import lint_question as findings_in
from quiz.core.messages import N_, Explained
from quiz.core.question_type import Body
from quiz.core.questions import Wording
from quiz.core.standing import CitedClaim, standing_of
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database
from quiz.storage.linting import select_ignores, select_language
from quiz.storage.sources import select_claims, select_sources
from quiz.workflows.open_question import open_wording, type_called


class NotFitToAsk(Explained):
    """The version has lint errors, so it can be a draft but not ready. findings: all of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        told = "; ".join(f"{finding.where}: {finding.what}" for finding in findings)
        super().__init__(N_("it can't be ready yet, only a draft: {problems}"), problems=told)
        self.findings = findings


def lint_wording(
    db: Database, wording: Wording, *, bank_id: str, today: date, question_id: str = ""
) -> tuple[Finding, ...]:
    """Return what is found in a wording that need not be saved, the gravest first. Raises UnknownType.

    question_id: "" for a question that does not exist yet; what is ignored in one that does stays explained.
    """
    bank = select_bank_or_none(db, bank_id)
    return _findings(db, wording, question_id, bank.language if bank else "en", today)


def lint_version(db: Database, question_id: str, version_id: str, *, today: date) -> tuple[Finding, ...]:
    """Return what is found in a stored version, the gravest first. Raises RowCountError, or UnknownType."""
    return _findings(db, open_wording(db, version_id), question_id, select_language(db, question_id), today)


def refuse_if_unfit(db: Database, question_id: str, wording: Wording, *, today: date) -> None:
    """Raise NotFitToAsk if a wording of the question has errors that keep it from being ready."""
    findings = _findings(db, wording, question_id, select_language(db, question_id), today)
    if stopping := stops_ready(findings):
        raise NotFitToAsk(stopping)


def seen_by_lint(
    wording: Wording, cited: Iterable[CitedClaim], *, question_id: str, language: str, today: date
) -> LintedQuestion:
    """Return the wording as the rules see it; its ask and key are the type's own values.

    Raises UnknownType.
    """
    cited = tuple(cited)
    question_type = type_called(wording.type)
    item = question_type.to_item(wording.stem, Body(wording.ask, wording.key))
    return linted(
        replace(
            item,
            general_feedback=wording.feedback,
            tags=wording.tags,
            hints=tuple(Hint(text) for text in wording.hints),
        ),
        id=question_id,
        basis=wording.basis,
        cited=cited,
        standing=standing_of(wording.basis, cited, today=today, marking=question_type.marking),
        language=wording.language or language,
    )


def cited_claims(
    citations: Iterable[Citation], claims: Mapping[tuple[str, str], Claim], checked_on: Mapping[str, date]
) -> list[CitedClaim]:
    """Return those of the cited claims that exist. checked_on: by source id."""
    return [
        CitedClaim(c.role, claims[c.source, c.claim], checked_on[c.source])
        for c in citations
        if (c.source, c.claim) in claims
    ]


def _findings(
    db: Database, wording: Wording, question_id: str, language: str, today: date
) -> tuple[Finding, ...]:
    checked_on = {source.id: source.checked_on for source in select_sources(db)}
    cited = cited_claims(wording.citations, select_claims(db, wording.citations), checked_on)
    question = seen_by_lint(wording, cited, question_id=question_id, language=language, today=today)
    return findings_in(question, select_ignores(db, question_id) if question_id else ())
