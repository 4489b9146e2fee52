"""GIFT, line by line: blank lines part the questions, comments carry their ids and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f])+)\]")


@dataclass(frozen=True)
class Block:
    """The lines between two blank ones.

    line: of the first, from 1. ends: the line of the blank one after it.
    """

    text: str
    line: int
    ends: int
    id: str
    tags: tuple[str, ...]

    def line_at(self, place: int) -> int:
        return self.line + self.text.count("\n", 0, place)


def blocks_in(text: str) -> Iterator[Block]:
    """Give every block that holds more than nothing; a comment becomes an empty line of it."""
    lines: list[str] = []
    comments: list[str] = []
    first, number = 1, 0
    for number, line in enumerate(_lines(text), start=1):
        stripped = line.strip()
        if not stripped:
            if lines:
                yield _block(lines, comments, first, number)
            lines, comments = [], []
            continue
        if not lines:
            first = number
        if stripped.startswith("//"):
            comments.append(stripped)
            stripped = " "
        lines.append(stripped)
    if lines:
        yield _block(lines, comments, first, number + 1)


def _lines(text: str) -> Iterator[str]:
    """Give the lines one by one: split at once, a large file would be in memory twice."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def marks_of(item_id: str, tags: tuple[str, ...]) -> str:
    """Return the comment that carries an id and tags; "" for none."""
    marks = [f"[id:{_in_brackets(item_id)}]"] if item_id else []
    marks += [f"[tag:{_in_brackets(tag)}]" for tag in tags]
    return f"// {' '.join(marks)}\n" if marks else ""


def _block(lines: list[str], comments: list[str], first: int, ends: int) -> Block:
    said = "\n".join(comments)
    item_id = _ID.search(said)
    return Block(
        "\n".join(lines),
        first,
        ends,
        _plain(item_id[1]) if item_id else "",
        tuple(dict.fromkeys(_plain(tag) for tag in _TAG.findall(said))),
    )


def _plain(written: str) -> str:
    return written.strip().replace("\\]", "]")


def _in_brackets(text: str) -> str:
    return " ".join(text.split()).replace("]", "\\]")
