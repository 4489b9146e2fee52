"""Every interchange format, found by looking in this folder. One file, or one folder, is one format."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from quiz.core.interchange import Format, NotThisFormat


def _find_all() -> dict[str, Format]:
    found: dict[str, Format] = {}
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        format_found: Format = module.format
        if format_found.name != module_info.name:
            raise RuntimeError(
                f"{module_info.name} declares the name {format_found.name!r}; a format's name is "
                f"its file's name"
            )
        found[format_found.name] = format_found
    return found


FORMATS: Mapping[str, Format] = _find_all()


def format_named(name: str) -> Format:
    """Return the format of that name. Raises NotThisFormat, which names those that there are."""
    wanted = name.strip().lower().replace("-", "_")
    if wanted in FORMATS:
        return FORMATS[wanted]
    begun = [found for found in FORMATS.values() if found.name.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise NotThisFormat(f"there is no format {name!r}; there are {', '.join(FORMATS)}")


def guess_format(data: bytes, suffix: str = "") -> Format:
    """Return the format that the bytes are most likely of. suffix: of the file's name, with the dot.

    Raises NotThisFormat if they look like none.
    """
    if not data.strip():
        raise NotThisFormat("the file is empty")
    sure = {found.name: _sureness(found, data, suffix.lower()) for found in FORMATS.values()}
    best = max(sure, key=lambda name: sure[name])
    if sure[best] <= 0.2:
        raise NotThisFormat(f"the file looks like none of {', '.join(FORMATS)}; say which format it is")
    return FORMATS[best]


def format_for_suffix(suffix: str) -> Format | None:
    """Return the one format whose files usually end so, None if none or several do."""
    usual = [found for found in FORMATS.values() if found.suffixes and found.suffixes[0] == suffix.lower()]
    return usual[0] if len(usual) == 1 else None


def _sureness(candidate: Format, data: bytes, suffix: str) -> float:
    sure = candidate.looks_like(data)
    if not suffix or not sure:
        return sure
    return sure + (0.15 if suffix in candidate.suffixes else 0.0)
