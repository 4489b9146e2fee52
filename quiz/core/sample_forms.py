"""Forms that types use to show by example what they can't read."""

from __future__ import annotations

from typing import Any


class SameInEveryField(dict[str, list[str]]):
    """A form that holds the same values in whatever field one looks.

    It stands for a form whose field names follow from the seed, where the seed is not known.
    """

    def __init__(self, *values: str) -> None:
        super().__init__()
        self._values = list(values)

    def get(self, name: str, default: Any = None) -> Any:
        return self._values
