"""The weights that Moodle knows: shares of a mark that survive the way there and back."""

from __future__ import annotations

from bisect import bisect_left

_POSITIVE = (
    0.0, 0.05, 0.1, 0.1111111, 0.125, 0.1428571, 0.1666667, 0.2, 0.25, 0.3, 0.3333333, 0.4, 0.5, 0.6,
    0.6666667, 0.7, 0.75, 0.8, 0.8333333, 0.9, 1.0,
)  # fmt: skip
MOODLE_WEIGHTS = tuple(sorted({*_POSITIVE, *(-weight for weight in _POSITIVE)}))

_SAME = 0.00001
_NEAR = 0.01


def settled_weight(fraction: float) -> tuple[float, str]:
    """Return the weight to use for one that was written, and what to say about it, "" if nothing.

    fraction: -1 to 1. A rounded third ("33") becomes the third that was meant; what has no neighbour stays.
    Raises ValueError if it lies outside of -1 to 1.
    """
    if not -1 - _SAME <= fraction <= 1 + _SAME:
        raise ValueError(f"a weight lies between -100 % and 100 %, not at {percent(fraction)} %")
    near = nearest_weight(fraction)
    if abs(near - fraction) <= _SAME:
        return near, ""
    if abs(near - fraction) <= _NEAR:
        return (
            near,
            f"the weight {percent(fraction)} % is none that Moodle knows; it is read as {percent(near)} %",
        )
    return (
        fraction,
        f"the weight {percent(fraction)} % is none that Moodle knows; it is kept, but Moodle will refuse it",
    )


def nearest_weight(fraction: float) -> float:
    place = bisect_left(MOODLE_WEIGHTS, fraction)
    around = MOODLE_WEIGHTS[max(place - 1, 0) : place + 1]
    return min(around, key=lambda weight: abs(weight - fraction))


def percent(fraction: float) -> str:
    """Return the share as a percentage, as short as it can be written: "50", "33.33333"."""
    return f"{round(100 * fraction, 5):.10g}"
