"""The places of a quiz in the order of its sections: those of no section first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class _HasSection(Protocol):
    @property
    def position(self) -> int: ...
    @property
    def section_id(self) -> str: ...


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


PlaceT = TypeVar("PlaceT", bound=_HasSection)
SectionT = TypeVar("SectionT", bound=_HasId)


def in_sections(
    sections: Sequence[SectionT], places: Iterable[PlaceT]
) -> list[tuple[SectionT | None, list[PlaceT]]]:
    """Return the places outside of sections (None), then each section with its own, empty ones too.

    A place of a section that there is none of stands outside.
    """
    by_id: dict[str, list[PlaceT]] = {"": [], **{section.id: [] for section in sections}}
    for place in sorted(places, key=lambda place: place.position):
        by_id[place.section_id if place.section_id in by_id else ""].append(place)
    return [(None, by_id[""]), *((section, by_id[section.id]) for section in sections)]


def in_order(sections: Sequence[SectionT], places: Iterable[PlaceT]) -> list[PlaceT]:
    """Return the places in the order in which they are asked, unless they are shuffled."""
    return [place for _, held in in_sections(sections, places) for place in held]
