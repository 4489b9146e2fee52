"""Languages of texts: what an author may name, and which way a text in it runs."""

from __future__ import annotations

import re
from typing import Literal

from quiz.core.messages import N_
from quiz.core.question_type import UnusableBody

_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "azb", "ckb", "dv", "fa", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd")
    + ("syr", "ug", "ur", "yi")
)
_SCRIPTS = frozenset(("arab", "hebr", "thaa", "syrc", "nkoo", "rohg", "adlm"))


def language_from(written: str) -> str:
    """Return the language as pages name it, such as ``ar`` or ``pt-BR``; "" for "". Raises UnusableBody."""
    tag = written.strip().replace("_", "-")
    if tag and not _TAG.fullmatch(tag):
        raise UnusableBody(
            "language",
            N_("“{value}” is no language; write its short name, such as en, ar or pt-BR"),
            value=tag,
        )
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """Return which way the language is written; a script that is named decides."""
    first, *rest = language.lower().split("-")
    scripts = [part for part in rest if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0] in _SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
