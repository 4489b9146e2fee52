"""What a format can't say of a question: found by what it can, told in one remark a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from quiz.core.interchange import Remark
from quiz.core.items import Arrange, Choose, EnterNumber, EnterText, Fill, Inform, Item, Judge, Match, Write
from quiz.core.text_bytes import one_line

_STANDARD_PENALTY = (None, 0.3333333)

# How a question is laid out in one system is no loss in another.
_TRIFLES = frozenset(
    f"moodle.{name}"
    for name in (
        "answernumbering", "showstandardinstruction", "shownumcorrect", "responsefieldlines",
        "responserequired",
        "cloze_types", "type", "layouttype", "showgrading", "showmisplaced", "hidden",
    )
)  # fmt: skip

# Each thing that a question may say beyond its text and key, with how to tell that this one says it.
_SAID: dict[str, Callable[[Item], bool]] = {
    "the id": lambda item: bool(item.id),
    "the title": lambda item: bool(item.title),
    "the category": lambda item: bool(item.category),
    "the tags": lambda item: bool(item.tags),
    "the points": lambda item: item.points != (0.0 if isinstance(item.interaction, Inform) else 1.0),
    "the general feedback": lambda item: bool(item.general_feedback),
    "the feedback to the whole response": lambda item: bool(
        item.feedback_right or item.feedback_partial or item.feedback_wrong
    ),
    "the feedback to single answers": lambda item: any(_feedback_in(item.interaction)),
    "the penalty": lambda item: (
        item.penalty not in _STANDARD_PENALTY
        and not (isinstance(item.interaction, Judge | Write | Inform) and item.penalty in (0.0, 1.0))
    ),
    "the hints": lambda item: bool(item.hints),
    "the files": lambda item: bool(item.files),
    "the fixed order of options": lambda item: _is_fixed(item.interaction),
    "the place of single options": lambda item: _has_pinned(item.interaction),
    "the case of letters": lambda item: (
        isinstance(item.interaction, EnterText) and item.interaction.case_sensitive
    ),
    "the units": lambda item: isinstance(item.interaction, EnterNumber) and _has_units(item.interaction),
    "the decimal sign": lambda item: (
        isinstance(item.interaction, EnterNumber)
        and (item.interaction.decimal, item.interaction.thousands) != (".", ",")
    ),
    "the way of marking the order": lambda item: (
        isinstance(item.interaction, Arrange) and item.interaction.grading != Arrange(()).grading
    ),
    "the limits and notes of free writing": lambda item: (
        isinstance(item.interaction, Write) and _without_rubric(item.interaction) != Write()
    ),
    "the rubric": lambda item: isinstance(item.interaction, Write) and bool(item.interaction.rubric),
    "the model answer": lambda item: (
        isinstance(item.interaction, Write) and bool(item.interaction.model_answer)
    ),
    "all-or-nothing marking": lambda item: (
        isinstance(item.interaction, Choose) and item.interaction.all_or_nothing
    ),
    "the language": lambda item: bool(item.language),
    "the reasons for what lint found": lambda item: any(
        name.startswith("footnote.ignore.") for name, _ in item.settings
    ),
    "settings of another format": lambda item: any(
        name not in _TRIFLES and not name.startswith("footnote.") for name, _ in item.settings
    ),
}


def lost_remarks(item: Item, format_label: str, *, carried: Iterable[str], where: str = "") -> list[Remark]:
    """Return a warning that names what of the question the format can't say; nothing if it says all.

    carried: names of _SAID that the format keeps.
    """
    kept = set(carried)
    unknown = kept - set(_SAID)
    if unknown:
        raise ValueError(f"nothing is called {', '.join(sorted(unknown))}")
    lost = [name for name, says in _SAID.items() if name not in kept and says(item)]
    if not lost:
        return []
    return [Remark(f"{format_label} has no place for {_listed(lost)}", where=where or name_of(item))]


def not_carried(item: Item, format_label: str, reason: str = "") -> Remark:
    """Return the error for a question that the format can't express at all."""
    kind = type(item.interaction).__name__
    told = reason or f"{format_label} has no question of this kind ({kind})"
    return Remark(
        f"{told}; the question is left out. Export it in another format", "error", where=name_of(item)
    )


def name_of(item: Item) -> str:
    """Return what a remark calls the question: its title, id or first words."""
    template = item.interaction.template if isinstance(item.interaction, Fill) else ""
    return one_line(item.title) or item.id or one_line(item.prompt or template) or "a question without text"


def setting(item: Item, name: str, default: str = "") -> str:
    return dict(item.settings).get(name, default)


def texts_of(item: Item) -> list[str]:
    """Return every text of the question that a picture may stand in."""
    interaction = item.interaction
    parts = list(_feedback_in(interaction))
    match interaction:
        case Choose(options=options):
            parts += [option.text for option in options]
        case Match(pairs=pairs):
            parts += [left for left, _ in pairs]
        case Arrange(steps=steps):
            parts += steps
        case Fill(template=template):
            parts.append(template)
        case Write(template=template, notes=notes):
            parts += [template, notes, interaction.model_answer]
    hints = [hint.text for hint in item.hints]
    combined = [item.feedback_right, item.feedback_partial, item.feedback_wrong]
    return [item.prompt, item.general_feedback, *combined, *hints, *parts]


def _feedback_in(interaction: object) -> list[str]:
    if isinstance(interaction, Choose):
        return [option.feedback for option in interaction.options]
    if isinstance(interaction, EnterText | EnterNumber):
        return [answer.feedback for answer in interaction.answers]
    if isinstance(interaction, Fill):
        return [feedback for gap in interaction.gaps for feedback in _feedback_in(gap)]
    return [getattr(interaction, "feedback_right", ""), getattr(interaction, "feedback_wrong", "")]


def _is_fixed(interaction: object) -> bool:
    return isinstance(interaction, Choose | Match) and not interaction.shuffle


def _has_pinned(interaction: object) -> bool:
    return (
        isinstance(interaction, Choose)
        and interaction.shuffle
        and any(option.is_pinned for option in interaction.options)
    )


def _without_rubric(interaction: Write) -> Write:
    return replace(interaction, rubric=(), shows_rubric=False, model_answer="", lines=None)


def _has_units(interaction: EnterNumber) -> bool:
    return bool(interaction.unit or interaction.units)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
