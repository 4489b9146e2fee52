"""The words of imports: statuses, outcomes and messages in the reader's language, and the report as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from quiz.core.import_report import Message, Status
from quiz.core.messages import N_
from quiz.core.tables import Cell, Column, Table
from quiz.formats import FORMATS
from quiz.storage.imports import ImportRow

STATUS_WORDS: dict[Status, object] = {
    "add": _l("Add"),
    "update": _l("Update"),
    "same": _l("Same"),
    "warning": _l("Warning"),
    "error": _l("Error"),
}
OUTCOME_WORDS = {
    "changed": _l("left: somebody changed it after the check"),
    "undone": _l("taken back"),
    "kept": _l("left: it was edited after the import"),
    "retired": _l("retired: a quiz or an attempt holds it"),
}

_COLUMNS = (
    Column("line", N_("Line of the file, where its format has lines")),
    Column("status", N_("add, update, same, warning or error")),
    Column("question", N_("Id of the question here")),
    Column("stem", N_("Beginning of the question")),
    Column("message", N_("What there is to know")),
    Column("fix", N_("What to do about it")),
    Column("outcome", N_("What became of it, if not what was planned")),
)


def in_words(message: Message) -> str:
    """Return what the message tells, in the reader's language."""
    return str(gettext(message.sentence)).format(**message.values)


def format_word(name: str) -> str:
    """Return what the format is called; its name if it is not installed any more."""
    return str(gettext(FORMATS[name].label)) if name in FORMATS else name


def report_table(rows: Iterable[ImportRow]) -> Table:
    """Return the report as a table, a line a message."""
    return Table(N_("Import report"), _COLUMNS, _lines(rows))


def _lines(rows: Iterable[ImportRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        for message in row.messages or (None,):
            told = (in_words(message), message.fix) if message else ("", "")
            yield (row.line, row.status, row.question_id, row.title, *told, row.outcome)
