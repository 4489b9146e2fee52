"""Ids that follow from titles: what stands in an address."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60


def slug_of(title: str) -> str:
    """Return the title as lower-case letters, digits and dashes; "" if it has none of the Latin ones."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-")
