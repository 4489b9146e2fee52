"""Small questions for the tests of lint: clean ones, to be spoiled in one point each."""

from __future__ import annotations

from datetime import date

from quiz.core.items import Choose, Interaction, Item, Judge, Option
from quiz.core.lint import Finding, LintedQuestion, lint_question, linted
from quiz.core.standing import CitedClaim, standing_of
from tests.small_content import claim

TODAY = date(2026, 11, 23)
BRIDGE = CitedClaim(
    "rests_on",
    claim(
        statement="Engineers opened the Stone Bridge over the Ouse on 1 May 1901.",
        reason="Its plate says 1901 and Ouse.",
    ),
    date(2026, 11, 22),
)


def asked(
    interaction: Interaction,
    stem: str = "Which river does it cross?",
    *,
    feedback: str = "It crosses the Ouse, beside which the town grew.",
    cited: tuple[CitedClaim, ...] = (BRIDGE,),
    basis: str = "world",
    language: str = "en",
    id: str = "q1",
) -> LintedQuestion:
    """Return a question that asks the interaction."""
    item = Item(stem, interaction, general_feedback=feedback)
    standing = standing_of(basis, cited, today=TODAY)  # type: ignore[arg-type]
    return linted(item, id=id, basis=basis, cited=cited, standing=standing, language=language)  # type: ignore[arg-type]


def choice(
    *options: str,
    right: int = 0,
    stem: str = "Which river does it cross?",
    shuffle: bool = True,
    **about: object,
) -> LintedQuestion:
    """Return a question with these options. right: place of the one that is."""
    rows = tuple(Option(text, float(place == right)) for place, text in enumerate(options))
    return asked(Choose(rows, shuffle=shuffle), stem, **about)  # type: ignore[arg-type]


def statement(stem: str, answer: bool = True, **about: object) -> LintedQuestion:
    """Return a statement to be judged."""
    return asked(Judge(answer), stem, **about)  # type: ignore[arg-type]


def findings(question: LintedQuestion, rule: str) -> list[Finding]:
    """Return what that one rule finds."""
    return [finding for finding in lint_question(question) if finding.rule == rule]


def places(question: LintedQuestion, rule: str) -> list[str]:
    """Return where that one rule finds something."""
    return [finding.where for finding in findings(question, rule)]


RIVERS = ("The Ouse", "The Tees", "The Wear", "The Tyne")
