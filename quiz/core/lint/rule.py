"""What a rule is: a function that looks at a question or at a bank, with its name, weight and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.core.lint.findings import Finding, Fix, Found, Severity
from quiz.core.lint.question import LintedQuestion

BANK = "bank"


@dataclass(frozen=True)
class NearPair:
    """Two questions that nearly say the same, by their places in the bank. likeness: 0 to 1."""

    first: int
    second: int
    likeness: float


@dataclass(frozen=True)
class LintedBank:
    """Questions that belong together. near: found outside of the core, by whatever compares texts fast."""

    questions: Sequence[LintedQuestion]
    language: str = "en"
    near: tuple[NearPair, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A rule about one question. name: by which it is ignored, the name of its function."""

    name: str
    severity: Severity
    why: str
    english_only: bool
    look: Callable[[LintedQuestion], Iterable[Found]]

    def findings(self, question: LintedQuestion) -> Iterator[Finding]:
        """Give what the rule finds in the question; nothing where it does not know the language."""
        if question.is_english or not self.english_only:
            for found in self.look(question):
                yield finding_of(self, question.id, found)


@dataclass(frozen=True)
class BankRule:
    """A rule about a bank. look: gives each thing found with the question it is found in, "" for the bank."""

    name: str
    severity: Severity
    why: str
    english_only: bool
    look: Callable[[LintedBank], Iterable[tuple[str, Found]]]

    def findings(self, bank: LintedBank) -> Iterator[Finding]:
        """Give what the rule finds in the bank."""
        if not self.english_only or bank.language.lower().split("-")[0] == "en":
            for question_id, found in self.look(bank):
                yield finding_of(self, question_id, found)


def rule(
    severity: Severity, why: str, *, english_only: bool = False
) -> Callable[[Callable[[LintedQuestion], Iterable[Found]]], Rule]:
    """Make a function that looks at a question into a rule. why: for authors, marked for translation."""
    return lambda look: Rule(look.__name__, severity, why, english_only, look)


def bank_rule(
    severity: Severity, why: str, *, english_only: bool = False
) -> Callable[[Callable[[LintedBank], Iterable[tuple[str, Found]]]], BankRule]:
    """Make a function that looks at a bank into a rule."""
    return lambda look: BankRule(look.__name__, severity, why, english_only, look)


def found(where: str, sentence: str, /, *, fix: str | None = None, **values: Any) -> Found:
    """Return what was found there. fix: what should stand there instead, None if a machine can't tell."""
    return Found(where, sentence, values, None if fix is None else Fix(where, fix))


def finding_of(of: Rule | BankRule, question_id: str, found: Found) -> Finding:
    """Return what a rule found, with all that the rule says of it."""
    values: Mapping[str, Any] = found.values
    return Finding(of.name, of.severity, question_id, found.where, found.sentence, values, of.why, found.fix)
