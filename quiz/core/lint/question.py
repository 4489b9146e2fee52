"""A question as lint sees it, whatever its type: what is shown, what is right, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from quiz.core.claims import Basis
from quiz.core.lint.kept import kept
from quiz.core.lint.texts import PlacedText
from quiz.core.standing import CitedClaim, Standing

UNKNOWN = Standing(is_verified=False)


@dataclass(frozen=True)
class LintedOption(PlacedText):
    """One option of a list."""

    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class OptionList:
    """Options that one choice is made from.

    where: "options", "corrections" or "gaps[1].options". lead: what stands before the choice.
    may_be_ordered: whether an author can have them shown as listed; is_shuffled: whether they are not.
    """

    where: str
    options: tuple[LintedOption, ...]
    lead: str = ""
    may_be_ordered: bool = True
    is_shuffled: bool = True

    @kept
    def right(self) -> tuple[LintedOption, ...]:
        return tuple(option for option in self.options if option.is_right)

    @kept
    def wrong(self) -> tuple[LintedOption, ...]:
        return tuple(option for option in self.options if not option.is_right)

    @property
    def key(self) -> LintedOption | None:
        """Return the option that is right, None if none or several are."""
        return self.right[0] if len(self.right) == 1 else None

    @property
    def key_place(self) -> int | None:
        """Return where the key stands, from 0; None if there is no single one."""
        return self.options.index(self.key) if self.key else None


@dataclass(frozen=True)
class View:
    """What an interaction shows and keeps back.

    kind: the interaction's name. asked: what is shown besides stem and options. keys: the right answers in
    words, where they are words. judged: the answer where a statement is judged. is_question: whether
    anything is asked. is_marked_by_hand: a person says what was good, and why.
    """

    kind: str
    lists: tuple[OptionList, ...] = ()
    asked: tuple[PlacedText, ...] = ()
    keys: tuple[PlacedText, ...] = ()
    feedback: tuple[PlacedText, ...] = ()
    judged: bool | None = None
    has_gaps: bool = False
    is_question: bool = True
    may_lack_key: bool = False
    is_marked_by_hand: bool = False


@dataclass(frozen=True)
class LintedQuestion:
    """One question. cited: its claims; standing: what they come to.

    feedback: the general one, perhaps empty.
    """

    id: str
    stem: PlacedText
    view: View
    feedback: PlacedText
    basis: Basis = "world"
    cited: tuple[CitedClaim, ...] = ()
    standing: Standing = UNKNOWN
    language: str = "en"
    tags: tuple[str, ...] = field(default=())
    hints: tuple[PlacedText, ...] = ()

    @kept
    def is_english(self) -> bool:
        return self.language.lower().split("-")[0] == "en"

    @kept
    def options(self) -> tuple[LintedOption, ...]:
        return tuple(option for options in self.view.lists for option in options.options)

    @kept
    def shown(self) -> tuple[PlacedText, ...]:
        """Return all that a learner reads before answering."""
        return (self.stem, *self.view.asked, *self.options)

    @kept
    def told(self) -> tuple[PlacedText, ...]:
        """Return all that is told after answering, and after wrong tries."""
        return tuple(text for text in (*self.hints, self.feedback, *self.view.feedback) if text.text)
