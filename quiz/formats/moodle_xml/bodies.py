"""What is written of each kind of question in Moodle XML, below the parts that all have."""

from __future__ import annotations

import re
from html import escape

from quiz.core.cloze_text import BadGap, write_cloze
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Item,
    Judge,
    Match,
    Write,
)
from quiz.core.key_numbers import as_nominal
from quiz.core.losses import setting
from quiz.formats.moodle_xml.elements import (
    answer_element,
    format_of,
    formatted,
    held,
    number_text,
    text_element,
    truth,
)

_TYPES: dict[type, str] = {
    Choose: "multichoice", Judge: "truefalse", EnterText: "shortanswer", EnterNumber: "numerical",
    Match: "matching",
    Arrange: "ordering", Fill: "cloze", Write: "essay", Inform: "description",
}  # fmt: skip
_GRADING_NUMBERS = {"none": "0", "outof_mark": "1", "outof_max": "2"}


class Unsayable(ValueError):
    """Moodle XML has no way to write this. The message says what of it."""


def type_of(item: Item) -> str:
    kind = _TYPES[type(item.interaction)]
    wanted = setting(item, "moodle.type")
    if kind == "cloze" and wanted in ("gapselect", "ddwtos") and isinstance(item.interaction, Fill):
        gaps = item.interaction.gaps
        if all(isinstance(gap, Choose) and not gap.several for gap in gaps) and not item.interaction.weights:
            return wanted
    return kind


def _choice(item: Item, lost: list[str]) -> str:
    choose = item.interaction
    assert isinstance(choose, Choose)
    if len(choose.options) < 2 or any(not option.text.strip() for option in choose.options):
        raise Unsayable("a choice in Moodle needs at least two options, all with text")
    rows = [
        answer_element(item, o.text, o.text_format or item.prompt_format, o.fraction, o.feedback)
        for o in choose.options
    ]
    return (
        f"    <single>{truth(not choose.several)}</single>\n"
        f"    <shuffleanswers>{truth(choose.shuffle)}</shuffleanswers>\n" + "".join(rows)
    )


def _judge(item: Item, lost: list[str]) -> str:
    judge = item.interaction
    assert isinstance(judge, Judge)
    feedback = {judge.answer: judge.feedback_right, not judge.answer: judge.feedback_wrong}
    return "".join(
        answer_element(item, truth(answer), "moodle", float(answer == judge.answer), feedback[answer])
        for answer in (True, False)
    )


def _short_answer(item: Item, lost: list[str]) -> str:
    enter = item.interaction
    assert isinstance(enter, EnterText)
    if not enter.answers or any(not answer.text.strip() for answer in enter.answers):
        raise Unsayable("a short answer in Moodle needs at least one answer, all with text")
    rows = [answer_element(item, a.text, "moodle", a.fraction, a.feedback) for a in enter.answers]
    return f"    <usecase>{int(enter.case_sensitive)}</usecase>\n" + "".join(rows)


def _numerical(item: Item, lost: list[str]) -> str:
    enter = item.interaction
    assert isinstance(enter, EnterNumber)
    if not enter.answers:
        raise Unsayable("a numerical question in Moodle needs at least one answer")
    rows = []
    for answer in enter.answers:
        value, margin = as_nominal(answer, lost)
        extra = f"      <tolerance>{margin}</tolerance>\n"
        rows.append(answer_element(item, value, "moodle", answer.fraction, answer.feedback, extra))
    units = enter.units or (((enter.unit, 1.0),) if enter.unit else ())
    if enter.units and enter.unit:
        lost.append(f"the label {enter.unit!r} beside the field")
    if units:
        listed = "".join(
            f"      <unit>\n        <multiplier>{number_text(factor)}</multiplier>\n"
            f"        <unit_name>{escape(name)}</unit_name>\n      </unit>\n"
            for name, factor in units
        )
        rows.append(f"    <units>\n{listed}    </units>\n")
    shown = setting(item, "moodle.showunits") or ("0" if enter.units else "3")
    return (
        "".join(rows) + f"    <unitgradingtype>{_GRADING_NUMBERS[enter.unit_grading]}</unitgradingtype>\n"
        f"    <unitpenalty>{number_text(enter.unit_penalty)}</unitpenalty>\n    <showunits>{shown}</showunits>\n"
        f"    <unitsleft>{int(enter.units_before)}</unitsleft>\n"
    )


