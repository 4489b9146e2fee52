"""The Markdown of text2qti: quizzes as plain text, for Canvas. That library itself never runs here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quiz.core.interchange import Reading, Writing
from quiz.core.items import Item
from quiz.core.messages import N_
from quiz.core.text_bytes import beginning
from quiz.formats.text2qti.reading import read_text2qti
from quiz.formats.text2qti.writing import CARRIES, write_text2qti

_ANSWER = re.compile(r"^(?:\*?[a-z]\)|\[[ *]?\]|=|\*|_{3,}$|\^{3,}$)(?:\s|$)", re.MULTILINE)


class Text2QtiFormat:
    name = "text2qti"
    label = N_("text2qti Markdown (Canvas)")
    suffixes = (".md", ".txt")
    carries = CARRIES

    def looks_like(self, data: bytes) -> float:
        head = beginning(data)
        if head.lstrip().startswith(("<", "PK")):
            return 0.0
        if re.search(r"^quiz title:", head, re.MULTILINE | re.IGNORECASE):
            return 0.9
        if not re.search(r"^\d+\.\s", head, re.MULTILINE):
            return 0.0
        return 0.75 if _ANSWER.search(head) else 0.0

    def read(self, data: bytes) -> Reading:
        return read_text2qti(data)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_text2qti(items)


format = Text2QtiFormat()
