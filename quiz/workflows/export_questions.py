"""Write chosen questions as a file of any format, each in its newest version that is ready, else its newest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quiz.core.interchange import Remark
from quiz.core.items import Item
from quiz.formats import FORMATS
from quiz.storage.database import Database
from quiz.storage.imports import select_ignores_of, select_stored
from quiz.storage.sources import select_sources
from quiz.workflows.outgoing_questions import item_of, wordings_of
from quiz.workflows.question_standing import standings_of

_AT_ONCE = 500


@dataclass(frozen=True)
class ExportedFile:
    """remarks: what the format can't say of the questions, and what was left out. suffix: with the dot."""

    data: bytes
    remarks: tuple[Remark, ...]
    suffix: str
    questions: int


def export_questions(
    db: Database, question_ids: Iterable[str], format_name: str, *, today: date
) -> ExportedFile:
    """Return the file, the questions in the order of their ids here. Raises KeyError for no format of ours."""
    exchange_format = FORMATS[format_name]
    items = list(_items(db, list(question_ids), today))
    written = exchange_format.write(items)
    return ExportedFile(written.data, tuple(written.remarks), exchange_format.suffixes[0], len(items))


def _items(db: Database, ids: list[str], today: date) -> Iterator[Item]:
    titles = {source.id: source.short_title for source in select_sources(db)}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        stored = select_stored(db, part)
        standings = standings_of(db, [one.version_id for one in stored.values()], today=today)
        wordings = wordings_of(db, list(stored.values()))
        ignores = select_ignores_of(db, part)
        for question_id in (i for i in part if i in wordings):
            standing = standings[stored[question_id].version_id]
            wording = wordings[question_id]
            yield item_of(
                db, question_id, wording, ignores.get(question_id, ()), standing=standing, titles=titles
            )
