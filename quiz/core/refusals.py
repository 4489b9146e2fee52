"""Why no question type takes what arrived: told for the commonest reasons, since types only say no."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.core.items import (
    Arrange,
    CheckClaim,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Interaction,
    Match,
    NumberAnswer,
    TextAnswer,
    Write,
)
from quiz.core.messages import N_, Explained

TO_LEARN_MORE = N_(
    "no question type here asks this ({kind}); it is left out rather than turned into something else"
)


class NoTypeTakesIt(Explained):
    """The item is of no type that there is, or of one but not fit for it."""


def refusal_of(interaction: Interaction) -> NoTypeTakesIt:
    """Return why no type takes it, with the way out where there is one."""
    match interaction:
        case Choose():
            found = _choice(interaction)
        case EnterText(answers):
            found = _answers(answers)
        case EnterNumber(answers=numbers):
            found = _units(interaction) or _answers(numbers)
        case Match(pairs, distractors):
            found = _match(pairs, distractors)
        case Arrange(steps):
            found = _texts(steps, N_("a step"), at_least=2)
        case Fill(gaps=gaps):
            found = next((refusal_of(gap) for gap in gaps if _is_unfit(gap)), None) or _fill(interaction)
        case CheckClaim():
            found = NoTypeTakesIt(
                N_("one correction must be right where the claim is wrong or out of date, else none")
            )
        case Write(files=files) if files:
            found = NoTypeTakesIt(N_("questions that are answered with files can't be taken"))
        case _:
            found = None
    return found or NoTypeTakesIt(TO_LEARN_MORE, kind=type(interaction).__name__)


def _choice(choose: Choose) -> NoTypeTakesIt | None:
    right = [option for option in choose.options if option.fraction >= 1]
    gained = sum(option.fraction for option in choose.options if option.fraction > 0)
    texts = _texts([option.text for option in choose.options], N_("an option"), at_least=2)
    if texts:
        return texts
    if not gained:
        return NoTypeTakesIt(N_("no option is right; mark one"))
    if not choose.several and len(right) != 1:
        return NoTypeTakesIt(
            N_("a choice of one has exactly one option that earns the full mark, not {count}"),
            count=len(right),
        )
    if choose.several and gained < 0.99:
        return NoTypeTakesIt(
            N_("the right options earn {percent} per cent of the mark together, not all of it"),
            percent=f"{100 * gained:g}",
        )
    return None


def _answers(answers: Sequence[TextAnswer | NumberAnswer]) -> NoTypeTakesIt | None:
    if any(
        not (answer.text if isinstance(answer, TextAnswer) else answer.value).strip() for answer in answers
    ):
        return NoTypeTakesIt(N_("an answer is empty"))
    if all(answer.fraction < 1 for answer in answers):
        return NoTypeTakesIt(N_("no answer earns the full mark; let one do so"))
    if any(answer.fraction < 0 for answer in answers):
        return NoTypeTakesIt(N_("an answer takes marks away; here it earns nothing at worst"))
    return None


def _units(asked: EnterNumber) -> NoTypeTakesIt | None:
    if asked.units or asked.unit_grading != "none":
        return NoTypeTakesIt(
            N_(
                "units that learners choose, or that cost marks, can't be taken; ask for the number in one unit"
            )
        )
    return None


def _match(pairs: Sequence[tuple[str, str]], distractors: Sequence[str]) -> NoTypeTakesIt | None:
    rights = {right for _, right in pairs}
    if len(pairs) < 2 or len(rights | set(distractors)) < 2:
        return NoTypeTakesIt(N_("it needs at least two pairs, and two different right sides to choose from"))
    if any(not right.strip() for right in rights):
        return NoTypeTakesIt(N_("a pair has an empty side"))
    if rights & set(distractors):
        return NoTypeTakesIt(N_("a distractor is the same as a right side"))
    return _texts([left for left, _ in pairs], N_("a left side"), at_least=2)


def _texts(texts: Sequence[str], what: str, *, at_least: int) -> NoTypeTakesIt | None:
    if len(texts) < at_least:
        return NoTypeTakesIt(
            N_("there must be at least {count}, not {found}"), count=at_least, found=len(texts)
        )
    bare = [" ".join(text.split()) for text in texts]
    if not all(bare):
        return NoTypeTakesIt(N_("{what} is empty"), what=what)
    double = next((text for n, text in enumerate(bare) if text in bare[:n]), None)
    return NoTypeTakesIt(N_("“{text}” stands twice"), text=double[:60]) if double else None


def _is_unfit(gap: Choose | EnterText | EnterNumber) -> bool:
    match gap:
        case Choose():
            return _choice(gap) is not None
        case EnterText(answers):
            return _answers(answers) is not None
        case EnterNumber(answers=numbers):
            return (_units(gap) or _answers(numbers)) is not None


def _fill(fill: Fill) -> NoTypeTakesIt | None:
    if any(isinstance(gap, Choose) and gap.several for gap in fill.gaps):
        return NoTypeTakesIt(N_("a gap lets several options be chosen; here one is chosen in each gap"))
    return None
