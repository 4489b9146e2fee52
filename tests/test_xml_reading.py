from __future__ import annotations

import time

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.xml_reading import child, read_xml, root_name, text_at

BOMB = b'<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "entities"),
        (b'<!-- <x> --><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "entities"),
        (BOMB.decode().encode("utf-16"), "entities"),
        (b"<a>\n&eacute;</a>", "line 2, column 9"),
        (b"<a>" * 100_000, "depth"),
        (b"", "empty"),
        (b"text", "Start tag"),
    ],
)
def test_what_is_hostile_or_broken_is_refused_at_once(data, reason):
    start = time.process_time()

    with pytest.raises(NotThisFormat, match=reason):
        read_xml(data)
    assert time.process_time() - start < 2


def test_entities_in_a_comment_do_no_harm():
    assert read_xml(b"<!-- <!ENTITY a 'b'> --><a/>").tag == "a"


def test_parts_are_found_by_their_local_names():
    root = read_xml(b'<n:a xmlns:n="urn:x"><n:b><c> d </c></n:b></n:a>')

    assert text_at(root, "b", "c") == "d"
    assert child(root, "z") is None
    assert root_name(b'<?xml version="1.0"?>\n<!-- x -->\n<n:a>') == "n:a"


def test_lines_are_counted_beyond_the_old_limit():
    root = read_xml(b"<a>" + b"\n" * 70_000 + b"<b/></a>")

    assert root[0].sourceline == 70_001
