"""Export a bank in any format, with all that it loses told, and what it rests on travelling along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quiz.core.interchange import Format, Remark
from quiz.core.items import Item
from quiz.core.markdown_items import in_markdown
from quiz.core.travelling import taken_in
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database, RowCountError
from quiz.workflows.export_bank import bank_text
from quiz.workflows.outgoing_questions import items_of_bank, sent_through

OUR_OWN = "footnote_toml"


@dataclass(frozen=True)
class ExportedBank:
    """A file. questions: how many there were to write; lost: how many of them are not in it."""

    file_name: str
    data: bytes
    remarks: tuple[Remark, ...]
    questions: int
    lost: int


def export_bank_as(db: Database, bank_id: str, exchange_format: Format, *, today: date) -> ExportedBank:
    """Return the bank as a file of that format: its questions in their newest versions that are ready.

    Raises RowCountError if there is no such bank.
    """
    if select_bank_or_none(db, bank_id) is None:
        raise RowCountError(f"no bank {bank_id!r}")
    name = f"{bank_id}{exchange_format.suffixes[0]}"
    if exchange_format.name == OUR_OWN:
        # Its own file says more than any item can: the bank's title, and the ids of options.
        text = bank_text(db, bank_id)
        return ExportedBank(name, text.encode(), (), text.count("\n[[question]]\n"), 0)
    kinds = _Kinds()
    writing = exchange_format.write(kinds.watched(items_of_bank(db, bank_id, today=today)))
    lost = sum(remark.severity == "error" for remark in writing.remarks)
    remarks = (*_untold(exchange_format, kinds), *writing.remarks)
    return ExportedBank(name, writing.data, remarks, kinds.count.total(), lost)


class _Kinds:
    """How many questions of each kind go out, with the first of each."""

    def __init__(self) -> None:
        self.first: dict[str, Item] = {}
        self.count: Counter[str] = Counter()

    def watched(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            kind = type(item.interaction).__name__
            self.first.setdefault(kind, item)
            self.count[kind] += 1
            yield item


def _untold(exchange_format: Format, kinds: _Kinds) -> list[Remark]:
    """Return a remark for each kind of question that can't take its source and its standing along."""
    remarks = []
    for kind, item in kinds.first.items():
        [back] = sent_through(exchange_format, [item])
        if back is not None and taken_in(in_markdown(back)[0]).grounding is None:
            told = f"{exchange_format.label} has no place for sources and standing in questions of this kind"
            remarks.append(Remark(f"{told}; {kinds.count[kind]} go out without them", where=kind))
    return remarks
