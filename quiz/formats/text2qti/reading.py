"""Reading text2qti: the parts of a question follow one another; what fits nowhere is told with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from quiz.core.interchange import NotThisFormat, Reading, Remark, Severity
from quiz.core.items import (
    Choose,
    EnterNumber,
    EnterText,
    Inform,
    Interaction,
    Item,
    Judge,
    NumberAnswer,
    Option,
    TextAnswer,
    Write,
)
from quiz.core.numbers import decimal_text
from quiz.core.text_bytes import LONGEST_TEXT, decode_text, one_line
from quiz.formats.text2qti.lines import Part, parts_in

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_WITH_MARGIN = re.compile(rf"(?P<value>{_NUMBER})\s*(?:\+-|\+/-|±)\s*(?P<margin>{_NUMBER})\s*(?P<percent>%?)")
_RANGE = re.compile(rf"\[\s*(?P<low>{_NUMBER})\s*,\s*(?P<high>{_NUMBER})\s*\]")
_PICTURE = re.compile(
    r"!\[[^\]]*\]\((?!https?://|data:)([^)\s]+)|<img[^>]+src=[\"'](?!https?://|data:)([^\"']+)"
)
_RUN = re.compile(r"[`~]{3,}\s*\{[^}]*\.run\b")
_MOST_LINES_WITHOUT = 20_000
_CHOICES = ("right", "wrong", "ticked", "unticked", "accepted", "number")


@dataclass
class _Question:
    line: int
    text: str
    title: str = ""
    points: float = 1.0
    kind: str = "question"
    choices: list[Part] = field(default_factory=list)
    feedback: dict[int, str] = field(default_factory=dict)
    general: str = ""
    right: str = ""
    wrong: str = ""
    settings: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Unusable(ValueError):
    """The question makes no sense. The message says what, and how to mend it."""


@dataclass
class _Reader:
    items: list[Item] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    open: _Question | None = None
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
            item = _item(question, told)
            self.items.append(replace(item, category=self.quiz_title))
        except Unusable as problem:
            self.remark(str(problem), "error", question.line, where)
        for text in dict.fromkeys(told):
            self.remark(text, "warning", question.line, where)

    def _begin(self, part: Part) -> None:
        self.close()
        each = (self.group or {}).get("points")
        points = float(each) if each else (1.0 if self.points is None else self.points)
        self.open = _Question(part.line, part.text, self.title, points)
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


def _item(question: _Question, told: list[str]) -> Item:
    texts = [
        question.text,
        question.general,
        question.right,
        question.wrong,
        *(part.text for part in question.choices),
    ]
    for text in texts:
        if _RUN.search(text):
            raise Unusable(
                "it holds code to be run (```{.run}), which Footnote never does; put its result there instead"
            )
        picture = _PICTURE.search(text)
        if picture:
            path = picture[1] or picture[2]
            raise Unusable(
                f"the picture {path!r} is a file elsewhere, which is never read; add the picture after import"
            )
    if question.problems:
        raise Unusable(question.problems[0])
    if not question.text:
        raise Unusable("the question has no text")
    return Item(
        question.text,
        _interaction(question, told),
        title=question.title,
        points=question.points,
        general_feedback=question.general,
        feedback_right=question.right,
        feedback_wrong=question.wrong,
        settings=tuple(question.settings),
    )


def _interaction(question: _Question, told: list[str]) -> Interaction:
    if question.kind != "question":
        return Write(files=int(question.kind == "upload"))
    kinds = {part.kind for part in question.choices}
    if not kinds:
        raise Unusable("the question has no answers; write ____ below it if it is an essay")
    if kinds <= {"right", "wrong"}:
        return _one_right(question)
    if kinds <= {"ticked", "unticked"}:
        return _several_right(question)
    if kinds == {"accepted"}:
        if question.feedback:
            told.append("feedback to an accepted answer is kept, but text2qti has none")
        return EnterText(
            tuple(
                TextAnswer(p.text, 1.0, question.feedback.get(n, "")) for n, p in enumerate(question.choices)
            )
        )
    if kinds == {"number"}:
        return _number(question, told)
    raise Unusable("its answers are of different kinds; use only a) and *a), or [ ] and [*], or *, or =")


def _one_right(question: _Question) -> Choose | Judge:
    options = _options(question, {"right": 1.0})
    right = [n for n, option in enumerate(options) if option.fraction]
    if len(right) != 1:
        raise Unusable(f"exactly one answer is marked as right by *a), not {len(right)}; use [*] for several")
    names = [option.text.lower() for option in options]
    if sorted(names) == ["false", "true"]:
        return Judge(names[right[0]] == "true", options[right[0]].feedback, options[1 - right[0]].feedback)
    if len(options) < 2:
        raise Unusable("a choice needs at least two answers")
    return Choose(options)


def _several_right(question: _Question) -> Choose:
    count = sum(part.kind == "ticked" for part in question.choices)
    if not count:
        raise Unusable("no answer is marked as right; write [*] before those that are")
    if len(question.choices) < 2:
        raise Unusable("a choice needs at least two answers")
    # Canvas takes away as much for a wrong tick as a right one gives.
    return Choose(
        _options(question, {"ticked": round(1 / count, 7), "unticked": -round(1 / count, 7)}), several=True
    )


def _options(question: _Question, worth: dict[str, float]) -> tuple[Option, ...]:
    if any(not part.text for part in question.choices):
        raise Unusable("an answer has no text")
    return tuple(
        Option(part.text, worth.get(part.kind, 0.0), question.feedback.get(n, ""))
        for n, part in enumerate(question.choices)
    )


def _number(question: _Question, told: list[str]) -> EnterNumber:
    if len(question.choices) > 1:
        told.append("text2qti takes one numerical answer; all of them are read as right")
    answers = []
    for n, part in enumerate(question.choices):
        value, margin, is_relative = _value(part.text, told)
        kind = "relative" if is_relative else "nominal"
        answers.append(NumberAnswer(value, margin, 1.0, question.feedback.get(n, ""), kind))  # type: ignore[arg-type]
    return EnterNumber(tuple(answers))


def _value(written: str, told: list[str]) -> tuple[str, str, bool]:
    """Return value, tolerance, and whether that is relative. Raises Unusable."""
    if spread := _RANGE.fullmatch(written):
        low, high = Decimal(spread["low"]), Decimal(spread["high"])
        if low > high:
            raise Unusable(f"the range {written} runs downwards; write the smaller number first")
        return decimal_text((low + high) / 2), decimal_text((high - low) / 2), False
    if found := _WITH_MARGIN.fullmatch(written):
        value, margin = Decimal(found["value"]), abs(Decimal(found["margin"]))
        return (
            decimal_text(value),
            decimal_text(margin / 100 if found["percent"] else margin),
            bool(found["percent"]),
        )
    if re.fullmatch(_NUMBER, written):
        if not re.fullmatch(r"[+-]?\d+", written):
            told.append(f"text2qti refuses {written} without a tolerance, like +- 0.01; it is read as exact")
        return decimal_text(Decimal(written)), "0", False
    raise Unusable(f"{written[:40]!r} is not a number; write 5, 1.41 +- 0.01, 1.41 +- 1% or [1.40, 1.42]")
