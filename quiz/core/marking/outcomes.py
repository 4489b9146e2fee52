"""What marking one response comes to: a share of the mark, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

RIGHT_FROM = 0.999999
"""Thirds don't add up to one: 3 times 0.3333333 is right."""


@dataclass(frozen=True)
class Outcome:
    """fraction: may be negative for one option; None where only a person can mark.

    answered: something was given, so there is a mark, if only nothing. readable: what was given makes sense.
    complete: it is taken as a try, not handed back. reason: why it is not readable, or not complete.
    """

    fraction: float | None
    feedback: tuple[str, ...] = ()
    answered: bool = True
    readable: bool = True
    complete: bool = True
    reason: str = ""

    @property
    def is_right(self) -> bool:
        return self.fraction is not None and self.fraction > RIGHT_FROM


BLANK = Outcome(0.0, answered=False, readable=False, complete=False, reason="nothing was answered")
BY_HAND = Outcome(None, reason="a person marks this")
UNASKED = Outcome(None, answered=False, readable=False, complete=False, reason="nothing is asked")


def unreadable(reason: str) -> Outcome:
    return Outcome(0.0, readable=False, complete=False, reason=reason)


def earned(fraction: float, *feedback: str) -> Outcome:
    return Outcome(fraction, tuple(line for line in feedback if line))
