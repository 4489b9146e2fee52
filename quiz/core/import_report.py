"""What an import would do, question by question, as it is told before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from quiz.core.interchange import Remark
from quiz.core.lint import Finding
from quiz.core.messages import Explained

Action = Literal["add", "update", "same", "none"]
"""What happens to a question. none: to no question at all."""

Status = Literal["add", "update", "same", "warning", "error"]
"""How a row is told. warning: it is added or updated, but somebody should look first."""

STATUSES: tuple[Status, ...] = get_args(Status)
Severity = Literal["note", "warning", "error"]

TOLD = "{told}"
"""The sentence of what a reader of a format says, which is in English only."""


@dataclass(frozen=True)
class Message:
    """One thing to know. sentence: a literal with named gaps, to be translated. fix: what to do, perhaps ""."""

    severity: Severity
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: str = ""

    @property
    def text(self) -> str:
        """Return in English what is told."""
        return self.sentence.format(**self.values)

    def to_plain(self) -> dict[str, Any]:
        plain = {"severity": self.severity, "sentence": self.sentence, "values": dict(self.values)}
        return plain | ({"fix": self.fix} if self.fix else {})


def message_from_plain(plain: Mapping[str, Any]) -> Message:
    return Message(plain["severity"], plain["sentence"], plain["values"], plain.get("fix", ""))


def of_remark(remark: Remark) -> Message:
    """Return what a reader told. How to mend it stands behind a semicolon in most of what they tell."""
    told, _, fix = remark.text.partition("; ")
    if remark.severity == "note":
        told, fix = remark.text, ""
    return Message(remark.severity, TOLD, {"told": told}, fix)


def of_problem(problem: Explained, severity: Severity = "error") -> Message:
    """Return what was refused."""
    return Message(
        severity, problem.sentence, {name: _plain(value) for name, value in problem.values.items()}
    )


def of_finding(finding: Finding, severity: Severity) -> Message:
    """Return what lint found, told as gravely as is said here."""
    fix = finding.fix.text if finding.fix else finding.why
    values = {name: _plain(value) for name, value in finding.values.items()}
    return Message(severity, finding.sentence, values, fix)


def status_of(action: Action, messages: Iterable[Message]) -> Status:
    """Return how the row is told: as what happens, unless something is wrong with it."""
    severities = {message.severity for message in messages}
    if action == "none":
        return "error" if "error" in severities else "warning" if "warning" in severities else "same"
    if action != "same" and severities & {"warning", "error"}:
        return "warning"
    return action


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
