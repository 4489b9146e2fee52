"""How likely chance alone is: tails of the binomial and the chi-square distribution, without tables."""

from __future__ import annotations

from math import erfc, exp, lgamma, log, pi, sqrt


def at_least(hits: int, tries: int, share: float) -> float:
    """Return the chance of so many hits or more, each with that share. 1 if there are no tries."""
    return min(1.0, sum(_binomial(n, tries, share) for n in range(hits, tries + 1))) if hits else 1.0


def binomial_two_sided(hits: int, tries: int) -> float:
    """Return the chance of a split at least as uneven, if both sides are equally likely."""
    return min(1.0, 2 * at_least(max(hits, tries - hits), tries, 0.5))


def chi_square_tail(square: float, freedom: int) -> float:
    """Return the chance of such a chi-square or a greater one. freedom: degrees, at least 1.

    The closed forms for whole numbers of degrees: Abramowitz and Stegun, Handbook of Mathematical Functions
    (1964), 26.4.4 and 26.4.5.
    """
    half = square / 2
    if freedom % 2 == 0:
        term = total = 1.0
        for n in range(1, freedom // 2):
            term *= half / n
            total += term
        return exp(-half) * total
    total, term = 0.0, sqrt(square)
    for n in range(1, (freedom - 1) // 2 + 1):
        total += term
        term *= square / (2 * n + 1)
    return erfc(sqrt(half)) + sqrt(2 / pi) * exp(-half) * total


def _binomial(hits: int, tries: int, share: float) -> float:
    if share in (0.0, 1.0):
        return float(hits == tries * share)
    ways = lgamma(tries + 1) - lgamma(hits + 1) - lgamma(tries - hits + 1)
    return exp(ways + hits * log(share) + (tries - hits) * log(1 - share))
