"""What is missing: feedback, descriptions of pictures; and pictures that are not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.core.lint.findings import Found
from quiz.core.lint.question import LintedQuestion
from quiz.core.lint.rule import found, rule
from quiz.core.messages import N_
from quiz.core.pictures import DECORATIVE

_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^)\s>]*)>?(?:\s+\"([^\"]*)\")?")
_MAY_SHOW = re.compile(r"!\[|<img\b", re.IGNORECASE)
_TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"\s*[^\"\s]|'\s*[^'\s])", re.IGNORECASE)
_ELSEWHERE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)


@rule(
    "warning",
    N_("Learners who were wrong learn nothing from a cross alone. One sentence that says why is enough."),
)
def missing_feedback(question: LintedQuestion) -> Iterator[Found]:
    needs_it = question.view.is_question and not question.view.is_marked_by_hand
    if needs_it and not question.feedback.text.strip():
        yield found("feedback", N_("nothing is said about why the key is right"))


@rule(
    "error",
    N_(
        "Who can't see the picture can't answer. Describe what it shows, without giving the key away, or say "
        "that it only decorates."
    ),
)
def picture_without_description(question: LintedQuestion) -> Iterator[Found]:
    for text in (*question.shown, *question.told):
        if not _MAY_SHOW.search(text.text):
            continue
        bare = [
            match[2]
            for match in _PICTURE.finditer(text.text)
            if not match[1].strip() and match[3] != DECORATIVE
        ]
        bare += [tag for tag in _TAG.findall(text.text) if not _ALT.search(tag)]
        for picture in bare:
            yield found(text.where, N_("the picture {picture} has no description"), picture=picture)


@rule(
    "warning",
    N_(
        "A picture elsewhere can change or vanish, and tells its owner who looks. Store a copy "
        "with the question."
    ),
)
def picture_elsewhere(question: LintedQuestion) -> Iterator[Found]:
    for text in (*question.shown, *question.told):
        if not _MAY_SHOW.search(text.text):
            continue
        for match in _PICTURE.finditer(text.text):
            if _ELSEWHERE.match(match[2]):
                yield found(text.where, N_("the picture {picture} is on another site"), picture=match[2])
