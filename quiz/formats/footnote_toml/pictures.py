"""The pictures of a bank file, ``[[picture]]`` tables with their bytes as base64, as files of the questions."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import replace
from textwrap import wrap
from typing import Any

from quiz.core.interchange import Remark
from quiz.core.items import Item, ItemFile
from quiz.core.messages import Explained
from quiz.core.pictures import (
    Picture,
    id_in_address,
    picture_ids_in,
    referring_to_files,
    referring_to_pictures,
    size_in_id,
)
from quiz.core.row_ids import Plain
from quiz.core.written import tables_in, text_in

_LINE = 100
_TYPES = ("image/png", "image/jpeg", "image/webp")


def pictures_in(written: Mapping[str, Any], remarks: list[Remark]) -> dict[str, Picture]:
    """Return the file's pictures by id; what is none is told. Nobody has looked at their bytes yet."""
    pictures = {}
    try:
        rows = tables_in(written, "picture")
    except Explained as problem:
        remarks.append(Remark(str(problem), where="picture"))
        return {}
    for row in rows:
        picture = _picture(row)
        if picture is None:
            remarks.append(
                Remark("this is no picture; let flask quiz bank export write it", where=f"{row.get('id')}")
            )
        else:
            pictures[picture.id] = picture
    return pictures


def with_pictures(item: Item, pictures: Mapping[str, Picture]) -> Item:
    """Return the item with the pictures that its texts show as its files."""
    shown = {i: pictures[i] for i in picture_ids_in([item]) if i in pictures} if pictures else {}
    if not shown:
        return item
    files = tuple(ItemFile(p.file_name, p.media_type, p.data) for p in shown.values())
    return replace(referring_to_files(item, shown), files=files)


def without_pictures(item: Item) -> tuple[Item, list[Plain]]:
    """Return the item with those of its files that are pictures of ours taken out, and their tables."""
    ours = {file.name: file for file in item.files if _is_ours(file)}
    if not ours:
        return item, []
    named = referring_to_pictures(replace(item, files=()), {name: _id_of(name) for name in ours})
    rows = [
        {"id": _id_of(file.name), "type": file.media_type, "data": _lines(file.data)}
        for file in ours.values()
    ]
    return replace(named, files=tuple(file for file in item.files if file.name not in ours)), rows


def each_once(rows: Iterable[Plain]) -> list[Plain]:
    """Return the tables of pictures by id, each once."""
    by_id = {row["id"]: row for row in rows}
    return [by_id[i] for i in sorted(by_id)]


def _picture(row: Mapping[str, Any]) -> Picture | None:
    try:
        known_id, media_type = text_in(row, "id"), text_in(row, "type")
        data = base64.b64decode("".join(text_in(row, "data").split()), validate=True)
    except (Explained, binascii.Error, ValueError):
        return None
    if media_type not in _TYPES or not id_in_address(f"picture:{known_id}"):
        return None
    width, height = size_in_id(known_id)
    return Picture(known_id, media_type, width, height, data)


def _is_ours(file: ItemFile) -> bool:
    return file.media_type in _TYPES and bool(id_in_address(f"picture:{_id_of(file.name)}"))


def _id_of(name: str) -> str:
    return name.rpartition(".")[0]


def _lines(data: bytes) -> str:
    return "\n".join(wrap(base64.b64encode(data).decode(), _LINE))
