"""Pictures in texts: how Markdown refers to those that are stored, and what stands there where none can.

A picture's id is a digest of its bytes with its size, so that a page can keep the place free for it without
looking anything up: ``![a map](picture:0f…9-1600x900)``. Nobody can guess it, and it never shows anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import quote, unquote

Thing = TypeVar("Thing")

DECORATIVE = "decorative"
"""As the title of a picture without a description: it says nothing, on purpose."""

_ID = r"[0-9a-f]{32}-[1-9][0-9]{0,4}x[1-9][0-9]{0,4}"
_ADDRESS = re.compile(rf"picture:({_ID})")
_REFERENCE = re.compile(rf"!\[([^\[\]]*)\]\(picture:({_ID})(?:[ \t]+\"[^\"\n]*\")?\)")
_FILE = re.compile(r"@@PLUGINFILE@@/([^\"'\s)<>?#]+)")
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True)
class Picture:
    """A picture as it is stored and sent. width, height: in pixels. media_type: png, jpeg or webp."""

    id: str
    media_type: str
    width: int
    height: int
    data: bytes

    @property
    def file_name(self) -> str:
        """Return what a file of it is called."""
        return f"{self.id}.{_SUFFIXES[self.media_type]}"


def picture_id(data: bytes, width: int, height: int) -> str:
    """Return the id of the picture that has these bytes."""
    return f"{sha256(data).hexdigest()[:32]}-{width}x{height}"


def id_in_address(address: str) -> str:
    """Return the id that a Markdown address such as ``picture:…`` names, "" if it names none."""
    found = _ADDRESS.fullmatch(address)
    return found[1] if found else ""


def size_in_id(known_id: str) -> tuple[int, int]:
    """Return width and height, in pixels."""
    width, height = known_id.rpartition("-")[2].split("x")
    return int(width), int(height)


def markdown_of(known_id: str, description: str) -> str:
    """Return what an author writes to show the picture. description: "" for one that only decorates."""
    plain = " ".join(description.replace("[", "(").replace("]", ")").split())
    return f"![{plain}](picture:{known_id})" if plain else f'![](picture:{known_id} "{DECORATIVE}")'


def pieces_of(text: str) -> Iterator[tuple[str, str]]:
    """Give the text in pieces: (words, "") and, for each picture, (its description, its id)."""
    end = 0
    for reference in _REFERENCE.finditer(text):
        if reference.start() > end:
            yield text[end : reference.start()], ""
        yield reference[1], reference[2]
        end = reference.end()
    if end < len(text):
        yield text[end:], ""


def without_pictures(text: str) -> str:
    """Return the text with each picture's description in its place."""
    return "".join(words for words, _ in pieces_of(text)) if "(picture:" in text else text


def picture_ids_in(things: Iterable[Any]) -> tuple[str, ...]:
    """Return the ids of the pictures that any text among the things refers to, each once, in order.

    things: texts, and plain data or frozen dataclasses that hold texts at any depth.
    """
    ids = (found for thing in things for text in texts_in(thing) for found in _ADDRESS.findall(text))
    return tuple(dict.fromkeys(ids))


def referring_to_pictures(thing: Thing, id_by_name: Mapping[str, str]) -> Thing:
    """Return the thing with every reference to one of these files turned into one to the picture.

    thing: an item, a text or anything that holds texts. id_by_name: picture ids by the files' own names.
    """

    def turned(found: re.Match[str]) -> str:
        known_id = id_by_name.get(unquote(found[1]))
        return f"picture:{known_id}" if known_id else found[0]

    return with_texts(thing, lambda text: _FILE.sub(turned, text))


def referring_to_files(thing: Thing, pictures: Mapping[str, Picture]) -> Thing:
    """Return the thing as referring_to_pictures would take it: by file names. pictures: by id."""

    def turned(found: re.Match[str]) -> str:
        picture = pictures.get(found[1])
        return f"@@PLUGINFILE@@/{quote(picture.file_name)}" if picture else found[0]

    return with_texts(thing, lambda text: _ADDRESS.sub(turned, text))


def texts_in(thing: Any) -> Iterator[str]:
    """Give every text in plain data or frozen dataclasses, at any depth; names of fields are none."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from texts_in(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from texts_in(value)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts_in(getattr(thing, field.name))


def with_texts(thing: Thing, change: Callable[[str], str]) -> Thing:
    """Return the thing with every text in it changed."""
    changed: Thing = _with_texts(thing, change)
    return changed


def _with_texts(thing: Any, change: Callable[[str], str]) -> Any:
    if isinstance(thing, str):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(_with_texts(value, change) for value in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: _with_texts(getattr(thing, f.name), change) for f in fields(thing)})
    return thing
