"""The pictures and other files that an item's texts refer to, by address in QTI and by name with us."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from quiz.core.items import ItemFile
from quiz.core.media_types import media_type_of
from quiz.core.qti.nodes import Node

MARK = "@@PLUGINFILE@@/"
_ADDRESSES = {"img": "src", "audio": "src", "video": "src", "source": "src", "track": "src", "object": "data",
              "embed": "src", "a": "href"}  # fmt: skip


class Found(NamedTuple):
    """path: in the package, so that the same file is known again."""

    path: str
    data: bytes


Find = Callable[[str], Found | None]


class FileShelf:
    """Gathers the files of one item while its texts are read."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._names: dict[str, str] = {}
        self.files: list[ItemFile] = []
        self.missing: list[str] = []

    def rewrite(self, node: Node) -> None:
        """Let all elements within refer to the files by our names; note what is missing."""
        for element in node.walk():
            attribute = _ADDRESSES.get(element.name)
            address = element.get(attribute).strip() if attribute else ""
            if attribute and address and not _is_elsewhere(address):
                kept = self.keep(address)
                if kept is not None:
                    element.attributes[attribute] = kept
                elif element.name != "a":
                    self.missing.append(address)

    def keep(self, address: str) -> str | None:
        """Return the address that our texts use for the file, None if there is no such file."""
        found = self._find(address)
        if found is None:
            return None
        if found.path not in self._names:
            base = found.path.rpartition("/")[2]
            name = found.path.replace("/", "-") if base in self._names.values() else base
            self._names[found.path] = name
            self.files.append(ItemFile(name, media_type_of(name), found.data))
        return MARK + quote(self._names[found.path])


def _is_elsewhere(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return address.startswith(("//", "#", MARK)) or bool(colon and scheme.isalpha() and len(scheme) > 1)
