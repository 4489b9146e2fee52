"""QTI 1.2 as Canvas and Common Cartridge exchange it: packages and bare XML."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.interchange import Reading, Writing
from quiz.core.items import Item
from quiz.core.qti.recognising import looks_like_qti
from quiz.formats.canvas_qti.reading import read_canvas
from quiz.formats.canvas_qti.writing import CARRIED, write_canvas


class CanvasQti:
    name = "canvas_qti"
    label = "Canvas (QTI 1.2)"
    suffixes = (".zip", ".imscc", ".xml", ".qti")
    carries = CARRIED

    def looks_like(self, data: bytes) -> float:
        return looks_like_qti(data, version=1)

    def read(self, data: bytes) -> Reading:
        return read_canvas(data)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_canvas(items)


format = CanvasQti()
