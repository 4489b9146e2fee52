"""The pictures of a bank, within its file: ``[[picture]]`` tables, each with its bytes as base64.

In the file and not beside it, so that one file is the whole bank wherever it goes: through a pipe, an upload, a mail.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any

from quiz.core.messages import N_
from quiz.core.pictures import Picture, id_in_address, size_in_id
from quiz.core.question_type import UnusableBody
from quiz.core.written import one_of, refuse_strangers, tables_in, text_in
from quiz.picture_reading import UnusablePicture, check_picture
from quiz.storage.toml_files import Mistakes

_TYPES = ("image/png", "image/jpeg", "image/webp")
_LINE = 100


def pictures_as_written(pictures: Iterable[Picture]) -> list[dict[str, Any]]:
    """Return the tables that a file holds for the pictures."""
    return [{"id": p.id, "type": p.media_type, "data": _lines(p.data)} for p in pictures]


def read_pictures(written: Mapping[str, Any], mistakes: Mistakes) -> tuple[Picture, ...]:
    """Return the pictures of the file, by id; each mistake is noted."""
    pictures: dict[str, Picture] = {}
    for number, row in enumerate(mistakes.read("", tables_in, written, "picture") or (), start=1):
        named = row.get("id")
        where = f"picture {named}" if isinstance(named, str) and named else f"picture no. {number}"
        picture = mistakes.read(where, _read_picture, row)
        if picture:
            pictures[picture.id] = picture
    return tuple(pictures[known_id] for known_id in sorted(pictures))


def _read_picture(row: Mapping[str, Any]) -> Picture:
    refuse_strangers(row, ("id", "type", "data"))
    known_id = text_in(row, "id")
    if not id_in_address(f"picture:{known_id}"):
        raise UnusableBody(
            "id", N_("“{value}” is no name of a picture; let flask quiz bank export write it"), value=known_id
        )
    width, height = size_in_id(known_id)
    picture = Picture(known_id, one_of(row, "type", _TYPES), width, height, _bytes_in(row))
    try:
        check_picture(picture)
    except UnusablePicture as problem:
        raise UnusableBody("data", problem.sentence, **problem.values) from None
    return picture


def _bytes_in(row: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode("".join(text_in(row, "data").split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnusableBody("data", N_("{field} must be base64"), field="data") from None


def _lines(data: bytes) -> str:
    return "\n".join(wrap(base64.b64encode(data).decode(), _LINE))
