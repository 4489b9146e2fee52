"""Reports by learners that something is wrong with a question, and what they must hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from quiz.core.messages import N_, Explained
from quiz.core.partial_dates import NotADate, precision_of

ProblemKind = Literal["wrong", "out_of_date", "unclear", "other", "appeal"]
ProblemState = Literal["open", "accepted", "refused"]
PROBLEM_KINDS: tuple[ProblemKind, ...] = get_args(ProblemKind)
LONGEST_TEXT = 2_000
LONGEST_ADDRESS = 500
MOST_FOR_A_PLACE = 5
"""Reports that one learner may send about one place of an attempt."""


class UnusableReport(Explained):
    """The report can't be kept. field: of ProblemText, or "answer" of a decision."""

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


@dataclass(frozen=True)
class ProblemText:
    """What a learner says. address, source_date: where an appeal's evidence stands and of when it is."""

    kind: ProblemKind
    words: str
    address: str = ""
    source_date: str = ""


def usable_report(typed: ProblemText, *, knows_mark: bool) -> ProblemText:
    """Return the report as it is stored. Raises UnusableReport.

    knows_mark: whether the learner is shown if the answer was right; before that there is nothing to appeal against.
    """
    if typed.kind not in PROBLEM_KINDS or (typed.kind == "appeal" and not knows_mark):
        raise UnusableReport("kind", N_("Choose what is wrong"))
    words = usable_words("words", typed.words, N_("Say what is wrong, in a sentence or two"))
    if typed.kind != "appeal":
        # Evidence that was typed under another kind is still worth reading.
        return replace(
            typed, words=words, address=_address(typed.address), source_date=_date(typed.source_date)
        )
    if not typed.address.strip():
        raise UnusableReport("address", N_("An appeal needs the address of what you rely on"))
    if not typed.source_date.strip():
        raise UnusableReport("source_date", N_("An appeal needs the date of what you rely on"))
    return replace(typed, words=words, address=_address(typed.address), source_date=_date(typed.source_date))


def usable_words(field: str, typed: str, missing: str) -> str:
    """Return the text without white space around it. Raises UnusableReport if it is empty or too long."""
    words = typed.strip()
    if not words:
        raise UnusableReport(field, missing)
    if len(words) > LONGEST_TEXT:
        raise UnusableReport(field, N_("This must have {most} characters at most"), most=LONGEST_TEXT)
    return words


def _address(typed: str) -> str:
    address = typed.strip()
    if address and (
        not address.startswith(("https://", "http://"))
        or len(address) > LONGEST_ADDRESS
        or not address.isprintable()
        or " " in address
    ):
        raise UnusableReport("address", N_("Enter an address that starts with https:// or http://"))
    return address


def _date(typed: str) -> str:
    day = typed.strip()
    if not day:
        return ""
    try:
        precision_of(day)
    except NotADate as problem:
        raise UnusableReport("source_date", problem.sentence, **problem.values) from None
    return day
