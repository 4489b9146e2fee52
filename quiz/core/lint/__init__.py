"""Lint: what a machine can see to be wrong with a question or a bank. Its rules are found in ``rules``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quiz.core.lint import rules as _rules
from quiz.core.lint.findings import Finding, Fix, Found, Ignore, Severity
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import BankRule, LintedBank, NearPair, Rule, finding_of
from quiz.core.lint.viewing import linted
from quiz.core.messages import N_

__all__ = [
    "BANK_RULES",
    "RULES",
    "RULE_NAMES",
    "Finding",
    "Fix",
    "Found",
    "Ignore",
    "LintReport",
    "LintedBank",
    "LintedQuestion",
    "NearPair",
    "Severity",
    "lint_bank",
    "lint_question",
    "linted",
    "skipped_rules",
    "stops_ready",
]


def _find_all() -> list[Rule | BankRule]:
    found: dict[str, Rule | BankRule] = {}
    for module_info in sorted(pkgutil.iter_modules(_rules.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{_rules.__name__}.{module_info.name}")
        for rule in vars(module).values():
            if isinstance(rule, Rule | BankRule) and found.setdefault(rule.name, rule) is not rule:
                raise RuntimeError(f"two rules are named {rule.name!r}; ignores in files could mean either")
    return list(found.values())


_ALL = _find_all()
RULES: tuple[Rule, ...] = tuple(rule for rule in _ALL if isinstance(rule, Rule))
BANK_RULES: tuple[BankRule, ...] = tuple(rule for rule in _ALL if isinstance(rule, BankRule))
UNUSED_IGNORE = "unused_ignore"
RULE_NAMES: tuple[str, ...] = tuple(sorted(rule.name for rule in _ALL))

_WEIGHT: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
_UNUSED = N_("the rule {rule} finds nothing here any more; the reason kept for it can go")
_UNUSED_WHY = N_("An explanation that explains nothing hides the next finding of its rule.")


@dataclass(frozen=True)
class LintReport:
    """What was found in a bank, question by question, the bank's own last. questions: how many there are.

    skipped: names of the rules that know English only, where the bank is in another language.
    """

    findings: tuple[Finding, ...]
    questions: int
    language: str = "en"
    skipped: tuple[str, ...] = ()

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        """Return the errors and warnings that nobody has given a reason for."""
        return tuple(finding for finding in self.findings if finding.needs_answer)


def lint_question(question: LintedQuestion, ignores: Iterable[Ignore] = ()) -> tuple[Finding, ...]:
    """Return what is found in one question by itself, the gravest first."""
    is_english = question.is_english
    findings = [
        finding_of(rule, question.id, found)
        for rule in RULES
        if is_english or not rule.english_only
        for found in rule.look(question)
    ]
    reasons = {ignore.rule: ignore.reason for ignore in ignores}
    return tuple(sorted(_explained(findings, reasons), key=_gravity))


def lint_bank(bank: LintedBank, ignores: Mapping[str, Sequence[Ignore]] | None = None) -> LintReport:
    """Return what is found in the bank and in each of its questions. ignores: by question id."""
    of_question: dict[str, list[Finding]] = {question.id: [] for question in bank.questions}
    for question in bank.questions:
        of_question[question.id] += [finding for rule in RULES for finding in rule.findings(question)]
    of_bank: list[Finding] = []
    for bank_rule in BANK_RULES:
        for finding in bank_rule.findings(bank):
            of_question.get(finding.question, of_bank).append(finding)
    findings: list[Finding] = []
    for question_id, found in of_question.items():
        reasons = {ignore.rule: ignore.reason for ignore in (ignores or {}).get(question_id, ())}
        findings += sorted([*_explained(found, reasons), *_unused(question_id, found, reasons)], key=_gravity)
    return LintReport((*findings, *of_bank), len(of_question), bank.language, skipped_rules(bank.language))


def skipped_rules(language: str) -> tuple[str, ...]:
    """Return the names of the rules that say nothing about questions in this language."""
    if language.lower().split("-")[0] == "en":
        return ()
    return tuple(rule.name for rule in _ALL if rule.english_only)


def stops_ready(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what keeps a question from being ready: the errors that nobody has given a reason for."""
    return tuple(finding for finding in findings if finding.severity == "error" and not finding.reason)


def _explained(findings: Iterable[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    return [replace(f, reason=reasons[f.rule]) if f.rule in reasons else f for f in findings]


def _unused(question_id: str, found: Iterable[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    used = {finding.rule for finding in found}
    return [
        Finding(UNUSED_IGNORE, "note", question_id, "ignore", _UNUSED, {"rule": rule}, _UNUSED_WHY)
        for rule in reasons
        if rule not in used
    ]


def _gravity(finding: Finding) -> int:
    return _WEIGHT[finding.severity]
