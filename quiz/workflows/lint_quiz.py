"""Lint the chosen questions of a quiz, each in the version that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quiz.core.lint import Finding
from quiz.storage.database import Database
from quiz.workflows.check_quiz import CheckedSlot, QuizCheck
from quiz.workflows.lint_question import lint_version
from quiz.workflows.open_question import UnknownType


@dataclass(frozen=True)
class LintedPlace:
    """A place with what somebody still has to change or to explain in its question, at least one thing."""

    checked: CheckedSlot
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def lint_quiz(db: Database, check: QuizCheck, *, today: date) -> tuple[LintedPlace, ...]:
    """Return the places with findings that are neither mended nor explained; of draws, nothing is looked at."""
    places = []
    for checked in check.slots:
        question = checked.chosen.question if checked.chosen else None
        if question is None:
            continue
        try:
            found = lint_version(db, question.question_id, question.version_id, today=today)
        except UnknownType:
            continue
        if waiting := tuple(finding for finding in found if finding.needs_answer):
            places.append(LintedPlace(checked, waiting))
    return tuple(places)
