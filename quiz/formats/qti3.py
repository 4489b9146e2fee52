"""QTI 3.0: single items, tests and packages, with the dashed names of its newest version."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.core.interchange import NotThisFormat, Reading, Writing
from quiz.core.items import Item
from quiz.core.qti.nodes import Node, tree_from
from quiz.core.qti.reading_packages import read_qti
from quiz.core.qti.recognising import looks_like_qti
from quiz.core.qti.writing_interactions import CARRIED
from quiz.core.qti.writing_packages import Dialect, write_qti
from quiz.xml_reading import read_xml

_DIALECT = Dialect(
    label="QTI 3.0",
    dashed_names=True,
    items="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    templates="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{}.xml",
    manifests="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema=("QTI Package", "3.0.0"),
    types=("imsqti_item_xmlv3p0", "imsqti_test_xmlv3p0"),
    metadata="http://ltsc.ieee.org/xsd/LOM",
    keyword=("md:keyword", "md:string"),
)


class Qti3:
    name = "qti3"
    label = "QTI 3.0"
    suffixes = (".zip", ".xml")
    carries = CARRIED

    def looks_like(self, data: bytes) -> float:
        return looks_like_qti(data, version=3)

    def read(self, data: bytes) -> Reading:
        return read_qti(data, _tree)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_qti(items, _DIALECT)


def _tree(data: bytes) -> Node:
    root = read_xml(data)
    if root.tag.rpartition("}")[2] == "questestinterop":
        raise NotThisFormat("This is QTI 1.2, as Canvas and older systems write it. Choose that format.")
    return tree_from(root)


format = Qti3()
