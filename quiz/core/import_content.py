"""What a question says, whoever tells it: what arrives is compared with what is stored, and joined with it.

A format forgets what it has no place for. So what is stored is sent through the same format first: where what
arrives says the same as that, nothing has changed, and all that the format forgets is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Any

from quiz.core.claims import ROLES, Basis, Citation
from quiz.core.lint import Ignore
from quiz.core.questions import Difficulty
from quiz.core.row_ids import without_ids


@dataclass(frozen=True)
class Content:
    """body: as bank files hold it. None: not told at all, which is less than told to be nothing."""

    type: str
    stem: str
    body: Mapping[str, Any]
    feedback: str = ""
    hints: tuple[str, ...] = ()
    language: str = ""
    tags: tuple[str, ...] = ()
    basis: Basis | None = None
    citations: tuple[Citation, ...] | None = None
    difficulty: Difficulty | None = None
    ignores: tuple[Ignore, ...] | None = None

    @property
    def asked(self) -> bytes:
        """Return a short digest of what is asked and what is right, whatever the ids of its rows."""
        said = [self.type, " ".join(self.stem.split()), without_ids(self.body)]
        text = json.dumps(said, sort_keys=True, ensure_ascii=True, default=str)
        return blake2b(text.encode(), digest_size=16).digest()


def joined(arrived: Content, sent: Content | None, stored: Content) -> Content:
    """Return what the question says from now on.

    sent: what of the stored question comes back through the format, None if nothing does.
    """
    sent = sent or replace(stored, basis=None, citations=None, difficulty=None)
    asks_the_same = arrived.asked == sent.asked
    changes: dict[str, Any] = {}
    for field in fields(Content):
        if field.name in ("type", "stem", "body"):
            told = getattr(stored if asks_the_same else arrived, field.name)
        else:
            told = _told(field.name, *(getattr(content, field.name) for content in (arrived, sent, stored)))
        changes[field.name] = told
    return Content(**changes)


def is_same(one: Content, other: Content) -> bool:
    """Tell whether the two say the same, whatever the ids of their rows and the order of their tags."""
    return one.asked == other.asked and _rest(one) == _rest(other)


def ordered(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Return the citations as they are stored: by role, else in their order."""
    return tuple(sorted(citations, key=lambda citation: ROLES.index(citation.role)))


def _told(name: str, arrived: Any, sent: Any, stored: Any) -> Any:
    if arrived is None or _settled(name, arrived) == _settled(name, sent):
        return stored
    return arrived


def _settled(name: str, value: Any) -> Any:
    """Return the value as it is compared: the order of tags and citations says nothing."""
    return sorted(map(str, value)) if name in ("tags", "citations") and value is not None else value


def _rest(content: Content) -> list[Any]:
    names = [f.name for f in fields(Content) if f.name not in ("type", "stem", "body")]
    return [_settled(name, getattr(content, name)) for name in names]
