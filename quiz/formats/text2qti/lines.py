"""text2qti, line by line: what begins with a sign says what it is, what is indented alike goes on with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNS = (
    ("question", r"\d+\."),
    ("right", r"\*[a-zA-Z]\)"),
    ("wrong", r"[a-zA-Z]\)"),
    ("ticked", r"\[\*\]"),
    ("unticked", r"\[ ?\]"),
    ("accepted", r"\*"),
    ("feedback", r"\.\.\."),
    ("feedback_right", r"\+"),
    ("feedback_wrong", r"-"),
    ("number", r"="),
    ("solution", r"!"),
    ("text_title", r"[Tt]ext [Tt]itle:"),
    ("text", r"[Tt]ext:"),
    ("quiz_title", r"[Qq]uiz [Tt]itle:"),
    ("quiz_description", r"[Qq]uiz [Dd]escription:"),
    ("title", r"[Tt]itle:"),
    ("points_each", r"[Pp]oints per question:"),
    ("points", r"[Pp]oints:"),
    ("pick", r"(?:[Ss]olutions )?[Pp]ick:"),
    ("option", r"(?:[Ss]huffle answers|[Ss]how correct answers|[Oo]ne question at a time|[Cc]an't go back|"
               r"[Ff]eedback is solution|[Ss]olutions sample groups|[Ss]olutions randomize groups):"),
)  # fmt: skip
_SIGN = re.compile("|".join(f"(?P<{name}>{sign})" for name, sign in _SIGNS))
_ALONE = {
    "essay": re.compile(r"_{3,}"),
    "upload": re.compile(r"\^{3,}"),
    "group": re.compile(r"GROUP"),
    "end_group": re.compile(r"END_GROUP"),
}
_CODE = re.compile(r"(`{3,}|~{3,})\s*(\S.*)?")


@dataclass
class Part:
    """What one sign says. kind: by its sign; "stray" for a line with none. line: of its first line."""

    kind: str
    text: str
    line: int
    indented: bool = True


def parts_in(text: str) -> Iterator[Part]:
    """Give the parts of the file in their order, comments left out; a part may have many lines."""
    part: Part | None = None
    lines: list[str] = []
    indent = 0
    for number, line in _without_comments(text):
        stripped = line.strip()
        width = len(line) - len(line.lstrip())
        if part and part.kind not in _ALONE and (not stripped or (width and width >= min(indent, 2))):
            lines.append(line[min(width, indent) :].rstrip())
            continue
        if not stripped:
            continue
        if part:
            yield _whole(part, lines)
        part, first, indent = _part_at(line, stripped, number)
        lines = [first]
    if part:
        yield _whole(part, lines)


def _part_at(line: str, stripped: str, number: int) -> tuple[Part, str, int]:
    for kind, alone in _ALONE.items():
        if alone.fullmatch(stripped):
            return Part(kind, "", number), "", 0
    if _CODE.match(stripped):
        return Part("code", "", number), stripped, 4
    sign = _SIGN.match(stripped)
    if sign is None or not (stripped[sign.end() :][:1].isspace() or stripped[sign.end() :] == ""):
        return Part("stray", "", number), stripped, 4
    rest = stripped[sign.end() :]
    content = rest.lstrip()
    return (
        Part(str(sign.lastgroup), "", number),
        content,
        len(line) - len(line.lstrip()) + len(stripped) - len(content),
    )


def _whole(part: Part, lines: list[str]) -> Part:
    part.text = "\n".join(lines).strip()
    return part


def _without_comments(text: str) -> Iterator[tuple[int, str]]:
    in_comment = False
    for number, line in enumerate(text.expandtabs(4).split("\n"), start=1):
        if in_comment or line.rstrip() == "COMMENT":
            in_comment = line.strip() != "END_COMMENT"
        elif not line.startswith("%"):
            yield number, line
