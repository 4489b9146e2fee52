"""Reading rows: each is a question by itself, and one that makes no sense loses nothing but itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from quiz.core.interchange import NotThisFormat, Reading, Remark
from quiz.core.item_json import NotAnItem, item_from_plain
from quiz.core.items import Item
from quiz.core.question_table.headers import Header, read_header
from quiz.core.question_table.kinds import interaction_of
from quiz.core.question_table.rows import Cells, Row, Unusable
from quiz.core.text_bytes import LONGEST_TEXT, one_line

Plain = dict[str, Any]

MOST_COLUMNS = 512
_HEADER_WITHIN = 30


def read_table(rows: Iterable[tuple[int, Cells]]) -> Reading:
    """Return the questions of a table. rows: with their line numbers, the header among the first of them.

    Raises NotThisFormat if no row is a header.
    """
    iterator = iter(rows)
    header, header_line = _find_header(iterator)
    items: list[Item] = []
    remarks: list[Remark] = []
    if header.unknown:
        named = ", ".join(repr(name[:30]) for name in header.unknown[:8])
        remarks.append(
            Remark(f"these columns mean nothing here and are left out: {named}", "warning", header_line)
        )
    for line, cells in iterator:
        if any(cell.strip() for cell in cells):
            items += _read_row(header, line, cells, remarks)
    return Reading(items, remarks)


def _find_header(rows: Iterator[tuple[int, Cells]]) -> tuple[Header, int]:
    for line, cells in islice(rows, _HEADER_WITHIN):
        if len(cells) > MOST_COLUMNS:
            raise NotThisFormat(f"line {line} has {len(cells):,} columns; at most {MOST_COLUMNS} are read")
        header = read_header(cells)
        if header.is_usable:
            return header, line
    raise NotThisFormat(
        f"none of the first {_HEADER_WITHIN} rows names the columns; "
        "the first row has to, like: type, question, option_1, option_2, correct"
    )


def _read_row(header: Header, line: int, cells: Cells, remarks: list[Remark]) -> list[Item]:
    row = Row(header, cells)
    where = one_line(row.cell("title") or row.cell("question")) or f"row {line}"
    try:
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            raise Unusable(f"the row has {len(cells):,} columns; at most {MOST_COLUMNS} are read")
        if max(map(len, cells), default=0) > LONGEST_TEXT:
            raise Unusable(f"a cell has more than {LONGEST_TEXT:,} characters")
        item = _item(row)
    except (Unusable, NotAnItem) as problem:
        remarks.append(Remark(str(problem), "error", line, where))
        return []
    finally:
        remarks += [Remark(text, severity, line, where) for text, severity in row.told]  # type: ignore[arg-type]
    return [replace(item, line=line)]


def item_in_row(header: Header, cells: Cells) -> Item:
    """Return the question of one row. Raises Unusable or NotAnItem."""
    return _item(Row(header, cells))


def _item(row: Row) -> Item:
    """Return the question. Raises Unusable or NotAnItem."""
    more = _more(row)
    plain: Plain = {
        "id": row.cell("id"),
        "title": row.cell("title"),
        "category": row.cell("category"),
        "prompt": row.cell("question"),
        "prompt_format": _format(row),
        "points": _points(row),
        "general_feedback": row.cell("general_feedback"),
        "tags": [tag.strip() for tag in re.split(r"[;,|]", row.cell("tags")) if tag.strip()],
        "language": row.cell("language"),
    }
    if not plain["prompt"] and not row.cell("gap_text") and not more:
        raise Unusable("the question has no text")
    interaction = more.pop("interaction", {})
    if "kind" not in interaction:
        interaction = interaction_of(row) | interaction
    return item_from_plain(plain | more | {"interaction": interaction})


def _more(row: Row) -> Plain:
    text = row.cell("more")
    try:
        more = json.loads(text) if text else {}
    except ValueError:
        raise Unusable("the column “more” holds no JSON; leave it empty") from None
    if not isinstance(more, dict) or not isinstance(more.get("interaction", {}), dict):
        raise Unusable("the column “more” must hold a JSON object; leave it empty")
    return more


def _format(row: Row) -> str:
    return row.cell("format") or "plain"


def _points(row: Row) -> float:
    written = row.cell("points").replace(",", ".")
    if not written:
        return 1.0
    try:
        points = float(written)
        if not 0 <= points <= 1e6:
            raise ValueError
    except ValueError:
        row.warn(f"points must be a number, not {written[:20]!r}; they are read as 1")
        return 1.0
    return points
