"""Writing Moodle XML as Moodle exports it; each question is written whole or left out with a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from quiz.core.cloze_text import join_prompt
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
    Judge,
    Match,
    Write,
)
from quiz.core.losses import lost_remarks, name_of, not_carried
from quiz.core.text_bytes import one_line
from quiz.formats.moodle_xml.bodies import BODIES, Unsayable, renumbered, type_of
from quiz.formats.moodle_xml.elements import (
    format_of,
    formatted,
    held,
    number_text,
    text_element,
    unreferred_files,
)

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
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
                f'  <question type="category">\n    <category>{text_element(category)}</category>\n  </question>\n'
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
    kind = type_of(item)
    body = BODIES[type(item.interaction)](item, lost)
    prompt = item.prompt
    if isinstance(item.interaction, Fill):
        prompt = join_prompt(prompt, body if kind == "cloze" else renumbered(item.interaction))
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


def _head(item: Item, prompt: str) -> str:
    penalty = "" if item.penalty is None else f"    <penalty>{number_text(item.penalty)}</penalty>\n"
    name = item.title or one_line(plain_from_html(prompt)) or item.id or "Question"
    generated = "" if item.title else ' generated="yes"'
    feedback_format = item.feedback_format or item.prompt_format
    return (
        f"    <name{generated}>\n      {text_element(name)}\n    </name>\n"
        f"    <questiontext {format_of(item.prompt_format)}>\n"
        f"      {held(prompt, item)}{unreferred_files(item)}\n    </questiontext>\n"
        + formatted("generalfeedback", item.general_feedback, feedback_format, item)
        + f"    <defaultgrade>{number_text(item.points)}</defaultgrade>\n"
        + f"{penalty}    <hidden>0</hidden>\n    <idnumber>{escape(item.id)}</idnumber>\n"
    )


def _tail(item: Item) -> str:
    feedback_format = item.feedback_format or item.prompt_format
    combined = (
        ("correctfeedback", item.feedback_right),
        ("partiallycorrectfeedback", item.feedback_partial),
        ("incorrectfeedback", item.feedback_wrong),
    )
    parts = [formatted(name, text, feedback_format, item) for name, text in combined if text]
    for name, value in item.settings:
        bare = name.removeprefix("moodle.")
        if name.startswith("moodle.") and bare not in _WRITTEN_ELSEWHERE and re.fullmatch(r"[a-z_]+", bare):
            parts.append(f"    <{bare}>{escape(value)}</{bare}>\n" if value else f"    <{bare}/>\n")
    for hint in item.hints:
        flags = (
            "      <shownumcorrect/>\n" * hint.show_number_right + "      <clearwrong/>\n" * hint.clear_wrong
        )
        parts.append(
            f"    <hint {format_of(feedback_format)}>\n      {held(hint.text, item)}\n{flags}    </hint>\n"
        )
    if item.tags:
        tags = "".join(f"      <tag>{text_element(tag)}</tag>\n" for tag in item.tags)
        parts.append(f"    <tags>\n{tags}    </tags>\n")
    return "".join(parts)


_WRITTEN_ELSEWHERE = frozenset(
    ("cloze_types", "type", "infinite", "selecttype", "selectcount", "layouttype", "showunits")
)
