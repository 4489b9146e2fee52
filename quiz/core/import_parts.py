"""A file as it is read, part by part: each question with what was told of it, and what was told of no question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol, runtime_checkable

from quiz.core.interchange import Format, Reading, Remark
from quiz.core.items import Item
from quiz.core.losses import name_of
from quiz.core.text_bytes import one_line


@dataclass(frozen=True)
class Part:
    """item: None for what was told of the file, or of a question that could not be read."""

    item: Item | None
    remarks: tuple[Remark, ...] = ()

    @property
    def line(self) -> int | None:
        """Return where it stands, from 1; None if that is not known."""
        if self.item and self.item.line:
            return self.item.line
        return next((remark.line for remark in self.remarks if remark.line), None)


@runtime_checkable
class ReadInParts(Protocol):
    """What a format may offer besides ``read``, so that a large file is never held as a whole."""

    def read_parts(self, data: bytes) -> Iterator[Item | Remark]:
        """Give each item, then what is told of it, and all other remarks where they belong. Raises NotThisFormat."""
        ...


def parts_in(exchange_format: Format, data: bytes) -> Iterator[Part]:
    """Give the file's parts in order. Raises NotThisFormat, perhaps only when the first part is asked for."""
    if isinstance(exchange_format, ReadInParts):
        return _gathered(exchange_format.read_parts(data))
    return parts_of(exchange_format.read(data))


def parts_of(reading: Reading) -> Iterator[Part]:
    """Give the items of a whole reading, each with its remarks; then what belongs to none of them, by line."""
    items, remarks = reading
    places: dict[str | int, int] = {}
    for n, item in enumerate(items):
        for name in _names(item):
            # A name that two questions have tells nothing.
            places[name] = -1 if name in places else n
    of_item: dict[int, list[Remark]] = {}
    others: list[Remark] = []
    for remark in remarks:
        place = _place(remark, places) if remark.severity != "error" else -1
        (of_item.setdefault(place, []) if place >= 0 else others).append(remark)
    parts = [Part(item, tuple(of_item.get(n, ()))) for n, item in enumerate(items)]
    yield from _in_lines([*parts, *(Part(None, (remark,)) for remark in others)])


def _gathered(found: Iterable[Item | Remark]) -> Iterator[Part]:
    item: Item | None = None
    told: list[Remark] = []
    for one in found:
        if isinstance(one, Item):
            if item is not None:
                yield Part(item, tuple(told))
            item, told = one, []
        elif item is not None and one.severity != "error" and one.line == item.line:
            told.append(one)
        else:
            if item is not None:
                yield Part(item, tuple(told))
            item, told = None, []
            yield Part(None, (one,))
    if item is not None:
        yield Part(item, tuple(told))


def _names(item: Item) -> Iterator[str | int]:
    names = {name_of(item), one_line(item.title), item.id, one_line(item.prompt)}
    yield from (name for name in names if name)
    if item.line:
        yield item.line


def _place(remark: Remark, places: dict[str | int, int]) -> int:
    # Packages name the file that a question lies in, which is called as the question is.
    for name in (remark.line, remark.where, PurePosixPath(remark.where).stem):
        place = places.get(name, -1) if name else -1
        if place >= 0:
            return place
    return -1


def _in_lines(parts: list[Part]) -> list[Part]:
    if any(part.item and part.line is None for part in parts):
        return parts
    return sorted(parts, key=lambda part: part.line or 0)
