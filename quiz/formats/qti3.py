"""QTI 3.0: single items, tests and packages, with the dashed names of its newest version."""

from __future__ import annotations

from quiz.core.qti.format import QtiFormat
from quiz.core.qti.nodes import tree_of_items
from quiz.core.qti.writing_packages import Dialect
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

format = QtiFormat("qti3", "QTI 3.0", 3, _DIALECT, lambda data: tree_of_items(read_xml(data)))