def _matching(item: Item, lost: list[str]) -> str:
    match = item.interaction
    assert isinstance(match, Match)
    if len(match.pairs) < 2 or any(not left.strip() or not right.strip() for left, right in match.pairs):
        raise Unsayable("a matching question in Moodle needs at least two pairs, both sides with text")
    rows = [(left, right) for left, right in match.pairs] + [("", text) for text in match.distractors]
    listed = "".join(
        f"    <subquestion {format_of(item.prompt_format)}>\n      {held(left, item)}\n"
        f"      <answer>\n        {text_element(right)}\n      </answer>\n    </subquestion>\n"
        for left, right in rows
    )
    return f"    <shuffleanswers>{truth(match.shuffle)}</shuffleanswers>\n{listed}"


def _ordering(item: Item, lost: list[str]) -> str:
    arrange = item.interaction
    assert isinstance(arrange, Arrange)
    if len(arrange.steps) < 2 or any(not step.strip() for step in arrange.steps):
        raise Unsayable("an ordering question in Moodle needs at least two steps, all with text")
    count = setting(item, "moodle.selectcount") or str(len(arrange.steps))
    rows = [
        answer_element(item, step, item.prompt_format, n / 100, "")
        for n, step in enumerate(arrange.steps, start=1)
    ]
    return (
        f"    <layouttype>{setting(item, 'moodle.layouttype') or 'VERTICAL'}</layouttype>\n"
        f"    <selecttype>{setting(item, 'moodle.selecttype') or 'ALL'}</selecttype>\n"
        f"    <selectcount>{count}</selectcount>\n    <gradingtype>{arrange.grading.upper()}</gradingtype>\n"
        + "".join(rows)
    )


def _fill(item: Item, lost: list[str]) -> str:
    fill = item.interaction
    assert isinstance(fill, Fill)
    if type_of(item) != "cloze":
        return _word_choices(item, fill)
    try:
        text, told = write_cloze(fill, setting(item, "moodle.cloze_types").split())
    except BadGap as problem:
        raise Unsayable(f"Cloze can't say it: {problem}") from None
    lost += told
    return text


def _word_choices(item: Item, fill: Fill) -> str:
    tag = "selectoption" if type_of(item) == "gapselect" else "dragbox"
    infinite = "      <infinite/>\n" if setting(item, "moodle.infinite") else ""
    rows = [
        f"    <{tag}>\n      {text_element(word)}\n      <group>{group}</group>\n{infinite}    </{tag}>\n"
        for group, words in enumerate(_word_groups(fill), start=1)
        for word in words
    ]
    gap = fill.gaps[0]
    return f"    <shuffleanswers>{int(isinstance(gap, Choose) and gap.shuffle)}</shuffleanswers>\n" + "".join(
        rows
    )


def _word_groups(fill: Fill) -> list[tuple[str, ...]]:
    """Return the lists of words that the gaps choose from, each once."""
    return list(dict.fromkeys(_words(gap) for gap in fill.gaps))


def _words(gap: object) -> tuple[str, ...]:
    assert isinstance(gap, Choose)
    return tuple(option.text for option in gap.options)


def renumbered(fill: Fill) -> str:
    """Return the text with each gap numbered as the word that belongs into it."""
    starts: dict[tuple[str, ...], int] = {}
    for words in _word_groups(fill):
        starts[words] = sum(len(earlier) for earlier in starts)
    numbers = {}
    for number, gap in enumerate(fill.gaps, start=1):
        assert isinstance(gap, Choose)
        right = next((n for n, option in enumerate(gap.options) if option.fraction == 1), 0)
        numbers[f"[[{number}]]"] = f"[[{starts[_words(gap)] + right + 1}]]"
    return re.sub(r"\[\[\d+\]\]", lambda found: numbers.get(found[0], found[0]), fill.template)


def _essay(item: Item, lost: list[str]) -> str:
    write = item.interaction
    assert isinstance(write, Write)
    limits = "".join(
        f"    <{name}>{limit}</{name}>\n"
        for name, limit in (("minwordlimit", write.min_words), ("maxwordlimit", write.max_words))
        if limit is not None
    )
    return (
        f"{limits}    <attachments>{write.files}</attachments>\n"
        + formatted("graderinfo", write.notes, item.prompt_format, item)
        + formatted("responsetemplate", write.template, item.prompt_format, item)
    )


BODIES = {
    Choose: _choice, Judge: _judge, EnterText: _short_answer, EnterNumber: _numerical, Match: _matching,
    Arrange: _ordering, Fill: _fill, Write: _essay, Inform: lambda item, lost: "",
}  # fmt: skip
