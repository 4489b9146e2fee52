"""Moodle Cloze text: a text with its gaps written into it. To Moodle, one file is one question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quiz.core.cloze_text import BadGap, has_gap, join_prompt, read_cloze, split_prompt, write_cloze
from quiz.core.html_text import looks_like_html
from quiz.core.interchange import NotThisFormat, Reading, Remark, Writing
from quiz.core.items import Fill, Item
from quiz.core.losses import lost_remarks, name_of, not_carried, setting
from quiz.core.messages import N_
from quiz.core.text_bytes import LONGEST_TEXT, beginning, decode_text, one_line

_BREAK = "\f"
"""Parts the questions of a file of ours; a form feed stands in no other."""


class MoodleClozeFormat:
    name = "moodle_cloze"
    label = N_("Moodle Cloze text")
    suffixes = (".cloze", ".txt")
    carries: frozenset[type] = frozenset((Fill,))

    def looks_like(self, data: bytes) -> float:
        head = beginning(data)
        if head.lstrip().startswith("<?xml") or not has_gap(head):
            return 0.0
        return 0.6

    def read(self, data: bytes) -> Reading:
        """Read the text as one question, or as the several that a form feed parts."""
        items: list[Item] = []
        remarks: list[Remark] = []
        line = 1
        for part in decode_text(data).split(_BREAK):
            first = line + part[: len(part) - len(part.lstrip("\n "))].count("\n")
            if part.strip():
                items += _read(part.strip(), first, remarks)
            line += part.count("\n")
        if not items and not remarks:
            raise NotThisFormat("the file is empty")
        return Reading(items, remarks)

    def write(self, items: Iterable[Item]) -> Writing:
        remarks: list[Remark] = []
        texts = [text for item in items if (text := _write(item, remarks)) is not None]
        if len(texts) > 1:
            told = "Moodle reads a Cloze file as one question; give it one file each, or Moodle XML"
            remarks.append(Remark(told, "warning"))
        return Writing(f"\n{_BREAK}\n".join(texts).encode() + b"\n" * bool(texts), remarks)


def _read(text: str, line: int, remarks: list[Remark]) -> list[Item]:
    where = one_line(text)
    try:
        if len(text) > LONGEST_TEXT:
            raise BadGap(f"the text has more than {LONGEST_TEXT:,} characters")
        cloze = read_cloze(text)
        remarks += [Remark(told, "warning", line, where) for told in cloze.remarks]
        if cloze.fill is None:
            raise BadGap("there is no gap in the text; write {1:SHORTANSWER:=Berlin}")
    except BadGap as problem:
        remarks.append(Remark(str(problem), "error", line, where))
        return []
    prompt, template = split_prompt(cloze.fill.template)
    item = Item(
        prompt,
        replace(cloze.fill, template=template),
        prompt_format="html" if looks_like_html(text) else "moodle",
        points=cloze.points,
        settings=cloze.settings,
        line=line,
    )
    return [item]


def _write(item: Item, remarks: list[Remark]) -> str | None:
    if not isinstance(item.interaction, Fill):
        remarks.append(not_carried(item, "Cloze text"))
        return None
    try:
        text, lost = write_cloze(item.interaction, setting(item, "moodle.cloze_types").split())
    except BadGap as problem:
        remarks.append(not_carried(item, "Cloze text", f"Cloze can't say it: {problem}"))
        return None
    usual = sum(item.interaction.weights or (1.0,) * len(item.interaction.gaps))
    kept = ["the feedback to single answers", *(["the points"] if item.points == usual else [])]
    remarks += lost_remarks(item, "Cloze text", carried=kept)
    remarks += [Remark(told, where=name_of(item)) for told in lost]
    return join_prompt(item.prompt, text)


format = MoodleClozeFormat()
