"""Packages: what may do harm is refused before anything is unpacked, with the reason."""

from __future__ import annotations

import stat
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from quiz.core.interchange import NotThisFormat
from quiz.core.packages import open_package, write_package


def zipped(*members: tuple[str | ZipInfo, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def link() -> ZipInfo:
    entry = ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "no zip"),
        (zipped(("a.xml", b"text"))[:-10], "cut off"),
        (zipped(("../a.xml", b"text")), "outside"),
        (zipped(("/etc/passwd", b"text")), "outside"),
        (zipped(("C:/a.xml", b"text")), "outside"),
        (zipped(("inner.zip", b"text")), "inside the package"),
        (zipped((link(), b"/etc/passwd")), "link"),
        (zipped(("a.xml", b"0" * 60_000_000)), "at most 50000000"),
        (zipped(("a.xml", b"0" * 5_000_000)), "100 times"),
        (zipped(*((f"{n}.xml", b"x") for n in range(2_001))), "at most 2000"),
    ],
    ids=["text", "truncated", "dots", "root", "drive", "nested", "link", "size", "ratio", "entries"],
)
def test_a_zip_that_may_do_harm_is_refused_with_the_reason(data, reason):
    with pytest.raises(NotThisFormat, match=reason):
        open_package(data)


def test_entries_that_overlap_are_refused():
    data = bytearray(zipped(("a.xml", b"first"), ("b.xml", b"second")))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = (3).to_bytes(4, "little")

    with pytest.raises(NotThisFormat, match="overlaps"):
        open_package(bytes(data))


def test_an_encrypted_entry_is_refused():
    data = bytearray(zipped(("a.xml", b"secret")))
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start] |= 1

    with pytest.raises(NotThisFormat, match="encrypted"):
        open_package(bytes(data))


def test_a_damaged_entry_is_told_when_it_is_read():
    data = bytearray(zipped(("a.xml", b"some text to be damaged")))
    data[40] ^= 0xFF
    package = open_package(bytes(data))

    with pytest.raises(NotThisFormat, match="damaged"):
        package.read("a.xml")


def test_names_are_found_as_people_and_tools_write_them():
    entry = ZipInfo("x")
    entry.filename = "My Media\\Sign.png"
    package = open_package(zipped((entry, b"png"), ("__MACOSX/._a", b"junk"), ("items/q.xml", b"<a/>")))

    assert package.names == ("My Media/Sign.png", "items/q.xml")
    assert package.find("../my%20media/sign.png?download=1", beside="items") == "My Media/Sign.png"
    assert package.find("nowhere.png") is None


def test_the_same_files_give_the_same_bytes_whatever_their_order():
    members = [("b.txt", b"two"), ("a.txt", b"one")]

    assert write_package(members) == write_package(reversed(members))
    assert open_package(write_package(members)).read("b.txt") == b"two"
