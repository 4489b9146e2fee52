"""What a bank may say of itself."""

from __future__ import annotations

from typing import Any

from quiz.core.languages import language_from
from quiz.core.messages import N_, Explained
from quiz.core.question_type import UnusableBody
from quiz.core.titles import UnusableTitle, usable_title

LONGEST_DESCRIPTION = 2_000


class UnusableBank(Explained):
    """What was typed makes no bank. field: of the form."""

    def __init__(self, field: str, sentence: str, /, **values: Any) -> None:
        super().__init__(sentence, **values)
        self.field = field


def usable_facts(title: str, description: str, language: str) -> dict[str, str]:
    """Return title, description and language as they are kept. Raises UnusableBank."""
    try:
        title = usable_title(title)
    except UnusableTitle as problem:
        raise UnusableBank("title", problem.sentence, **problem.values) from None
    description = description.strip()
    if len(description) > LONGEST_DESCRIPTION:
        sentence = N_("The description must have {most} characters at most")
        raise UnusableBank("description", sentence, most=LONGEST_DESCRIPTION)
    try:
        tag = language_from(language)
    except UnusableBody as problem:
        raise UnusableBank("language", problem.sentence, **problem.values) from None
    if not tag:
        raise UnusableBank("language", N_("Write the language's short name, such as en, ar or pt-BR"))
    return {"title": title, "description": description, "language": tag}
