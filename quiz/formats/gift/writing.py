"""Writing GIFT, as Moodle exports it, with every loss told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quiz.core.interchange import Remark, Writing
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Inform,
    Item,
    Judge,
    Match,
    NumberAnswer,
    Option,
    TextFormat,
    Write,
)
from quiz.core.key_numbers import as_nominal
from quiz.core.losses import lost_remarks, name_of, not_carried
from quiz.core.weights import percent
from quiz.formats.gift.blocks import marks_of
from quiz.formats.gift.ordering import write_ordering
from quiz.formats.gift.texts import escaped, written

CARRIES: frozenset[type] = frozenset((Choose, Judge, EnterText, EnterNumber, Match, Arrange, Write, Inform))
_KEPT = (
    "the id", "the title", "the category", "the tags", "the general feedback",
    "the feedback to single answers",
    "the way of marking the order",
)  # fmt: skip


class Unsayable(ValueError):
    """GIFT has no way to write this. The message says what of it."""


def write_gift(items: Iterable[Item]) -> Writing:
    """Write the questions that GIFT can express; each of the others becomes an error remark."""
    remarks: list[Remark] = []
    blocks: list[str] = []
    category = ""
    for item in _uncategorised_first(items, remarks):
        try:
            block = _write(item, remarks)
        except Unsayable as problem:
            remarks.append(not_carried(item, "GIFT", str(problem)))
            continue
        if item.category != category:
            category = item.category
            blocks.append(f"$CATEGORY: {escaped(category)}\n")
        blocks.append(block)
    return Writing("\n".join(blocks).encode(), remarks)


def _uncategorised_first(items: Iterable[Item], remarks: list[Remark]) -> Iterator[Item]:
    """Give the items, those that have no category in front: in GIFT there is no way back to none.

    Only those that have to wait are held.
    """
    waiting: list[Item] = []
    is_told = False
    for item in items:
        if item.category:
            waiting.append(item)
            continue
        if waiting and not is_told:
            remarks.append(Remark("questions without a category are written first", "note"))
            is_told = True
        yield item
    yield from waiting


def _write(item: Item, remarks: list[Remark]) -> str:
    if type(item.interaction) not in CARRIES:
        raise Unsayable("")
    lost: list[str] = []
    general = ""
    if item.general_feedback:
        general = "####" + written(
            item.general_feedback, item.feedback_format or item.prompt_format, item.prompt_format
        )
    answers = _answers(item, general, lost)
    kept = list(_KEPT)
    kept += (
        ["settings of another format"] if all(name.startswith("moodle.") for name, _ in item.settings) else []
    )
    if general and isinstance(item.interaction, Inform | Arrange):
        kept.remove("the general feedback")
    remarks += lost_remarks(item, "GIFT", carried=kept)
    remarks += [Remark(text, where=name_of(item)) for text in lost]
    title = f"::{escaped(' '.join(item.title.split()))}::" if item.title else ""
    prompt = written(item.prompt, item.prompt_format, "moodle")
    if prompt.startswith(("//", "$CATEGORY")) and not title:
        prompt = f"[{item.prompt_format}]{prompt}"
    if not prompt and not answers and not title:
        raise Unsayable("a text without words can't be written")
    return f"{marks_of(item.id, item.tags)}{title}{prompt}{answers}\n"


def _answers(item: Item, general: str, lost: list[str]) -> str:
    default = item.prompt_format
    feedback_format = item.feedback_format or default
    match item.interaction:
        case Inform():
            return ""
        case Write():
            return f"{{{general}}}"
        case Judge(answer, right, wrong):
            texts = [written(text, feedback_format, default) for text in (wrong, right)]
            feedback = f"#{texts[0]}" if texts[0] or texts[1] else ""
            return (
                f"{{{'TRUE' if answer else 'FALSE'}{feedback}{'#' + texts[1] if texts[1] else ''}{general}}}"
            )
        case Choose():
            _check_choice(item.interaction, lost)
            rows = _options(item.interaction, default, feedback_format)
        case EnterText(answers):
            if any("->" in text for a in answers for text in (a.text, a.feedback)):
                raise Unsayable("GIFT would take a short answer with -> for a matching question")
            rows = [
                f"=%{percent(a.fraction)}%{_answer_text(a.text)}#"
                + written(a.feedback, feedback_format, default)
                for a in answers
            ]
        case EnterNumber(numbers):
            rows = [
                _number(a, number == len(numbers), feedback_format, default, lost)
                for number, a in enumerate(numbers, 1)
            ]
            return _block(rows, general, "#")
        case Match():
            rows = _pairs(item.interaction, default)
        case Arrange():
            return _ordering(item)
        case _:
            raise Unsayable("")
    return _block(rows, general)


def _block(rows: list[str], general: str, sign: str = "") -> str:
    return "{" + sign + "".join(f"\n\t{row}" for row in [*rows, general] if row) + "\n}"


def _check_choice(choose: Choose, lost: list[str]) -> None:
    if len(choose.options) < 2:
        raise Unsayable("a choice in GIFT needs at least two options")
    if any(not option.text.strip() for option in choose.options):
        raise Unsayable("an option without text can't be written in GIFT")
    if not choose.several and all(option.fraction != 1 for option in choose.options):
        lost.append("one answer, but none of 100 %: GIFT will read this as a choice of several")


def _options(choose: Choose, default: TextFormat, feedback_format: TextFormat) -> list[str]:
    rows = [_option(option, choose.several, default, feedback_format) for option in choose.options]
    if all(row.startswith("=") for row in rows):
        # Without a single ~ it would be a short answer.
        rows[0] = "~%100%" + rows[0][1:]
    return rows


def _option(option: Option, several: bool, default: TextFormat, feedback_format: TextFormat) -> str:
    text = written(option.text, option.text_format or default, default)
    if option.fraction == 1 and not several:
        sign = "="
    elif option.fraction or text.startswith("%"):
        sign = f"~%{percent(option.fraction)}%"
    else:
        sign = "~"
    return sign + text + (f"#{written(option.feedback, feedback_format, default)}" if option.feedback else "")


def _answer_text(text: str) -> str:
    if not text.strip():
        raise Unsayable("an answer without text can't be written in GIFT")
    return ("[plain]" if text.startswith("[") else "") + escaped(text)


def _number(
    answer: NumberAnswer, last: bool, feedback_format: TextFormat, default: TextFormat, lost: list[str]
) -> str:
    feedback = written(answer.feedback, feedback_format, default)
    if answer.value == "*":
        if not last or answer.fraction:
            raise Unsayable(
                "an answer * that earns something, or is not the last one, can't be written in GIFT"
            )
        return f"~#{feedback}"
    value, tolerance = as_nominal(answer, lost)
    return f"=%{percent(answer.fraction)}%{value}:{tolerance}#{feedback}"


def _pairs(match: Match, default: TextFormat) -> list[str]:
    for left, right in match.pairs:
        if "->" in left:
            raise Unsayable(f"the left side {left[:40]!r} holds ->, which GIFT can't escape")
        if not left.strip() or not right.strip():
            raise Unsayable("a pair with an empty side can't be written in GIFT")
    if len(match.pairs) < 2:
        raise Unsayable("a matching question in GIFT needs at least two pairs")
    rows = [f"={written(left, default, default)} -> {escaped(right)}" for left, right in match.pairs]
    return rows + [f"= -> {escaped(text)}" for text in match.distractors]


def _ordering(item: Item) -> str:
    assert isinstance(item.interaction, Arrange)
    if len(item.interaction.steps) < 2:
        raise Unsayable("an ordering question in GIFT needs at least two steps")
    try:
        return write_ordering(item.interaction, dict(item.settings))
    except ValueError as problem:
        raise Unsayable(str(problem)) from None
