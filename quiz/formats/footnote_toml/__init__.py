"""Footnote's own bank files: TOML that people write, with basis, claims and all that a question can be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quiz.core.interchange import Reading, Writing
from quiz.core.items import Item
from quiz.core.messages import N_
from quiz.core.text_bytes import beginning
from quiz.formats.footnote_toml.reading import read_bank
from quiz.formats.footnote_toml.writing import CARRIES, write_bank

_QUESTION = re.compile(r"^\s*\[\[\s*question\s*\]\]", re.MULTILINE)
_HEAD = re.compile(r"^(?:id|title|description|language)\s*=\s*[\"']", re.MULTILINE)


class FootnoteTomlFormat:
    name = "footnote_toml"
    label = N_("Footnote bank (TOML)")
    suffixes = (".toml",)
    carries = CARRIES

    def looks_like(self, data: bytes) -> float:
        head = beginning(data, characters=8000)
        if _QUESTION.search(head):
            return 0.95
        return 0.5 if len(_HEAD.findall(head)) >= 2 else 0.0

    def read(self, data: bytes) -> Reading:
        return read_bank(data)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_bank(items)


format = FootnoteTomlFormat()
