"""The few regular expressions that can be said with ``*`` alone: letters, in any case, and runs."""

from __future__ import annotations

import re
from typing import NamedTuple

from quiz.core.qti.values import NotUnderstood
from quiz.core.text_answers import matches

_LONGEST = 500
_TOKEN = re.compile(
    r"(?P<run>\.\*\??|\[\\s\\S\]\*|\(\.\*\))"
    r"|\[(?P<cases>[^\W\d_][^\W\d_])\]"
    r"|\\(?P<escaped>[^\w\s])"
    r"|(?P<blank>\\s[+*]?)"
    r"|(?P<literal>[^\\\[\](){}.*+?|^$])",
)


class Pattern(NamedTuple):
    """wildcard: ``*`` for any run, ``\\*`` for a star.

    any_case: whether both cases of every letter are let pass.
    """

    wildcard: str
    any_case: bool


def read_patterns(written: str) -> list[Pattern]:
    """Return what the pattern accepts, one a line of ``a|b``.

    Raises NotUnderstood if it says more than that.
    """
    if len(written) > _LONGEST:
        raise NotUnderstood("a pattern of this length")
    text = written.strip()
    any_case = text.startswith("(?i)")
    text = text.removeprefix("(?i)").removeprefix("^").removesuffix("$")
    if text.startswith("(") and text.endswith(")") and not re.search(r"[()]", text[1:-1]):
        text = text[1:-1]
    return [_read_one(part, written, any_case=any_case) for part in _alternatives(text)]


def _alternatives(text: str) -> list[str]:
    return re.split(r"(?<!\\)\|", text)


def _read_one(text: str, written: str, *, any_case: bool) -> Pattern:
    out: list[str] = []
    cased = uncased = 0
    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None or (place := token.end()) is None:
            raise NotUnderstood(f"the pattern “{written}”")
        if token["run"]:
            out.append("*")
        elif token["cases"]:
            first, second = tuple(token["cases"])
            if first.casefold() != second.casefold():
                raise NotUnderstood(f"the pattern “{written}”")
            cased += 1
            out.append(first)
        elif token["blank"]:
            out.append(" ")
        else:
            letter = token["escaped"] or token["literal"]
            uncased += letter.lower() != letter.upper()
            out.append("\\*" if letter == "*" else letter)
    if cased and uncased:
        raise NotUnderstood(f"the pattern “{written}”")
    return Pattern("".join(out), any_case or bool(cased))


def write_pattern(wildcard: str, *, any_case: bool) -> str:
    """Return the pattern that read_patterns reads as this."""
    marked = wildcard.replace("\\*", "\ue001").replace("*", "\ue000")
    return "".join(_written(letter, any_case=any_case) for letter in marked)


def _written(letter: str, *, any_case: bool) -> str:
    if letter == "\ue000":
        return ".*"
    if letter == "\ue001":
        return r"\*"
    other = letter.swapcase()
    if any_case and other != letter and len(other) == 1 and other.swapcase() == letter:
        return f"[{letter}{other}]"
    return f"\\{letter}" if letter in "\\[](){}.*+?|^$-" else letter


def pattern_matches(written: str, text: str) -> bool:
    """Tell whether the pattern accepts the whole text. Raises NotUnderstood for a pattern that says too much.

    Only what read_patterns knows is matched, piece by piece: a pattern of a stranger may never run away.
    """
    return any(
        matches(pattern.wildcard, text, case_sensitive=not pattern.any_case)
        for pattern in read_patterns(written)
    )
