"""What the pages of the bank call things."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from quiz.question_types import QUESTION_TYPES

BASIS_WORDS = {
    "world": _l("What is so"),
    "text": _l("What the source says"),
    "check": _l("Whether a claim holds"),
}
STATE_WORDS = {"ready": _l("Ready"), "draft": _l("Draft"), "retired": _l("Retired")}
STANDING_WORDS = {
    "checked": _l("Checked"),
    "in_the_source": _l("In the source"),
    "unverified": _l("Unverified"),
    "marked_by_a_person": _l("Marked by a person"),
    "nothing_asked": _l("Nothing asked"),
}
DIFFICULTY_WORDS = {"easy": _l("Easy"), "medium": _l("Medium"), "hard": _l("Hard")}
ROLE_WORDS = {
    "rests_on": _l("The key rests on it"),
    "corrects": _l("The answer corrects it"),
    "checks": _l("The question checks it"),
}

_TYPE_LINES = {
    "single_choice": _l("One right answer among several."),
    "multiple_choice": _l("Several right answers; the learner is not told how many."),
    "true_false": _l("One statement, true or false."),
    "short_text": _l("A few typed words: a name, a place, a title."),
    "numeric": _l("A typed number, with as much tolerance as you allow."),
    "date": _l("A day, a month or a year."),
    "matching": _l("Pairs: each left side has its right side to be found."),
    "ordering": _l("Steps or events to be put in order."),
    "cloze": _l("A text with gaps to fill: words, numbers or choices."),
    "claim_check": _l("A claim of a source to be judged, then corrected."),
    "essay": _l("A text of the learner’s own; a person marks it, by a rubric."),
    "information": _l("Something to read between the questions; nothing is asked."),
}


def type_word(name: str) -> str:
    """Return what a question type is called; the stored name of one that is not installed."""
    return gettext(QUESTION_TYPES[name].label) if name in QUESTION_TYPES else name


def type_line(name: str) -> str:
    """Return what a question type is for, in one line; "" for one that nobody has described here."""
    return str(_TYPE_LINES.get(name, ""))


def words_for_templates() -> dict[str, Any]:
    """Return the words under the names that templates use."""
    return {
        "basis_words": BASIS_WORDS,
        "state_words": STATE_WORDS,
        "difficulty_words": DIFFICULTY_WORDS,
        "role_words": ROLE_WORDS,
        "type_word": type_word,
    }
