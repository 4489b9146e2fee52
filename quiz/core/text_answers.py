"""Accepted answers in words: ``*`` is any run of characters, spelling is folded, the first match counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quiz.core.items import TextAnswer
from quiz.core.messages import N_
from quiz.core.question_type import UnusableBody
from quiz.core.rows import fraction_in, read_rows, text_of
from quiz.core.text_folding import fold
from quiz.core.wildcards import has_parts_in_order
from quiz.core.written import refuse_strangers, text_in

LONGEST_TEXT = 500
"""Characters that a learner may type into one field."""

# A character that nobody types, so that a star which is a wildcard and one which was escaped stay apart.
_ANY_RUN = "\ue000"


def matches(pattern: str, typed: str, *, case_sensitive: bool = False) -> bool:
    """Tell whether the text is what the pattern accepts, as a whole.

    In the pattern ``*`` stands for any run of characters, also for none, ``\\*`` for a star, all else
    for itself.
    """
    marked = pattern.replace("\\*", "\ue001").replace("*", _ANY_RUN).replace("\ue001", "*")
    parts = fold(marked, case_sensitive=case_sensitive).split(_ANY_RUN)
    return has_parts_in_order(fold(typed, case_sensitive=case_sensitive), parts)


def matching_answer(answers: Iterable[TextAnswer], typed: str, *, case_sensitive: bool) -> TextAnswer | None:
    """Return the first answer that accepts what was typed, None if none does."""
    for answer in answers:
        if matches(answer.text, typed, case_sensitive=case_sensitive):
            return answer
    return None


def right_text(answers: Sequence[TextAnswer]) -> str:
    """Return the right answer as a person would write it: the first full one, rather without wildcards."""
    full = [answer.text for answer in answers if answer.fraction == 1]
    plain = [text for text in full if "*" not in text.replace("\\*", "")]
    shown = (plain or full)[0]
    return shown.replace("\\*", "\ue001").replace("*", "…").replace("\ue001", "*")


def read_text_answers(written: Mapping[str, Any]) -> tuple[TextAnswer, ...]:
    """Read the field ``answers``. Raises UnusableBody, also if no answer earns the full mark."""
    answers = tuple(read_rows(written, "answers", _read_answer, at_least=1))
    if all(answer.fraction != 1 for answer in answers):
        raise UnusableBody("answers", N_("one of the answers must earn the full mark"))
    return answers


def _read_answer(row: Mapping[str, Any]) -> TextAnswer:
    refuse_strangers(row, ("text", "fraction", "feedback"))
    text = text_in(row, "text")
    if not fold(text):
        raise UnusableBody("text", N_("{field} is missing"), field="text")
    return TextAnswer(text, fraction_in(row, default=1.0), text_in(row, "feedback", default=""))


def write_text_answers(answers: Iterable[TextAnswer]) -> list[dict[str, Any]]:
    """Return the rows that read_text_answers reads as these."""
    return [
        {"text": answer.text}
        | ({} if answer.fraction == 1 else {"fraction": answer.fraction})
        | ({"feedback": answer.feedback} if answer.feedback else {})
        for answer in answers
    ]


def text_answers_from_form(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what an author's form holds as rows for read_text_answers; an empty share is the full one."""
    return [
        {"text": text_of(row, "text"), "feedback": text_of(row, "feedback")}
        | ({} if row.get("fraction") is None else {"fraction": row["fraction"]})
        for row in rows
        if text_of(row, "text")
    ]
