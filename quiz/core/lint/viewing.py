"""From the neutral vocabulary to what lint sees; no type is named here, they speak through ``to_item``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quiz.core.claims import Basis
from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterDate,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Interaction,
    Item,
    Judge,
    Match,
    TextAnswer,
    Write,
)
from quiz.core.lint.question import UNKNOWN, LintedOption, LintedQuestion, OptionList, View
from quiz.core.lint.texts import PlacedText
from quiz.core.lint.word_lists import MONTHS
from quiz.core.standing import CitedClaim, Standing

_GAP = re.compile(r"\[\[(\d+)\]\]")


def linted(
    item: Item,
    *,
    id: str = "",
    basis: Basis = "world",
    cited: Iterable[CitedClaim] = (),
    standing: Standing = UNKNOWN,
    language: str = "en",
) -> LintedQuestion:
    """Return the item as lint sees it. cited: its claims; standing: what basis and claims come to."""
    return LintedQuestion(
        id=id or item.id,
        stem=PlacedText("stem", item.prompt),
        view=view_of(item.interaction, item.prompt),
        feedback=PlacedText("feedback", item.general_feedback),
        hints=tuple(PlacedText(f"hints[{n}]", hint.text) for n, hint in enumerate(item.hints, start=1)),
        basis=basis,
        cited=tuple(cited),
        standing=standing,
        language=language,
        tags=item.tags,
    )


def view_of(interaction: Interaction, prompt: str, place: str = "") -> View:
    """Return what the interaction shows and keeps back. place: the gap that it fills, such as "gaps[1]."."""
    kind = type(interaction).__name__
    match interaction:
        case Choose():
            return _chosen(kind, interaction, prompt, place)
        case Judge(answer, right, wrong):
            return View(
                kind,
                judged=answer,
                feedback=_filled((f"{place}feedback_right", right), (f"{place}feedback_wrong", wrong)),
            )
        case EnterText() | EnterNumber():
            return _typed(kind, interaction, place)
        case EnterDate(answer):
            return View(kind, keys=(PlacedText(f"{place}key", date_in_words(answer)),))
        case Match(pairs, distractors):
            lefts = ((f"pairs[{n}].left", left) for n, (left, _) in enumerate(pairs, start=1))
            rights = ((f"pairs[{n}].right", right) for n, (_, right) in enumerate(pairs, start=1))
            spare = ((f"distractors[{n}]", text) for n, text in enumerate(distractors, start=1))
            return View(kind, asked=_filled(*lefts, *rights, *spare))
        case Arrange(steps):
            return View(
                kind, asked=_filled(*((f"steps[{n}]", step) for n, step in enumerate(steps, start=1)))
            )
        case Fill():
            return _filled_in(kind, interaction)
        case CheckClaim(_, corrections):
            options = tuple(
                LintedOption(f"corrections[{n}]", text, is_right)
                for n, (text, is_right) in enumerate(corrections, 1)
            )
            lists = (OptionList("corrections", options, prompt, may_be_ordered=False),) if options else ()
            return View(kind, lists, keys=_keys(lists), may_lack_key=True)
        case Write():
            return View(kind, is_marked_by_hand=True)
        case Inform():
            return View(kind, is_question=False)


def date_in_words(answer: str) -> str:
    """Return an ISO date as texts write it: 7 October 2023, October 2023, 2023."""
    year, *rest = answer.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1].capitalize()
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def _chosen(kind: str, chosen: Choose, lead: str, place: str) -> View:
    options = tuple(
        LintedOption(f"{place}options[{n}]", option.text, option.fraction > 0, option.feedback)
        for n, option in enumerate(chosen.options, start=1)
    )
    best = max((option.fraction for option in chosen.options), default=0)
    if not chosen.several:
        # Half a mark does not make an option the key.
        options = tuple(
            LintedOption(o.where, o.text, 0 < best <= given.fraction, o.feedback)
            for o, given in zip(options, chosen.options, strict=True)
        )
    lists = (OptionList(f"{place}options", options, lead, is_shuffled=chosen.shuffle),)
    feedback = _filled(*((f"{o.where}.feedback", o.feedback) for o in options))
    return View(kind, lists, keys=_keys(lists), feedback=feedback)


def _typed(kind: str, typed: EnterText | EnterNumber, place: str) -> View:
    answers = [
        (answer.text if isinstance(answer, TextAnswer) else answer.value, answer.fraction, answer.feedback)
        for answer in typed.answers
    ]
    keys = _filled(
        *((f"{place}key", text.replace("*", " ").strip()) for text, fraction, _ in answers if fraction >= 1)
    )
    feedback = _filled(
        *((f"{place}answers[{n}].feedback", told) for n, (_, _, told) in enumerate(answers, start=1))
    )
    return View(kind, keys=keys, feedback=feedback)


def _filled_in(kind: str, fill: Fill) -> View:
    leads = {int(mark[1]): fill.template[: mark.start()] for mark in _GAP.finditer(fill.template)}
    views = [view_of(gap, leads.get(n, ""), f"gaps[{n}].") for n, gap in enumerate(fill.gaps, start=1)]
    return View(
        kind,
        lists=tuple(options for view in views for options in view.lists),
        asked=(PlacedText("text", _GAP.sub("…", fill.template)),),
        keys=tuple(key for view in views for key in view.keys),
        feedback=tuple(told for view in views for told in view.feedback),
        has_gaps=True,
    )


def _keys(lists: Iterable[OptionList]) -> tuple[PlacedText, ...]:
    return tuple(PlacedText(option.where, option.text) for options in lists for option in options.right)


def _filled(*texts: tuple[str, str]) -> tuple[PlacedText, ...]:
    return tuple(PlacedText(where, text) for where, text in texts if text)
