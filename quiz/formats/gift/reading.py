"""Reading GIFT: a block is a question, a category, or an error that loses nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quiz.core.cloze_text import BadGap, has_gap, read_cloze
from quiz.core.interchange import Reading, Remark, Severity, reading_of
from quiz.core.items import Inform, Item
from quiz.core.text_bytes import LONGEST_TEXT, decode_text, one_line
from quiz.formats.gift.answers import Unusable, read_answers
from quiz.formats.gift.blocks import Block, blocks_in
from quiz.formats.gift.ordering import ordering_place, read_ordering
from quiz.formats.gift.texts import keep_escapes, shown, text_and_format

_CATEGORY = "$CATEGORY:"
_BLANK = "_____"
_ANSWER_LIKE = re.compile(r"\s*(?:[=~#>]|(?:T|F|TRUE|FALSE)\s*(?:#|\Z)|\Z)")
_GROUP = re.compile(r"\{([^{}]*)\}")


@dataclass
class _File:
    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    category: str = ""

    def remark(self, text: str, severity: Severity, line: int, where: str = "") -> None:
        self.remarks.append(Remark(text, severity, line, where))


def read_gift(data: bytes) -> Reading:
    """Read a GIFT file. Raises NotThisFormat if the bytes are no text."""
    file = _File()
    for block in blocks_in(decode_text(data)):
        _read_block(file, block)
    return reading_of(file.items, file.remarks)


def read_gift_in_parts(data: bytes) -> Iterator[Item | Remark]:
    """Give each question and what is told of it, without ever holding all of them. Raises NotThisFormat."""
    file, is_empty = _File(), True
    for block in blocks_in(decode_text(data)):
        _read_block(file, block)
        yield from file.items
        yield from file.remarks
        is_empty = is_empty and not (file.items or file.remarks)
        file.items.clear()
        file.remarks.clear()
    if is_empty:
        yield from reading_of([], []).remarks


def _read_block(file: _File, block: Block) -> None:
    text = block.text.strip()
    if text.startswith(_CATEGORY):
        first, _, rest = text[len(_CATEGORY) :].strip().partition("\n")
        file.category = shown(keep_escapes(first))
        if not rest.strip():
            return
        file.remark(
            "$CATEGORY: must stand alone between blank lines (Moodle would lose the question glued to it); "
            "its first line is read as the category, the rest as a question",
            "warning", block.line, file.category,
        )  # fmt: skip
        text = rest.strip()
    if not text:
        if block.id or block.tags:
            file.remark(
                "this id or tag stands in a block of its own and belongs to no question",
                "warning",
                block.line,
            )
        return
    if len(text) > LONGEST_TEXT:
        file.remark(
            f"the question has more than {LONGEST_TEXT:,} characters", "error", block.line, one_line(text)
        )
        return
    told: list[str] = []
    where = text
    try:
        item = _read_question(text, block, told)
        where = item.title or item.prompt or text
        if file.category or item.line is None:
            item = replace(item, id=block.id, tags=block.tags, category=file.category, line=block.line)
        file.items.append(item)
    except Unusable as problem:
        file.remark(str(problem), "error", block.line, one_line(where))
    for problem_told in told:
        file.remark(problem_told, "warning", block.line, one_line(where))


def _read_question(raw: str, block: Block, told: list[str]) -> Item:
    text = keep_escapes(raw)
    title = ""
    if text.startswith("::") and "::" in text[2:]:
        name, _, text = text[2:].partition("::")
        title, text = " ".join(shown(name).split()), text.strip()
    if ordering_place(text) >= 0:
        return _ordering(title, text, raw, told)
    if has_gap(text):
        return _cloze(title, text, told)
    start, end = _answer_block(text, block, told)
    if start < 0:
        prompt, text_format = text_and_format(text, "moodle")
        return Item(prompt, Inform(), title=title, prompt_format=text_format, points=0.0)
    answers, general = text[start + 1 : end].strip(), ""
    if "####" in answers:
        answers, _, general = answers.rpartition("####")
    after = text[end + 1 :].strip()
    if after.startswith("//"):
        told.append(
            "a comment stands on a line of its own; behind the answers it is part of the question's text"
        )
    prompt, text_format = text_and_format(
        text[:start] + (_BLANK + text[end + 1 :] if after else ""), "moodle"
    )
    return Item(
        prompt,
        read_answers(answers.strip(), text_format, told),
        id=block.id,
        title=title,
        prompt_format=text_format,
        general_feedback=text_and_format(general, text_format)[0],
        tags=block.tags,
        line=block.line,
    )


def _answer_block(text: str, block: Block, told: list[str]) -> tuple[int, int]:
    """Return where the braces are that hold the answers, -1 for none.

    Raises Unusable if they don't fit together.
    """
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return -1, -1
    if end < 0:
        raise Unusable(
            f"the {{ has no }} before the question ends at the blank line {block.ends}; "
            "delete blank lines between the braces, or write \\{ if it is text"
        )
    if start < 0 or end < start:
        raise Unusable(
            "there is a } without a { before it; is a blank line between them? Write \\} if it is text"
        )
    groups = [(group.start(), group.end() - 1) for group in _GROUP.finditer(text)]
    if len(groups) < 2:
        return start, end
    likely = [(s, e) for s, e in groups if _ANSWER_LIKE.match(text[s + 1 : e])]
    if likely and likely[0] != groups[0]:
        told.append(
            f"{shown(text[: groups[0][1] + 1])[-30:]!r} holds braces that are not escaped (write "
            f"\\{{ and \\}}); "
            "they are read as text, since the answers stand in others"
        )
        return likely[0]
    told.append(
        "a question has one pair of braces with answers, the first; all other braces are read as text"
    )
    return start, end


def _cloze(title: str, text: str, told: list[str]) -> Item:
    """Return a question for Cloze gaps that stand in GIFT, read by Moodle as answers that nobody types."""
    prompt, text_format = text_and_format(text, "moodle")
    try:
        cloze = read_cloze(prompt)
    except BadGap as error:
        raise Unusable(f"GIFT has no Cloze gaps, and this one can't be read as one: {error}") from None
    if cloze.fill is None:
        raise Unusable("GIFT has no Cloze gaps; write this question as Moodle XML or Cloze text")
    told.append(
        "GIFT has no Cloze gaps (Moodle would read them as answers); they are read as gaps all the same"
    )
    told += cloze.remarks
    return Item(
        "", cloze.fill, title=title, prompt_format=text_format, points=cloze.points, settings=cloze.settings
    )


def _ordering(title: str, text: str, raw: str, told: list[str]) -> Item:
    arrange, settings = read_ordering(raw[raw.find("{>") :], told)
    if len(arrange.steps) < 2:
        raise Unusable("an ordering question needs at least two steps, each on a line of its own")
    prompt, text_format = text_and_format(text[: ordering_place(text)], "moodle")
    return Item(prompt, arrange, title=title, prompt_format=text_format, settings=settings)
