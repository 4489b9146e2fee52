"""Writing Moodle XML as Moodle exports it; each question is written whole or left out with a remark."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from quiz.core.cloze_text import BadGap, join_prompt, write_cloze
from quiz.core.html_text import plain_from_html
from quiz.core.interchange import Remark, Writing
from quiz.core.item_json import item_from_plain, item_to_plain
from quiz.core.items import (
    Arrange,
    Choose,
    EnterNumber,
    EnterText,
    Fill,
    Inform,
    Item,
    ItemFile,
    Judge,
    Match,
    TextFormat,
    Write,
)
from quiz.core.key_numbers import as_nominal
from quiz.core.losses import lost_remarks, name_of, not_carried, setting, texts_of
from quiz.core.text_bytes import one_line
from quiz.core.weights import percent

CARRIES: frozenset[type] = frozenset(
    (Choose, Judge, EnterText, EnterNumber, Match, Arrange, Fill, Write, Inform)
)
_KEPT = (
    "the id", "the title", "the category", "the tags", "the points", "the general feedback",
    "the feedback to the whole response", "the feedback to single answers", "the penalty",
    "the hints", "the files",
    "the fixed order of options", "the case of letters", "the units", "the way of marking the order",
    "the limits and notes of free writing",
)  # fmt: skip
_FORMATS = {"html": "html", "moodle": "moodle_auto_format", "plain": "plain_text", "markdown": "markdown"}
_TYPES: dict[type, str] = {
    Choose: "multichoice", Judge: "truefalse", EnterText: "shortanswer", EnterNumber: "numerical",
    Match: "matching",
    Arrange: "ordering", Fill: "cloze", Write: "essay", Inform: "description",
}  # fmt: skip
_GRADING_NUMBERS = {"none": "0", "outof_mark": "1", "outof_max": "2"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Unsayable(ValueError):
    """Moodle XML has no way to write this. The message says what of it."""


def write_moodle_xml(items: Iterable[Item]) -> Writing:
    """Write the questions that Moodle knows; each of the others becomes an error remark."""
    remarks: list[Remark] = []
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    category = ""
    for item in items:
        try:
            written = _question(_writable(item, remarks), remarks)
        except Unsayable as problem:
            remarks.append(not_carried(item, "Moodle XML", str(problem)))
            continue
        if item.category != category:
            category = item.category
            parts.append(
                f'  <question type="category">\n    <category>{_text(category)}</category>\n  </question>\n'
            )
        parts.append(written)
    parts.append("</quiz>\n")
    return Writing("".join(parts).encode(), remarks)


def _writable(item: Item, remarks: list[Remark]) -> Item:
    """Return the item without the control characters that XML can't hold."""
    if not any(_UNWRITABLE.search(text) for text in _strings(item_to_plain(item))):
        return item
    told = "control characters, which XML can't hold, are left out"
    remarks.append(Remark(told, where=_UNWRITABLE.sub("", name_of(item))))
    return item_from_plain(_cleaned(item_to_plain(item)))


def _strings(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict | list):
        for value in plain.values() if isinstance(plain, dict) else plain:
            yield from _strings(value)


def _cleaned(plain: Any) -> Any:
    if isinstance(plain, str):
        return _UNWRITABLE.sub("", plain)
    if isinstance(plain, dict):
        return {name: _cleaned(value) for name, value in plain.items()}
    return [_cleaned(value) for value in plain] if isinstance(plain, list) else plain


def _question(item: Item, remarks: list[Remark]) -> str:
    if type(item.interaction) not in CARRIES:
        raise Unsayable("")
    lost: list[str] = []
    kind = _type_of(item)
    body = _BODIES[type(item.interaction)](item, lost)
    prompt = item.prompt
    if isinstance(item.interaction, Fill):
        prompt = join_prompt(prompt, body if kind == "cloze" else _renumbered(item.interaction))
        body = "" if kind == "cloze" else body
        usual = sum(item.interaction.weights or (1.0,) * len(item.interaction.gaps))
        if kind == "cloze" and item.points != usual:
            lost.append(
                f"Moodle gives Cloze questions the sum of their gaps: {usual:g} points, not {item.points:g}"
            )
    kept = list(_KEPT)
    if all(name.startswith("moodle.") for name, _ in item.settings):
        kept.append("settings of another format")
    remarks += lost_remarks(item, "Moodle XML", carried=kept)
    remarks += [Remark(text, where=name_of(item)) for text in dict.fromkeys(lost)]
    return "".join(
        (f'  <question type="{kind}">\n', _head(item, prompt), body, _tail(item), "  </question>\n")
    )


