"""Moodle XML: Moodle's own exchange format, with pictures and nearly every setting."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.interchange import Reading, Writing
from quiz.core.items import Item
from quiz.core.messages import N_
from quiz.formats.moodle_xml.reading import read_moodle_xml
from quiz.formats.moodle_xml.writing import CARRIES, write_moodle_xml
from quiz.xml_reading import looks_like_xml, root_name


class MoodleXmlFormat:
    name = "moodle_xml"
    label = N_("Moodle XML")
    suffixes = (".xml",)
    carries = CARRIES

    def looks_like(self, data: bytes) -> float:
        if not looks_like_xml(data):
            return 0.0
        return 0.95 if root_name(data) == "quiz" else 0.0

    def read(self, data: bytes) -> Reading:
        return read_moodle_xml(data)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_moodle_xml(items)


format = MoodleXmlFormat()
