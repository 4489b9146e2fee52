"""What one response earned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """fraction: 0 (nothing) to 1 (all). feedback: what the key says to this very response."""

    fraction: float
    feedback: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.fraction <= 1:
            raise ValueError(f"a fraction lies between 0 and 1, not {self.fraction}")

    @property
    def is_right(self) -> bool:
        return self.fraction > 0.999999

    @property
    def is_wrong(self) -> bool:
        return self.fraction < 0.000001


FULL = Mark(1.0)
ZERO = Mark(0.0)
