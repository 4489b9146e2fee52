"""Reading text2qti: the parts of a question follow one another; what fits nowhere is told with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from quiz.core.interchange import NotThisFormat, Reading, Remark, Severity
from quiz.core.items import (
    Inform,
    Item,
)
from quiz.core.text_bytes import LONGEST_TEXT, decode_text, one_line
from quiz.formats.text2qti.lines import Part, parts_in
from quiz.formats.text2qti.questions import Question, Unusable, item_of

_MOST_LINES_WITHOUT = 20_000
_CHOICES = ("right", "wrong", "ticked", "unticked", "accepted", "number")


@dataclass
class _Reader:
    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    open: Question | None = None
    title: str = ""
    text_title: str = ""
    points: float | None = None
    quiz_title: str = ""
    group: dict[str, str] | None = None
    groups: int = 0

    def take(self, part: Part) -> None:
        if part.kind in _CHOICES:
            self._choice(part)
        elif part.kind == "question":
            self._begin(part)
        elif part.kind in ("essay", "upload"):
            self._free(part)
        elif part.kind.startswith("feedback"):
            self._feedback(part)
        elif part.kind in ("group", "end_group", "pick", "points_each"):
            self._grouping(part)
        elif part.kind == "solution" and self.open:
            self.open.settings.append(("text2qti.solution", part.text))
        elif part.kind in ("stray", "code", "solution"):
            self._stray(part)
        else:
            self._head(part)

    def remark(self, text: str, severity: Severity, line: int, where: str = "") -> None:
        self.remarks.append(Remark(text, severity, line, where))

    def close(self) -> None:
        question, self.open = self.open, None
        if question is None:
            return
        where = one_line(question.title or question.text)
        told: list[str] = []
        try:
            item = item_of(question, told)
            self.items.append(replace(item, category=self.quiz_title))
        except Unusable as problem:
            self.remark(str(problem), "error", question.line, where)
        for text in dict.fromkeys(told):
            self.remark(text, "warning", question.line, where)

    def _begin(self, part: Part) -> None:
        self.close()
        each = (self.group or {}).get("points")
        points = float(each) if each else (1.0 if self.points is None else self.points)
        self.open = Question(part.line, part.text, self.title, points)
        if self.group is not None:
            self.open.settings += [
                ("text2qti.group", str(self.groups)),
                ("text2qti.pick", self.group.get("pick", "1")),
            ]
        self.title, self.points = "", None

    def _choice(self, part: Part) -> None:
        if self.open is None or self.open.kind in ("essay", "upload"):
            self.remark("an answer without a question before it", "error", part.line, part.text[:40])
            return
        self.open.choices.append(part)

    def _free(self, part: Part) -> None:
        if self.open is None or self.open.choices:
            self.remark("____ and ^^^^ stand below a question without other answers", "error", part.line)
            return
        self.open.kind = part.kind

    def _feedback(self, part: Part) -> None:
        question = self.open
        if question is None:
            self.remark("feedback without a question before it", "error", part.line, part.text[:40])
        elif part.kind == "feedback" and question.choices:
            question.feedback[len(question.choices) - 1] = part.text
        elif part.kind == "feedback":
            question.general = part.text
        elif part.kind == "feedback_right":
            question.right = part.text
        else:
            question.wrong = part.text

    def _grouping(self, part: Part) -> None:
        if part.kind == "group":
            self.close()
            self.group, self.groups = {}, self.groups + 1
            told = (
                "a GROUP is read as single questions, all of them asked; draw from them in the quiz builder"
            )
            self.remark(told, "warning", part.line)
        elif part.kind == "end_group":
            self.close()
            self.group = None
        elif self.group is None:
            self.remark("pick: and points per question: stand below GROUP", "error", part.line)
        else:
            self.group["pick" if part.kind == "pick" else "points"] = self._number(part)

    def _number(self, part: Part) -> str:
        if re.fullmatch(r"\d+(\.[05])?", part.text):
            return part.text
        self.remark(
            f"{part.text[:20]!r} must be a whole or half number; it is read as 1", "warning", part.line
        )
        return "1"

    def _stray(self, part: Part) -> None:
        if part.kind == "code":
            problem = "code outside of a question is never run, and not read"
            if self.open:
                self.open.problems.append(
                    "it holds a code block that is not indented; indent it like the text, or take it out"
                )
            else:
                self.remark(problem, "error", part.line, part.text[:40])
        elif self.open and self.open.choices:
            last = self.open.choices[-1]
            last.text += "\n" + part.text
            self.remark(
                "this line should be indented like the one before it; it is read as its continuation",
                "warning",
                part.line,
                part.text[:40],
            )
        elif self.open:
            self.open.text += "\n" + part.text
            self.remark(
                "this line should be indented like the one before it; it is read as its continuation",
                "warning",
                part.line,
                part.text[:40],
            )
        else:
            told = "this line says nothing to text2qti; a question begins like “1. What …?”"
            self.remark(told, "error", part.line, part.text[:40])

    def _head(self, part: Part) -> None:
        self.close()
        if part.kind == "title":
            self.title = part.text
        elif part.kind == "points":
            self.points = float(self._number(part))
        elif part.kind == "quiz_title":
            self.quiz_title = one_line(part.text, at_most=200)
        elif part.kind == "text_title":
            self.text_title = part.text
        elif part.kind == "text":
            item = Item(part.text, Inform(), title=self.text_title, points=0.0, category=self.quiz_title)
            self.items.append(item)
            self.text_title = ""
        else:
            self.remark(
                "settings and description of the quiz are not read; make them in the quiz builder",
                "note",
                part.line,
            )


def read_text2qti(data: bytes) -> Reading:
    """Read a file. Raises NotThisFormat if there is no question in it."""
    reader = _Reader()
    text = decode_text(data)
    for part in parts_in(text):
        if len(part.text) > LONGEST_TEXT:
            reader.remark(f"a text has more than {LONGEST_TEXT:,} characters", "error", part.line)
            continue
        reader.take(part)
        if part.line > _MOST_LINES_WITHOUT and not reader.items and reader.open is None:
            break
    reader.close()
    if not reader.items and not any(remark.severity == "error" for remark in reader.remarks):
        raise NotThisFormat("there is no question in the file; a question begins like “1. What …?”")
    return Reading(reader.items, reader.remarks)
