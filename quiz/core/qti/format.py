"""QTI as an interchange format: what its versions have in common, which is all but their names and addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quiz.core.interchange import Reading, Writing
from quiz.core.items import Item
from quiz.core.qti.reading_packages import Parse, read_qti
from quiz.core.qti.recognising import looks_like_qti
from quiz.core.qti.writing_interactions import CARRIED
from quiz.core.qti.writing_packages import Dialect, write_qti


@dataclass(frozen=True)
class QtiFormat:
    """A core.interchange.Format. version: 2 or 3. parse: bytes to a tree, safe with strangers' XML."""

    name: str
    label: str
    version: int
    dialect: Dialect
    parse: Parse
    suffixes: tuple[str, ...] = (".zip", ".xml")
    carries: frozenset[type] = CARRIED

    def looks_like(self, data: bytes) -> float:
        return looks_like_qti(data, version=self.version)

    def read(self, data: bytes) -> Reading:
        return read_qti(data, self.parse)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_qti(items, self.dialect)
