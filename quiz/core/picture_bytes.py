"""What the bytes of a picture file tell before anything decodes them: its kind, its size, what else is in it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

Kind = Literal["PNG", "JPEG", "WEBP", "GIF"]

_STARTS: dict[bytes, Kind] = {
    b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF87a": "GIF", b"GIF89a": "GIF",
}  # fmt: skip
# What a browser, an unpacker or a server would take for something else than a picture.
_STRANGERS = (b"<script", b"<!doctype", b"<html", b"<?php", b"<svg ", b"rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_END_OF_ZIP = b"PK\x05\x06"
_LONGEST_END_OF_ZIP = 65_557
_PLAIN_PNG = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
_PLAIN_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH"))
# Frames (C0 to CF: with DHT), quantisation, restarts, scans, and the JFIF head; no comments, no metadata.
_PLAIN_JPEG = frozenset((*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD, 0xE0))
_RESTARTS = frozenset((0x00, *range(0xD0, 0xD8)))


def kind_of(data: bytes) -> Kind | None:
    """Return what kind of picture the file begins as, None if as none of the four."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), None)


def is_drawing(data: bytes) -> bool:
    """Tell whether the file looks like SVG."""
    return b"<svg" in data[:2000].lower()


def holds_another_file(data: bytes) -> bool:
    """Tell whether some program would take the file for something else than a picture."""
    lower = data.lower()
    if any(stranger in lower for stranger in _STRANGERS) or b"%PDF-" in data[:1024]:
        return True
    return _END_OF_ZIP in data[-_LONGEST_END_OF_ZIP:]


def webp_size(data: bytes) -> tuple[int, int]:
    """Return the size that the head of a WebP file names.

    RFC 9649, 2.5 to 2.7: a lossy, a lossless or an extended head. Raises struct.error if it is cut off, and
    ValueError for another head.
    """
    match data[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            wide, high = struct.unpack("<I", data[24:27] + b"\0"), struct.unpack("<I", data[27:30] + b"\0")
            return wide[0] + 1, high[0] + 1
    raise ValueError("an unknown kind of WebP")


def is_plain(data: bytes) -> bool:
    """Tell whether the file holds a picture alone: no metadata, no comment, nothing behind it."""
    match kind_of(data):
        case "PNG":
            return _is_made_of(_png_parts(data), _PLAIN_PNG)
        case "WEBP":
            return _is_made_of(_webp_parts(data), _PLAIN_WEBP)
        case "JPEG":
            return _is_made_of(_jpeg_parts(data), _PLAIN_JPEG)
    return False


def _is_made_of(
    parts: Iterator[object], plain: frozenset[object] | frozenset[bytes] | frozenset[int]
) -> bool:
    try:
        return all(part in plain for part in parts)
    except (struct.error, IndexError):
        return False


def _png_parts(data: bytes) -> Iterator[object]:
    place = 8
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        name = data[place + 4 : place + 8]
        place += 12 + length
        # What stands behind the end is no part of a picture.
        yield name if name != b"IEND" or place == len(data) else None


def _webp_parts(data: bytes) -> Iterator[object]:
    (length,) = struct.unpack_from("<I", data, 4)
    yield b"VP8X" if length + 8 == len(data) else None
    place = 12
    while place < len(data):
        (length,) = struct.unpack_from("<I", data, place + 4)
        yield data[place : place + 4]
        place += 8 + length + length % 2


def _jpeg_parts(data: bytes) -> Iterator[object]:
    place = 2
    while data[place : place + 2] != b"\xff\xd9":
        if data[place] != 0xFF:
            yield None
        marker = data[place + 1]
        yield marker
        (length,) = struct.unpack_from(">H", data, place + 2)
        place += 2 + length
        if marker == 0xDA:
            place = _end_of_scan(data, place)
    if place + 2 != len(data):
        yield None


def _end_of_scan(data: bytes, place: int) -> int:
    """Return where the next marker stands; within a scan 0xFF is followed by 0 or by a restart."""
    while True:
        place = data.index(b"\xff", place)
        if data[place + 1] not in _RESTARTS:
            return place
        place += 2
