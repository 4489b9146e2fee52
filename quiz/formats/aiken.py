"""Aiken: a question, its options ``A.`` to ``Z.``, and the line ``ANSWER: B``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from quiz.core.html_text import text_as
from quiz.core.interchange import NotThisFormat, Reading, Remark, Writing, reading_of
from quiz.core.items import Choose, Item, Judge, Option
from quiz.core.losses import lost_remarks, name_of, not_carried
from quiz.core.messages import N_
from quiz.core.text_bytes import LONGEST_TEXT, beginning, decode_text, one_line

_OPTION = re.compile(r"(?P<label>[A-Z])[.)][ \t]*(?P<text>.*)")
_SMALL_OPTION = re.compile(r"(?P<label>[a-z])[.)][ \t]+(?P<text>.*)")
_ANSWER = re.compile(r"ANSWER\s*[:：]\s*(?P<said>.*)", re.IGNORECASE)
_FEEDBACK = re.compile(r"FEEDBACK\s*:\s*(?P<said>.*)", re.IGNORECASE)
_MOST_LINES_WITHOUT = 20_000
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class _Question:
    """A question that is being read. line: of its first line. broken: why it can't be one."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    broken: str = ""


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.items: list[Item] = []
        self.remarks: list[Remark] = []
        self.open: _Question | None = None
        self.after_blank = False

    def read(self) -> Reading:
        for number, line in enumerate(self.lines, start=1):
            if number > _MOST_LINES_WITHOUT and not self.items:
                raise NotThisFormat(f"there is no question in the first {_MOST_LINES_WITHOUT:,} lines")
            if not line:
                self.after_blank = True
                continue
            self._line(number, line)
            self.after_blank = False
        self._give_up("there is no line like ANSWER: B at its end")
        return reading_of(self.items, self.remarks)

    def _line(self, number: int, line: str) -> None:
        answer, feedback = _ANSWER.fullmatch(line), _FEEDBACK.fullmatch(line)
        option = _OPTION.fullmatch(line) or self._small_option(line)
        if answer:
            self._close(number, line, answer["said"].strip())
        elif feedback:
            self._feedback(number, feedback["said"])
        elif option and self._is_stem(number, line):
            self._stem(number, line)
        elif option:
            self._option(number, option["label"], option["text"].strip())
        else:
            self._stem(number, line)

    def _small_option(self, line: str) -> re.Match[str] | None:
        small = _SMALL_OPTION.fullmatch(line)
        if small is None or self.open is None or small["label"] != _next_label(self.open).lower():
            return None
        if (
            "a) and the like must be capital letters to Moodle; they are read all the same"
            not in self.open.told
        ):
            self.open.told.append(
                "a) and the like must be capital letters to Moodle; they are read all the same"
            )
        return small

    def _is_stem(self, number: int, line: str) -> bool:
        """Tell whether what looks like an option is a question ("A.

        Lincoln was?"): the next line is A, too.
        """
        if self.open is not None or not line.startswith("A"):
            return False
        following = next(filter(None, islice(self.lines, number, None)), "")
        return bool(re.match(r"A[.)]", following))

    def _stem(self, number: int, line: str) -> None:
        question = self.open
        if question and question.options and not self.after_blank:
            label, text = question.options[-1]
            question.options[-1] = (label, f"{text} {line}".strip())
            question.told.append(
                f"option {label} runs over two lines, which Moodle can't read; they are joined"
            )
            return
        if question and (question.options or self.after_blank):
            reason = "there is no line like ANSWER: B at its end" if question.options else "it has no options"
            self._give_up(reason)
            question = None
        if question is None:
            self.open = _Question(number, [line])
            return
        question.stem.append(line)
        question.told.append(
            "the question runs over several lines, of which Moodle reads the last; they are joined"
        )

    def _option(self, number: int, label: str, text: str) -> None:
        if self.open is None:
            self.open = _Question(number, broken=f"option {label} stands before any question")
        self.open.options.append((label.upper(), text))

    def _feedback(self, number: int, said: str) -> None:
        if self.open is not None or not self.items:
            self.remarks.append(Remark("FEEDBACK: belongs behind the line ANSWER:", "warning", number))
            return
        self.items[-1] = replace(self.items[-1], general_feedback=said.strip())
        told = "FEEDBACK: is read as general feedback; Moodle ignores it"
        self.remarks.append(Remark(told, "note", number, one_line(self.items[-1].prompt)))

    def _close(self, number: int, line: str, said: str) -> None:
        question, self.open = self.open, None
        if question is None:
            self.remarks.append(Remark("ANSWER: without a question before it", "error", number, line[:40]))
            return
        if not line.startswith("ANSWER:"):
            question.told.append(
                f"{line.split(':')[0].strip()}: must be ANSWER: to Moodle; it is read all the same"
            )
        problem = question.broken or _problem(question, said)
        where = one_line(" ".join(question.stem) or question.options[0][1] if question.options else "")
        if problem:
            line_told = number if "ANSWER" in problem else question.line
            self.remarks.append(Remark(problem, "error", line_told, where))
            return
        self._add(question, said, number, where)

    def _add(self, question: _Question, said: str, number: int, where: str) -> None:
        label = said[0].upper()
        if said[0] != label:
            question.told.append(
                f"ANSWER: {said} must be a capital letter (Moodle would have no right answer)"
            )
        if len(said) > 1:
            question.told.append(f"of ANSWER: {said} only the {label} counts; Aiken has one right answer")
        options = tuple(Option(text, float(name == label)) for name, text in question.options)
        self.items.append(
            Item("\n".join(question.stem), Choose(options), prompt_format="plain", line=question.line)
        )
        told = dict.fromkeys(question.told)
        self.remarks += [Remark(text, "warning", question.line, where) for text in told]

    def _give_up(self, reason: str) -> None:
        question, self.open = self.open, None
        if question:
            where = one_line(" ".join(question.stem) or (question.options[0][1] if question.options else ""))
            self.remarks.append(Remark(question.broken or reason, "error", question.line, where))


