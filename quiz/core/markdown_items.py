"""An item with all its texts in Markdown, whatever format it was written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from quiz.core.html_text import text_as
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Interaction,
    Item,
    Judge,
    Match,
    TextFormat,
    Write,
)
from quiz.core.losses import texts_of

_Turn = Callable[[str, TextFormat | None], str]


def in_markdown(item: Item) -> tuple[Item, bool]:
    """Return the item in Markdown, and whether something of a text was lost on the way (a table, an underline)."""
    if _reads_the_same(item):
        if item.prompt_format == "markdown" and item.feedback_format is None:
            return item, False
        return replace(item, prompt_format="markdown", feedback_format=None), False
    lost = False

    def turn(text: str, given: TextFormat | None) -> str:
        nonlocal lost
        turned, lossy = text_as(text, given or item.prompt_format, "markdown")
        lost |= lossy
        return turned

    def turn_feedback(text: str, given: TextFormat | None = None) -> str:
        return turn(text, given or item.feedback_format)

    turned = replace(
        item,
        prompt=turn(item.prompt, None),
        interaction=_interaction(item.interaction, turn, turn_feedback),
        prompt_format="markdown",
        general_feedback=turn_feedback(item.general_feedback),
        hints=tuple(replace(hint, text=turn_feedback(hint.text)) for hint in item.hints),
        feedback_right=turn_feedback(item.feedback_right),
        feedback_partial=turn_feedback(item.feedback_partial),
        feedback_wrong=turn_feedback(item.feedback_wrong),
        feedback_format=None,
    )
    return turned, lost


def _reads_the_same(item: Item) -> bool:
    """Tell whether each text is Markdown as it stands, so that turning it would change nothing."""
    formats = {item.prompt_format, item.feedback_format or item.prompt_format}
    if "html" in formats:
        return False
    if "moodle" in formats and isinstance(item.interaction, Fill | CheckClaim):
        return False
    # Of Moodle's own format, what holds no sign of HTML is plain text.
    if "moodle" in formats and any("<" in text or "&" in text for text in texts_of(item)):
        return False
    gaps = item.interaction.gaps if isinstance(item.interaction, Fill) else (item.interaction,)
    return all(
        option.text_format is None for gap in gaps if isinstance(gap, Choose) for option in gap.options
    )


def _interaction(asked: Interaction, turn: _Turn, told: _Turn) -> Interaction:
    """Return the interaction in Markdown. Accepted answers and right sides are plain text and stay as they are."""
    match asked:
        case Choose(options):
            turned = tuple(
                replace(
                    o, text=turn(o.text, o.text_format), feedback=told(o.feedback, None), text_format=None
                )
                for o in options
            )
            return replace(asked, options=turned)
        case Judge(answer, right, wrong):
            return Judge(answer, told(right, None), told(wrong, None))
        case EnterText(answers):
            return replace(asked, answers=tuple(replace(a, feedback=told(a.feedback, None)) for a in answers))
        case EnterNumber(numbers):
            return replace(asked, answers=tuple(replace(a, feedback=told(a.feedback, None)) for a in numbers))
        case Match(pairs):
            return replace(asked, pairs=tuple((turn(left, None), right) for left, right in pairs))
        case Arrange(steps):
            return replace(asked, steps=tuple(turn(step, None) for step in steps))
        case Fill(template, gaps):
            turned_gaps = tuple(_interaction(gap, turn, told) for gap in gaps)
            return replace(asked, template=turn(template, None), gaps=turned_gaps)  # type: ignore[arg-type]
        case CheckClaim(verdict, corrections):
            return CheckClaim(verdict, tuple((turn(text, None), right) for text, right in corrections))
        case Write():
            return replace(asked, notes=turn(asked.notes, None), model_answer=turn(asked.model_answer, None))
    return asked
