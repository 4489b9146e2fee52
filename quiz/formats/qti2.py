"""QTI 2.1 and 2.2: single items, tests and packages, as most assessment systems exchange them."""

from __future__ import annotations

from quiz.core.qti.format import QtiFormat
from quiz.core.qti.nodes import tree_of_items
from quiz.core.qti.writing_packages import Dialect
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

format = QtiFormat("qti2", "QTI 2.1 / 2.2", 2, _DIALECT, lambda data: tree_of_items(read_xml(data)))
