"""Telling the versions of QTI apart by namespaces and element names, never by the file's name."""

from __future__ import annotations

import re

from quiz.core.interchange import NotThisFormat
from quiz.core.packages import looks_like_package, open_package

_LOOKED_AT = 65_536
_SIGNS = {
    1: re.compile(rb"<questestinterop\b|ims_qtiasiv1p2|imsqti_xmlv1p2"),
    2: re.compile(
        rb"imsqti_v2p\d|imsqti_item_v2p0|imsqti_(item|test|section)_xmlv2p|<(\w+:)?assessment(Item|Test)\b"
    ),
    3: re.compile(
        rb"imsqtiasi_v3p0|imsqti_(item|test|stimulus)?_?xmlv3p0|<(\w+:)?qti-assessment-(item|test)\b"
    ),
}


def looks_like_qti(data: bytes, *, version: int) -> float:
    """Return how sure a look makes that the bytes are of this version: 1, 2 or 3."""
    if not looks_like_package(data):
        return 0.95 if qti_version(data) == version else 0.0
    try:
        package = open_package(data)
        manifests = sorted((n for n in package.names if n.lower().endswith("imsmanifest.xml")), key=len)
        looked_at = [*manifests[:1], *(n for n in package.names if n.lower().endswith((".xml", ".qti")))][:6]
        found = [qti_version(package.read(name)) for name in looked_at]
    except NotThisFormat:
        return 0.0
    versions = [v for v in found if v is not None]
    return 0.95 if versions and versions[0] == version else 0.5 if version in versions else 0.0


def qti_version(data: bytes) -> int | None:
    """Return the version of QTI that a document or a manifest is of, None for none."""
    head = data[:_LOOKED_AT]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    for version in (3, 2, 1):
        if _SIGNS[version].search(head):
            return version
    return None
