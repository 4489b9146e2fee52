"""What lint says of a question, and what an author may answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Fix:
    """A mechanical change that mends what was found.

    text: all that should stand at ``where``; if that is a list of options, their texts in order, a line each.
    """

    where: str
    text: str


@dataclass(frozen=True)
class Found:
    """What a rule found at one place. sentence: a literal with named gaps, so that it can be translated.

    where: "stem", "text", "options[2]", "gaps[1].options[3]", "pairs[1].left", "key", "feedback" or "bank";
    rows are counted from 1.
    """

    where: str
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None


@dataclass(frozen=True)
class Finding:
    """What was found, by which rule. question: its id, "" if it is about the bank as a whole.

    An error keeps a question from being ready; a warning asks for a change or for a reason; a note only
    asks for a look. why: the rule's reason, marked for translation. reason: the author's, why it is so and
    should stay
    so; "" if the finding is unexplained.
    """

    rule: str
    severity: Severity
    question: str
    where: str
    sentence: str
    values: Mapping[str, Any]
    why: str
    fix: Fix | None = None
    reason: str = ""

    @property
    def what(self) -> str:
        """Return in English what was found."""
        return self.sentence.format(**self.values)

    @property
    def needs_answer(self) -> bool:
        """Tell whether somebody still has to change the question or to explain it."""
        return self.severity != "note" and not self.reason


@dataclass(frozen=True)
class Ignore:
    """What an author answers to all that one rule finds in one question. reason: never empty."""

    rule: str
    reason: str
