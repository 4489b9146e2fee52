"""What the page that compares two wordings calls their fields and values."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from quiz.web.question_words import BASIS_WORDS, DIFFICULTY_WORDS, ROLE_WORDS, type_word

_FIELDS = {
    "type": _l("Type"),
    "stem": _l("Question"),
    "text": _l("Text"),
    "feedback": _l("Feedback"),
    "feedback_right": _l("Feedback to a right answer"),
    "feedback_wrong": _l("Feedback to a wrong answer"),
    "hints": _l("Hints"),
    "basis": _l("What is asked about"),
    "citations": _l("Claims"),
    "language": _l("Language"),
    "tags": _l("Tags"),
    "difficulty": _l("Difficulty"),
    "options": _l("Options"),
    "corrections": _l("Corrections"),
    "answers": _l("Answers"),
    "answer": _l("Right answer"),
    "right": _l("Right answer"),
    "fraction": _l("Share of the mark"),
    "pinned": _l("Kept at its place"),
    "shuffle": _l("Shuffled for each learner"),
    "grading": _l("Marking"),
    "pairs": _l("Pairs"),
    "left": _l("Left side"),
    "distractors": _l("Distractors"),
    "steps": _l("Steps"),
    "gaps": _l("Gaps"),
    "kind": _l("How it is filled"),
    "weight": _l("Weight"),
    "unit": _l("Unit"),
    "value": _l("Number"),
    "tolerance": _l("Tolerance"),
    "case_sensitive": _l("Capital and small letters differ"),
    "precision": _l("Precision"),
    "verdict": _l("Verdict"),
    "role": _l("Role"),
}
_VALUES: dict[str, Any] = {"basis": BASIS_WORDS, "difficulty": DIFFICULTY_WORDS, "role": ROLE_WORDS}


def field_word(field: str, inside: str = "") -> str:
    """Return what people call the field. inside: the list that its row is in, since a pair's right side is no key."""
    if field == "right" and inside == "pairs":
        return gettext("Right side")
    return str(_FIELDS.get(field, field))


def value_words(field: str, value: Any) -> str:
    """Return a value that is no text of the author's as people say it; "" for one that was not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field == "type":
        return type_word(value)
    if field in _VALUES and value in _VALUES[field]:
        return str(_VALUES[field][value])
    return f"{value:g}" if isinstance(value, float) else str(value)
