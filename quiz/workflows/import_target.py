"""Which bank a file is: only our own files say it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from quiz.core.interchange import NotThisFormat
from quiz.core.messages import Explained
from quiz.core.toml_text import load_toml
from quiz.formats import format_named, guess_format
from quiz.workflows.export_bank_as import OUR_OWN
from quiz.workflows.plan_import import Upload


@dataclass(frozen=True)
class NamedBank:
    """What a bank file says of its bank; "" for what it does not say, but for the id."""

    id: str
    title: str
    language: str


def bank_named_in(upload: Upload) -> NamedBank | None:
    """Return the bank that the file says it is, None if it says none or is of another format."""
    try:
        if upload.format:
            known = format_named(upload.format)
        else:
            known = guess_format(upload.data, PurePath(upload.name).suffix)
        written = load_toml(upload.data) if known.name == OUR_OWN else {}
    except (NotThisFormat, Explained, RecursionError):
        return None
    told = [written.get(name) for name in ("id", "title", "language")]
    bank_id, title, language = (value.strip() if isinstance(value, str) else "" for value in told)
    return NamedBank(bank_id, title, language) if bank_id else None
