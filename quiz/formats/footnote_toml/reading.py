"""Reading a bank file as questions for exchange: one bad question is told and loses no other.

``flask quiz bank load`` is stricter: it wants ids, claims and feedback, and takes a file whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from quiz.core.claims import BASES, ROLES, Basis, Citation
from quiz.core.interchange import NotThisFormat, Reading, Remark, reading_of
from quiz.core.items import Hint, Inform, Interaction, Item
from quiz.core.messages import N_, Explained
from quiz.core.question_type import UnusableBody
from quiz.core.questions import Difficulty
from quiz.core.row_ids import Plain, ids_in
from quiz.core.text_bytes import LARGEST_TEXT_FILE, one_line
from quiz.core.toml_text import load_toml
from quiz.core.travelling import CATEGORY_TAG, Grounding, sent_out
from quiz.core.written import one_of, tables_in, text_in
from quiz.formats.footnote_toml.body_reading import BODY_READERS
from quiz.formats.footnote_toml.body_writing import body_of
from quiz.formats.footnote_toml.pictures import pictures_in, with_pictures

_HEADING = re.compile(r"^\s*\[\[\s*question\s*\]\]\s*(?:#.*)?$", re.MULTILINE)
_HEAD_FIELDS = ("id", "title", "description", "language", "question", "picture")
_FIELDS = frozenset(
    (
        "id",
        "type",
        "basis",
        "language",
        "stem",
        "tags",
        "difficulty",
        *ROLES,
        "feedback",
        "hints",
        "body",
        "ignore",
    )
)


def read_bank(data: bytes) -> Reading:
    """Read the questions of a bank file. Raises NotThisFormat if it is no TOML, or holds no questions' tables."""
    if len(data) > LARGEST_TEXT_FILE:
        raise NotThisFormat(f"the file has {len(data):,} bytes; at most {LARGEST_TEXT_FILE:,} are read")
    try:
        written = load_toml(data)
        rows = tables_in(written, "question")
    except Explained as problem:
        raise NotThisFormat(str(problem)) from None
    remarks = [
        Remark(f"{name} is not a field of a bank; it is not read", where="the head")
        for name in written
        if name not in _HEAD_FIELDS
    ]
    lines = _lines_of(data, len(rows))
    read = [item for row, line in zip(rows, lines, strict=True) if (item := _read(row, line, remarks))]
    pictures = pictures_in(written, remarks)
    items = [with_pictures(item, pictures) for item in read]
    return reading_of(items, remarks)


def _lines_of(data: bytes, count: int) -> list[int | None]:
    """Return the line of each question's heading; None for all if a text holds what looks like one."""
    text = data.decode("utf-8")
    lines: list[int | None] = []
    line, counted = 1, 0
    for heading in _HEADING.finditer(text):
        line, counted = line + text.count("\n", counted, heading.end()), heading.end()
        lines.append(line)
    return lines if len(lines) == count else [None] * count


def _read(row: Mapping[str, Any], line: int | None, remarks: list[Remark]) -> Item | None:
    where = one_line(str(row.get("id") or row.get("stem") or ""))
    try:
        item = _item(row, line)
    except Explained as problem:
        named = getattr(problem, "field", "")
        told = str(problem) if not named or named in str(problem) else f"{named}: {problem}"
        remarks.append(Remark(told, "error", line, where))
        return None
    strangers = [name for name in row if name not in _FIELDS]
    if strangers:
        remarks.append(
            Remark(f"not read, since no field is called so: {', '.join(strangers)}", "warning", line, where)
        )
    return item


def _item(row: Mapping[str, Any], line: int | None) -> Item:
    type_name = one_of(row, "type", sorted(BODY_READERS))
    body = row.get("body")
    if not isinstance(body, Mapping):
        raise UnusableBody("body", N_("[question.body] is missing below the question"))
    tags = _texts_in(row, "tags")
    asked = BODY_READERS[type_name](body)
    category = next((tag for tag in tags if tag.startswith(CATEGORY_TAG)), "")
    item = Item(
        prompt=text_in(row, "stem", default=""),
        interaction=asked,
        id=text_in(row, "id", default=""),
        category=category.removeprefix(CATEGORY_TAG),
        points=0.0 if isinstance(asked, Inform) else 1.0,
        general_feedback=text_in(row, "feedback", default=""),
        tags=tuple(tag for tag in tags if tag != category),
        hints=tuple(Hint(text) for text in _texts_in(row, "hints")),
        language=text_in(row, "language", default=""),
        settings=_settings(row, dict(body), asked),
        line=line,
    )
    grounding = _grounding(row)
    return sent_out(item, grounding) if grounding else item


def _settings(row: Mapping[str, Any], body: Plain, asked: Interaction) -> tuple[tuple[str, str], ...]:
    ids = ids_in(body)
    # Ids that follow from the texts would be made again.
    settings = [("footnote.ids", " ".join(ids))] if ids != ids_in(body_of(asked)[1]) else []
    for ignore in tables_in(row, "ignore"):
        settings.append((f"footnote.ignore.{text_in(ignore, 'rule')}", text_in(ignore, "reason")))
    return tuple(settings)


def _grounding(row: Mapping[str, Any]) -> Grounding | None:
    if not {"basis", "difficulty", *ROLES} & set(row):
        return None
    citations = [
        Citation(*_source_and_claim(name), role) for role in ROLES for name in _texts_in(row, role) if name
    ]
    difficulty = one_of(row, "difficulty", get_args(Difficulty)) if "difficulty" in row else None
    return Grounding(
        basis=cast("Basis", one_of(row, "basis", BASES, default="world")),
        citations=tuple(dict.fromkeys(citations)),
        difficulty=cast("Difficulty | None", difficulty),
    )


def _source_and_claim(name: str) -> tuple[str, str]:
    source, _, claim = name.rpartition("#")
    return source, claim


def _texts_in(row: Mapping[str, Any], field: str) -> list[str]:
    value = row.get(field, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UnusableBody(field, N_("{field} must be a list of texts"), field=field)
    return [v.strip() for v in value]
