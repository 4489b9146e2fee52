"""Lint a file before it is loaded: a bank of ours, or questions of another program in any format that can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from quiz.core.bank import Bank, BankQuestion
from quiz.core.import_report import Message
from quiz.core.interchange import NotThisFormat, Remark
from quiz.core.messages import Explained
from quiz.formats import guess_format
from quiz.storage.database import Database
from quiz.storage.toml_files import BadFile
from quiz.workflows.arriving_questions import Arrival, Customs, wording_of
from quiz.workflows.lint_bank import FileLint, lint_bank_file, lint_unsaved_bank

LANGUAGE = "en"
"""Of files that tell none: the rules know English words."""


def lint_file(db: Database, path: Path, *, today: date) -> FileLint:
    """Return what is found in the file's questions, as they would come in; mistakes name those that would not.

    The claims that it cites are those of the database. report: None if nothing could be read.
    """
    if path.suffix.lower() == ".toml":
        return lint_bank_file(db, path, today=today)
    try:
        data = path.read_bytes()
        items, remarks = guess_format(data, path.suffix).read(data)
    except NotThisFormat as refusal:
        return FileLint(path.name, None, (_mistake(path, "", str(refusal)),))
    customs = Customs(db, LANGUAGE)
    arrivals = [customs.arrive(item) for item in items]
    bank = Bank(path.name, path.name, "", LANGUAGE, tuple(_questions(arrivals)))
    lost = [_of_remark(path, remark) for remark in remarks if remark.severity == "error"]
    unfit = [_of_message(path, a, m) for a in arrivals for m in a.messages if m.severity == "error"]
    return FileLint(path.name, lint_unsaved_bank(db, bank, today=today), (*lost, *unfit))


def _questions(arrivals: list[Arrival]) -> list[BankQuestion]:
    questions: dict[str, BankQuestion] = {}
    for number, arrival in enumerate(arrivals, start=1):
        if arrival.content is None:
            continue
        name = arrival.item.id or arrival.item.title or f"question {number}"
        if name in questions:
            name = f"{name} ({number})"
        wording = wording_of(arrival.content, arrival.body)
        questions[name] = BankQuestion(name, wording, arrival.content.ignores or ())
    return list(questions.values())


def _of_remark(path: Path, remark: Remark) -> BadFile:
    line = f"line {remark.line}" if remark.line else ""
    return _mistake(path, ", ".join(filter(None, (line, remark.where))), remark.text)


def _of_message(path: Path, arrival: Arrival, message: Message) -> BadFile:
    line = f"line {arrival.item.line}" if arrival.item.line else ""
    return _mistake(path, line or arrival.item.id or arrival.item.title, message.text)


def _mistake(path: Path, where: str, text: str) -> BadFile:
    return BadFile(path.name, where, Explained("{text}", text=text))