def _type_of(item: Item) -> str:
    kind = _TYPES[type(item.interaction)]
    wanted = setting(item, "moodle.type")
    if kind == "cloze" and wanted in ("gapselect", "ddwtos") and isinstance(item.interaction, Fill):
        gaps = item.interaction.gaps
        if all(isinstance(gap, Choose) and not gap.several for gap in gaps) and not item.interaction.weights:
            return wanted
    return kind


def _head(item: Item, prompt: str) -> str:
    penalty = "" if item.penalty is None else f"    <penalty>{_number(item.penalty)}</penalty>\n"
    name = item.title or one_line(plain_from_html(prompt)) or item.id or "Question"
    generated = "" if item.title else ' generated="yes"'
    feedback_format = item.feedback_format or item.prompt_format
    return (
        f"    <name{generated}>\n      {_text(name)}\n    </name>\n"
        f"    <questiontext {_format(item.prompt_format)}>\n"
        f"      {_held(prompt, item)}{_unreferred(item)}\n    </questiontext>\n"
        + _formatted("generalfeedback", item.general_feedback, feedback_format, item)
        + f"    <defaultgrade>{_number(item.points)}</defaultgrade>\n"
        + f"{penalty}    <hidden>0</hidden>\n    <idnumber>{escape(item.id)}</idnumber>\n"
    )


def _tail(item: Item) -> str:
    feedback_format = item.feedback_format or item.prompt_format
    combined = (
        ("correctfeedback", item.feedback_right),
        ("partiallycorrectfeedback", item.feedback_partial),
        ("incorrectfeedback", item.feedback_wrong),
    )
    parts = [_formatted(name, text, feedback_format, item) for name, text in combined if text]
    for name, value in item.settings:
        bare = name.removeprefix("moodle.")
        if name.startswith("moodle.") and bare not in _WRITTEN_ELSEWHERE and re.fullmatch(r"[a-z_]+", bare):
            parts.append(f"    <{bare}>{escape(value)}</{bare}>\n" if value else f"    <{bare}/>\n")
    for hint in item.hints:
        flags = (
            "      <shownumcorrect/>\n" * hint.show_number_right + "      <clearwrong/>\n" * hint.clear_wrong
        )
        parts.append(
            f"    <hint {_format(feedback_format)}>\n      {_held(hint.text, item)}\n{flags}    </hint>\n"
        )
    if item.tags:
        tags = "".join(f"      <tag>{_text(tag)}</tag>\n" for tag in item.tags)
        parts.append(f"    <tags>\n{tags}    </tags>\n")
    return "".join(parts)


_WRITTEN_ELSEWHERE = frozenset(
    ("cloze_types", "type", "infinite", "selecttype", "selectcount", "layouttype", "showunits")
)


# -- one body a kind -----------------------------------------------------------------------------------------


def _choice(item: Item, lost: list[str]) -> str:
    choose = item.interaction
    assert isinstance(choose, Choose)
    if len(choose.options) < 2 or any(not option.text.strip() for option in choose.options):
        raise Unsayable("a choice in Moodle needs at least two options, all with text")
    rows = [
        _answer(item, o.text, o.text_format or item.prompt_format, o.fraction, o.feedback)
        for o in choose.options
    ]
    return (
        f"    <single>{_truth(not choose.several)}</single>\n"
        f"    <shuffleanswers>{_truth(choose.shuffle)}</shuffleanswers>\n" + "".join(rows)
    )


def _judge(item: Item, lost: list[str]) -> str:
    judge = item.interaction
    assert isinstance(judge, Judge)
    feedback = {judge.answer: judge.feedback_right, not judge.answer: judge.feedback_wrong}
    return "".join(
        _answer(item, _truth(answer), "moodle", float(answer == judge.answer), feedback[answer])
        for answer in (True, False)
    )


def _short_answer(item: Item, lost: list[str]) -> str:
    enter = item.interaction
    assert isinstance(enter, EnterText)
    if not enter.answers or any(not answer.text.strip() for answer in enter.answers):
        raise Unsayable("a short answer in Moodle needs at least one answer, all with text")
    rows = [_answer(item, a.text, "moodle", a.fraction, a.feedback) for a in enter.answers]
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
        rows.append(_answer(item, value, "moodle", answer.fraction, answer.feedback, extra))
    units = enter.units or (((enter.unit, 1.0),) if enter.unit else ())
    if enter.units and enter.unit:
        lost.append(f"the label {enter.unit!r} beside the field")
    if units:
        listed = "".join(
            f"      <unit>\n        <multiplier>{_number(factor)}</multiplier>\n"
            f"        <unit_name>{escape(name)}</unit_name>\n      </unit>\n"
            for name, factor in units
        )
        rows.append(f"    <units>\n{listed}    </units>\n")
    shown = setting(item, "moodle.showunits") or ("0" if enter.units else "3")
    return (
        "".join(rows) + f"    <unitgradingtype>{_GRADING_NUMBERS[enter.unit_grading]}</unitgradingtype>\n"
        f"    <unitpenalty>{_number(enter.unit_penalty)}</unitpenalty>\n    <showunits>{shown}</showunits>\n"
        f"    <unitsleft>{int(enter.units_before)}</unitsleft>\n"
    )


