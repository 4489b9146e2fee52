"""Zipped packages: looked through before anything is unpacked, and written reproducibly."""

from __future__ import annotations

import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from urllib.parse import unquote

from quiz.core.interchange import NotThisFormat

LARGEST_ENTRIES = 2_000
LARGEST_UNPACKED = 50_000_000
"""Bytes, all entries together."""
LARGEST_RATIO = 100
"""Unpacked to packed bytes of one entry; text hardly passes 20."""

# A few bytes of the same letter pass any ratio and harm nobody.
_RATIO_COUNTS_FROM = 100_000
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CLUTTER = {"__macosx", ".ds_store", "thumbs.db"}
_LOCAL_HEADER = 30


class Package:
    """The files of a zip by their names: forward slashes, no ``./``, no clutter of file managers."""

    def __init__(self, archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._members = dict(sorted(members.items()))
        self._folded = {name.casefold(): name for name in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """Return how many bytes the file has once unpacked. Raises KeyError."""
        return self._members[name].file_size

    def read(self, name: str, *, at_most: int = LARGEST_UNPACKED) -> bytes:
        """Return the file's bytes.

        Raises KeyError if there is none, NotThisFormat if it is damaged or larger.
        """
        member = self._members[name]
        if member.file_size > at_most:
            raise NotThisFormat(
                f"“{name}” in the zip has {member.file_size} bytes; at most {at_most} are read."
            )
        try:
            with self._archive.open(member) as stream:
                data = stream.read(member.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise NotThisFormat(f"“{name}” in the zip is damaged ({error}). Make the zip again.") from None
        if len(data) != member.file_size:
            raise NotThisFormat(
                f"“{name}” in the zip unpacks to another size than it says. Make the zip again."
            )
        return data

    def find(self, href: str, beside: str = "") -> str | None:
        """Return the name of the file that a relative address means, None if there is none.

        beside: the folder of the file that has the address, "" for the top. Blanks as %20, backslashes,
        another case and a query are put up with.
        """
        path = href.partition("#")[0].partition("?")[0]
        for written in (path, unquote(path)):
            slashed = written.replace("\\", "/")
            for start in (beside, ""):
                name = posixpath.normpath(posixpath.join(start, slashed.lstrip("/")))
                if name in self._members:
                    return name
                if name.casefold() in self._folded:
                    return self._folded[name.casefold()]
        return None


def looks_like_package(data: bytes) -> bool:
    """Tell whether the bytes begin as a zip does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def open_package(data: bytes) -> Package:
    """Look through a zip and open it.

    Raises NotThisFormat with the reason if it is damaged or may do harm.
    """
    if not looks_like_package(data):
        raise NotThisFormat("This is no zip package.")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError):
        raise NotThisFormat("The zip is cut off or damaged; upload it again, whole.") from None
    entries = archive.infolist()
    _check_amounts(entries)
    _check_overlap(entries, archive.start_dir)
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _checked_name(entry)
        if name in members:
            raise NotThisFormat(f"The zip has “{name}” twice. Make it again.")
        if name and not _is_clutter(name):
            members[name] = entry
    return Package(archive, members)


def _check_amounts(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > LARGEST_ENTRIES:
        raise NotThisFormat(
            f"The zip has {len(entries)} entries; at most {LARGEST_ENTRIES} are read. Split it."
        )
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_UNPACKED:
        raise NotThisFormat(
            f"Unpacked, the zip has {total} bytes; at most {LARGEST_UNPACKED} are read. Split it or "
            "shrink its media."
        )
    for entry in entries:
        if entry.file_size > max(_RATIO_COUNTS_FROM, LARGEST_RATIO * entry.compress_size):
            raise NotThisFormat(
                f"“{entry.filename}” unpacks to over {LARGEST_RATIO} times its size: refused."
            )


def _check_overlap(entries: list[zipfile.ZipInfo], directory_start: int) -> None:
    # Python checks this from 3.11.8 on; one stretch of packed bytes told as many files is how small
    # bombs are made.
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise NotThisFormat(f"“{entry.filename}” overlaps another entry of the zip: refused.")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if end > directory_start:
        raise NotThisFormat("The zip is cut off or damaged; upload it again, whole.")


def _checked_name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name as the package knows it, "" for a folder. Raises NotThisFormat."""
    written = entry.orig_filename.partition("\0")[0].replace("\\", "/")
    if entry.flag_bits & 0x1:
        raise NotThisFormat(f"“{written}” in the zip is encrypted. Make the zip without a password.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotThisFormat(f"“{written}” in the zip is a link, not a file: refused.")
    if written.startswith("/") or written[1:2] == ":" or ".." in written.split("/"):
        raise NotThisFormat(f"“{written}” would lie outside of the package: refused.")
    if written.endswith("/"):
        return ""
    if written.lower().endswith((".zip", ".imscc", ".apkg")):
        raise NotThisFormat(f"“{written}” is a package inside the package. Upload it by itself.")
    return posixpath.normpath(written)


def _is_clutter(name: str) -> bool:
    parts = name.lower().split("/")
    return any(part in _CLUTTER for part in parts) or parts[-1].startswith("._")


def write_package(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of the files, each a name and its bytes; the same files give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(members):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever this runs, so that the bytes are the same.
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
