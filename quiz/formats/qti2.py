"""QTI 2.1 and 2.2: single items, tests and packages, as most assessment systems exchange them."""

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
    label="QTI 2.2",
    dashed_names=False,
    items="http://www.imsglobal.org/xsd/imsqti_v2p2",
    templates="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}",
    manifests="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema=("QTIv2.2 Package", "1.0.0"),
    types=("imsqti_item_xmlv2p2", "imsqti_test_xmlv2p2"),
    metadata="http://www.imsglobal.org/xsd/imsmd_v1p2",
    keyword=("md:keyword", "md:langstring"),
)


class Qti2:
    name = "qti2"
    label = "QTI 2.1 / 2.2"
    suffixes = (".zip", ".xml")
    carries = CARRIED

    def looks_like(self, data: bytes) -> float:
        return looks_like_qti(data, version=2)

    def read(self, data: bytes) -> Reading:
        return read_qti(data, _tree)

    def write(self, items: Iterable[Item]) -> Writing:
        return write_qti(items, _DIALECT)


def _tree(data: bytes) -> Node:
    root = read_xml(data)
    if root.tag.rpartition("}")[2] == "questestinterop":
        raise NotThisFormat("This is QTI 1.2, as Canvas and older systems write it. Choose that format.")
    return tree_from(root)


format = Qti2()
