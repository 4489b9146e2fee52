"""As much of Protocol Buffers as Anki's packages need: the fields of one message, by number."""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5


class BadMessage(ValueError):
    """The bytes are no message."""


def fields_of(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Give each field's number and value: an integer, or bytes. Raises BadMessage."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, kind = key >> 3, key & 7
        value: int | bytes
        if kind == _VARINT:
            value, place = _varint(message, place)
        elif kind == _BYTES:
            length, place = _varint(message, place)
            value, place = message[place : place + length], place + length
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            length = 8 if kind == _EIGHT_BYTES else 4
            value, place = message[place : place + length], place + length
        else:
            raise BadMessage(f"a field of the unknown kind {kind}")
        if place > len(message):
            raise BadMessage("it ends too soon")
        yield number, value


def texts_of(message: bytes) -> dict[int, str]:
    """Return the fields that are text, by number; of several with one number, the last."""
    return {
        number: value.decode("utf-8", "replace")
        for number, value in fields_of(message)
        if isinstance(value, bytes)
    }


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(message):
            raise BadMessage("it ends too soon")
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
    raise BadMessage("a number is too long")