def _matching(item: Item, lost: list[str]) -> str:
    match = item.interaction
    assert isinstance(match, Match)
    if len(match.pairs) < 2 or any(not left.strip() or not right.strip() for left, right in match.pairs):
        raise Unsayable("a matching question in Moodle needs at least two pairs, both sides with text")
    rows = [(left, right) for left, right in match.pairs] + [("", text) for text in match.distractors]
    listed = "".join(
        f"    <subquestion {_format(item.prompt_format)}>\n      {_held(left, item)}\n"
        f"      <answer>\n        {_text(right)}\n      </answer>\n    </subquestion>\n"
        for left, right in rows
    )
    return f"    <shuffleanswers>{_truth(match.shuffle)}</shuffleanswers>\n{listed}"


def _ordering(item: Item, lost: list[str]) -> str:
    arrange = item.interaction
    assert isinstance(arrange, Arrange)
    if len(arrange.steps) < 2 or any(not step.strip() for step in arrange.steps):
        raise Unsayable("an ordering question in Moodle needs at least two steps, all with text")
    count = setting(item, "moodle.selectcount") or str(len(arrange.steps))
    rows = [
        _answer(item, step, item.prompt_format, n / 100, "") for n, step in enumerate(arrange.steps, start=1)
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
    if _type_of(item) != "cloze":
        return _word_choices(item, fill)
    try:
        text, told = write_cloze(fill, setting(item, "moodle.cloze_types").split())
    except BadGap as problem:
        raise Unsayable(f"Cloze can't say it: {problem}") from None
    lost += told
    return text


def _word_choices(item: Item, fill: Fill) -> str:
    tag = "selectoption" if _type_of(item) == "gapselect" else "dragbox"
    infinite = "      <infinite/>\n" if setting(item, "moodle.infinite") else ""
    rows = [
        f"    <{tag}>\n      {_text(word)}\n      <group>{group}</group>\n{infinite}    </{tag}>\n"
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


def _renumbered(fill: Fill) -> str:
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
        + _formatted("graderinfo", write.notes, item.prompt_format, item)
        + _formatted("responsetemplate", write.template, item.prompt_format, item)
    )


_BODIES = {
    Choose: _choice, Judge: _judge, EnterText: _short_answer, EnterNumber: _numerical, Match: _matching,
    Arrange: _ordering, Fill: _fill, Write: _essay, Inform: lambda item, lost: "",
}  # fmt: skip


# -- elements ------------------------------------------------------------------------------------------------


def _answer(
    item: Item, text: str, text_format: TextFormat, fraction: float, feedback: str, extra: str = ""
) -> str:
    said = ""
    if feedback:
        feedback_format = item.feedback_format or item.prompt_format
        held = _held(feedback, item)
        said = f"      <feedback {_format(feedback_format)}>\n        {held}\n      </feedback>\n"
    return (
        f'    <answer fraction="{percent(fraction)}" {_format(text_format)}>\n'
        f"      {_held(text, item)}\n{said}{extra}    </answer>\n"
    )


def _formatted(name: str, text: str, text_format: TextFormat, item: Item) -> str:
    return f"    <{name} {_format(text_format)}>\n      {_held(text, item)}\n    </{name}>\n" if text else ""


def _held(text: str, item: Item) -> str:
    """Return the text with the files that it refers to: Moodle looks for them in the same element."""
    return _text(text) + "".join(_file(file) for file in item.files if _reference(file) in text)


def _unreferred(item: Item) -> str:
    texts = "\n".join(texts_of(item))
    return "".join(_file(file) for file in item.files if _reference(file) not in texts)


def _reference(file: ItemFile) -> str:
    return f"@@PLUGINFILE@@/{quote(file.name)}"


def _file(file: ItemFile) -> str:
    folder, _, name = file.name.rpartition("/")
    path = escape(f"/{folder}/" if folder else "/")
    data = base64.b64encode(file.data).decode()
    return f'\n<file name="{escape(name)}" path="{path}" encoding="base64">{data}</file>'


def _format(text_format: TextFormat) -> str:
    return f'format="{_FORMATS[text_format]}"'


def _text(text: str) -> str:
    if not re.search(r"[<>&\"\r]", text):
        return f"<text>{text}</text>"
    return "<text><![CDATA[" + text.replace("\r", "").replace("]]>", "]]]]><![CDATA[>") + "]]></text>"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _number(value: float) -> str:
    return f"{value:.12g}"
