"""GIFT: Moodle's format for typing questions into a text file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quiz.core.interchange import Reading, Remark, Writing
from quiz.core.items import Item
from quiz.core.messages import N_
from quiz.core.text_bytes import beginning
from quiz.formats.gift.reading import read_gift, read_gift_in_parts
from quiz.formats.gift.writing import CARRIES, write_gift

_BLOCK = re.compile(r"(?<!\\)\{[^{}]*?(?<!\\)(?:[=~#>][^{}]*|T|F|TRUE|FALSE)?(?<!\\)\}", re.DOTALL)


class GiftFormat:
    name = "gift"
    label = N_("GIFT (Moodle)")
    suffixes = (".gift", ".txt")
    carries = CARRIES

    def looks_like(self, data: bytes) -> float:
        head = beginning(data)
        if head.lstrip().startswith(("<", "PK", '{"', "[{")):
            return 0.0
        if re.search(r"^\s*\$CATEGORY:|^\s*::[^:\n]+::", head, re.MULTILINE):
            return 0.9
        if re.search(r"(?<!\\)\{\s*(?:[=~#]|T\s*[#}]|F\s*[#}]|TRUE|FALSE|\}|>\s*\d)", head):
            return 0.7
        if re.search(r"^\s*//", head, re.MULTILINE):
            return 0.3
        return 0.25 if _BLOCK.search(head) else 0.0

    def read(self, data: bytes) -> Reading:
        return read_gift(data)

    def read_parts(self, data: bytes) -> Iterator[Item | Remark]:
        return read_gift_in_parts(data)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_gift(items)


format = GiftFormat()