def _next_label(question: _Question) -> str:
    return _LETTERS[min(len(question.options), 25)]


def _problem(question: _Question, said: str) -> str:
    """Return why the question can't be used, "" if it can."""
    labels = [label for label, _ in question.options]
    if len(labels) < 2:
        return "a question needs at least two options, A. and B."
    if len(set(labels)) < len(labels):
        return f"the options have the letters {', '.join(labels)}; each letter stands once"
    if any(not text for _, text in question.options):
        return "an option has no text"
    if sum(len(text) for _, text in question.options) + sum(map(len, question.stem)) > LONGEST_TEXT:
        return f"the question has more than {LONGEST_TEXT:,} characters"
    if not said:
        return "ANSWER: names no option"
    if said[0].upper() not in labels:
        return (
            f"ANSWER: {said} names no option; there are {', '.join(labels)} (Moodle would have "
            f"no right answer)"
        )
    return ""


class AikenFormat:
    name = "aiken"
    label = N_("Aiken")
    suffixes = (".aiken", ".txt")
    carries: frozenset[type] = frozenset((Choose, Judge))

    def looks_like(self, data: bytes) -> float:
        head = beginning(data)
        if head.lstrip().startswith(("<", "PK")):
            return 0.0
        if re.search(r"^\s*ANSWER\s*:\s*[A-Za-z]", head, re.MULTILINE):
            return 0.85
        return 0.4 if re.search(r"^\s*Answer\s*:\s*[A-Za-z]\b", head, re.MULTILINE | re.IGNORECASE) else 0.0

    def read(self, data: bytes) -> Reading:
        return _Reader([line.strip() for line in decode_text(data).split("\n")]).read()

    def write(self, items: Iterable[Item]) -> Writing:
        remarks: list[Remark] = []
        blocks = [block for item in items if (block := _write(item, remarks))]
        return Writing("\n".join(blocks).encode(), remarks)


def _write(item: Item, remarks: list[Remark]) -> str:
    options, right = _options_of(item)
    problem = _unsayable(item, options, right)
    if problem is not None:
        remarks.append(not_carried(item, "Aiken", problem))
        return ""
    lost: list[str] = []
    stem = _line(item.prompt, item, lost)
    lines = [_line(option.text, item, lost, option) for option in options]
    if re.match(r"[A-Za-z][.)]|(?:ANSWER|FEEDBACK)\s*:", stem, re.IGNORECASE) or len(stem) < 2:
        remarks.append(not_carried(item, "Aiken", f"Aiken would not take {stem[:30]!r} for a question"))
        return ""
    if isinstance(item.interaction, Judge):
        lost.append("Aiken has no true or false: the question becomes a choice between True and False")
    remarks += lost_remarks(item, "Aiken", carried=())
    remarks += [Remark(text, where=name_of(item)) for text in dict.fromkeys(lost)]
    listed = [f"{letter}. {text}" for letter, text in zip(_LETTERS, lines, strict=False)]
    return "\n".join([stem, *listed, f"ANSWER: {_LETTERS[right[0]]}"]) + "\n"


def _options_of(item: Item) -> tuple[tuple[Option, ...], list[int]]:
    """Return the options, and the places of those that earn the full mark."""
    options: tuple[Option, ...] = ()
    match item.interaction:
        case Judge(answer):
            options = (Option("True", float(answer)), Option("False", float(not answer)))
        case Choose(options=options):
            pass
    return options, [n for n, option in enumerate(options) if option.fraction == 1]


def _unsayable(item: Item, options: tuple[Option, ...], right: list[int]) -> str | None:
    if not isinstance(item.interaction, Choose | Judge):
        return ""
    if isinstance(item.interaction, Choose) and item.interaction.several:
        return "Aiken has one right answer, this question several"
    if len(right) != 1 or any(option.fraction not in (0, 1) for option in options):
        return "Aiken has exactly one right option and no half-right ones"
    if not 2 <= len(options) <= len(_LETTERS) or any(not option.text.strip() for option in options):
        return "Aiken has 2 to 26 options, all with text"
    return None


def _line(text: str, item: Item, lost: list[str], option: Option | None = None) -> str:
    plain, lossy = text_as(text, (option and option.text_format) or item.prompt_format, "plain")
    if lossy:
        lost.append("the formatting or the pictures of its text")
    line = " ".join(plain.split())
    if "\n" in plain.strip():
        lost.append("its line breaks: Aiken has one line for each text")
    return line


format = AikenFormat()
