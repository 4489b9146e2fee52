"""What an item is written with: its parts so far, and the elements that all kinds of questions use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from quiz.core.html_text import text_as
from quiz.core.interchange import Remark
from quiz.core.items import (
    Item,
    TextFormat,
)
from quiz.core.losses import name_of
from quiz.core.qti.files import MARK
from quiz.core.qti.html_nodes import writable
from quiz.core.qti.nodes import Node, node

LABEL = "Canvas QTI 1.2"
_ADDRESS = re.compile(re.escape(MARK) + r"""([^"'\s<>)]*)""")


class NotWritable(ValueError):
    """The item can't be told in this format. The message says why."""


@dataclass
class ItemWriter:
    """media: all files of the package by name, added to. says: idents of the feedback that there is."""

    item: Item
    ident: str
    media: dict[str, bytes]
    remarks: list[Remark]
    meta: dict[str, str] = field(default_factory=dict)
    responses: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)

    def say(self, text: str, severity: str = "warning") -> None:
        self.remarks.append(Remark(text, severity, None, name_of(self.item)))  # type: ignore[arg-type]

    def html(self, text: str, given: TextFormat | None = None) -> str:
        html = text_as(writable(text), given or self.item.prompt_format, "html")[0]
        return _ADDRESS.sub(lambda found: self._address(unquote(found[1])), html)

    def _address(self, name: str) -> str:
        file = next((file for file in self.item.files if file.name == name), None)
        if file is None:
            self.say(f"The file “{name}” of its text is not there.")
            return MARK + quote(name)
        kept = name if self.media.setdefault(name, file.data) == file.data else f"{self.ident}/{name}"
        self.media[kept] = file.data
        return f"$IMS-CC-FILEBASE$/{quote(kept)}"

    def say_feedback(self, ident: str, text: str) -> bool:
        """Add a feedback; return whether there is one."""
        if text:
            self.feedback[ident] = self.html(text, self.item.feedback_format)
        return bool(text)


def material(html: str) -> Node:
    return node("material", node("mattext", html, texttype="text/html"))


def plain_material(text: str) -> Node:
    return node("material", node("mattext", writable(text), texttype="text/plain"))


def display(ident: str) -> Node:
    return node("displayfeedback", feedbacktype="Response", linkrefid=ident)


def condition(
    test: Node | Sequence[Node], score: str | None, feedback: str = "", *, action: str = "Set"
) -> Node:
    """Return a condition; one with a score ends the processing unless it adds."""
    tests = [test] if isinstance(test, Node) else list(test)
    parts = [node("conditionvar", *tests)]
    if score is not None:
        parts.append(node("setvar", score, action=action, varname="SCORE"))
    if feedback:
        parts.append(display(feedback))
    goes_on = score is None or action == "Add"
    return Node(
        "respcondition", {} if action == "Add" else {"continue": "Yes" if goes_on else "No"}, [*parts]
    )


def equal(response: str, value: str, **attributes: str) -> Node:
    return node("varequal", writable(value), respident=response, **attributes)
