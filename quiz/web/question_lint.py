"""What lint found, as the pages of a question show it: rule by rule, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from quiz.core.lint import Finding

SEVERITY_WORDS = {"error": _l("Error"), "warning": _l("Warning"), "note": _l("Note")}
_PIECES = {
    "stem": _l("Question"),
    "text": _l("Text with gaps"),
    "key": _l("Right answer"),
    "feedback": _l("Feedback"),
    "feedback_right": _l("Feedback to a right answer"),
    "feedback_wrong": _l("Feedback to a wrong answer"),
    "options": _l("Options"),
    "corrections": _l("Corrections"),
    "left": _l("Left side"),
    "right": _l("Right side"),
}
_ROWS = {
    "options": _l("Option %(number)s"),
    "corrections": _l("Correction %(number)s"),
    "gaps": _l("Gap %(number)s"),
    "pairs": _l("Pair %(number)s"),
    "steps": _l("Step %(number)s"),
    "distractors": _l("Distractor %(number)s"),
    "answers": _l("Answer %(number)s"),
    "hints": _l("Hint %(number)s"),
}
_PIECE = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class ShownPlace:
    """One place where a rule found something. instead: what could stand there, "" if a machine can't tell."""

    place: str
    what: str
    instead: str


@dataclass(frozen=True)
class ShownRule:
    """All that one rule found in a question. reason: the author's, "" if it is unexplained."""

    rule: str
    severity: str
    severity_word: str
    why: str
    reason: str
    places: tuple[ShownPlace, ...]


def shown_rules(findings: Iterable[Finding]) -> list[ShownRule]:
    """Return the findings as a page lists them, in their order."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return [
        ShownRule(
            rule=rule,
            severity=found[0].severity,
            severity_word=str(SEVERITY_WORDS[found[0].severity]),
            why=gettext(found[0].why),
            reason=found[0].reason,
            places=tuple(_place(finding) for finding in found),
        )
        for rule, found in by_rule.items()
    ]


def place_words(where: str) -> str:
    """Return a place as people call it: "Gap 1, Option 3" for "gaps[1].options[3]"."""
    words = []
    for name, number in _PIECE.findall(where):
        word = _ROWS.get(name) if number else _PIECES.get(name)
        words.append(name if word is None else str(word) % {"number": number} if number else str(word))
    return ", ".join(words)


def _place(finding: Finding) -> ShownPlace:
    what = gettext(finding.sentence).format(**finding.values)
    return ShownPlace(place_words(finding.where), what, finding.fix.text if finding.fix else "")
