"""``flask quiz bank``: list, compare, load and export the banks."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from quiz.cli.command_tools import (
    json_option,
    now,
    print_json,
    print_table,
    questions_folder,
    ready_db,
    remark,
    remarks,
    seeds_folder,
    today,
)
from quiz.cli.many_objects import many_objects
from quiz.core.interchange import Format, NotThisFormat
from quiz.formats import format_named
from quiz.storage.bank_files import bank_files_in
from quiz.storage.banks import select_bank_or_none, select_banks
from quiz.storage.database import Database
from quiz.workflows.bank_status import bank_status
from quiz.workflows.export_bank import bank_text, export_bank
from quiz.workflows.export_bank_as import OUR_OWN, export_bank_as
from quiz.workflows.load_banks import LoadedBank, load_bank_files
from quiz.workflows.load_sources import load_sources

bank = AppGroup("bank", help="The banks of questions.")
commands = (bank,)


@bank.command("list")
@json_option
def list_banks(as_json: bool) -> None:
    """List the banks with the number of their questions, retired ones aside.

    Example: flask quiz bank list
    """
    rows = select_banks(ready_db())
    if as_json:
        fields = ("id", "title", "description", "language", "questions")
        print_json([{name: getattr(row, name) for name in fields} for row in rows])
    elif rows:
        print_table((row.id, f"{row.questions} questions", row.language, row.title) for row in rows)


@bank.command("status")
@json_option
def show_status(as_json: bool) -> None:
    """Tell where the files in questions/ and the database differ, question by question.

    Exits with 1 if a file has a mistake.

    Example: flask quiz bank status
    """
    status = bank_status(ready_db(), questions_folder())
    if as_json:
        mistakes = [str(mistake) for mistake in status.mistakes]
        print_json({"differences": [vars(d) for d in status.differences], "mistakes": mistakes})
    else:
        for difference in status.differences:
            click.echo(f"{difference.bank}  {difference.question}  {difference.kind}")
        remarks(status.mistakes)
    if not status.differences and not status.mistakes:
        remark("the files and the database say the same")
    sys.exit(1 if status.mistakes else 0)


@bank.command("load")
@click.argument("paths", metavar="[FILE|FOLDER]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
def load_from_files(paths: tuple[Path, ...]) -> None:
    """Load banks from their files, those in questions/ unless told. What was edited in the pages is kept.

    Without a path the sources in seeds/ are loaded first. Exits with 1 if a file has a mistake; nothing of
    that file is loaded, the others are.

    Example: flask quiz bank load
    """
    db = ready_db()
    mistakes = [] if paths else [*load_sources(db, seeds_folder()).mistakes]
    files = [file for path in paths or (questions_folder(),) for file in _files(path)]
    report = load_bank_files(db, files, now=now())
    for loaded in report.banks:
        _tell(loaded)
    mistakes += report.mistakes
    remarks(mistakes)
    sys.exit(1 if mistakes else 0)


@bank.command("export")
@click.argument("bank_id", metavar="BANK")
@click.option("--to", "format_name", metavar="FORMAT", help="What to write; our own TOML unless given.")
@click.option(
    "-o", "--output", metavar="FILE|FOLDER", default="-", help="Where to; standard output unless given."
)
def export(bank_id: str, format_name: str | None, output: str) -> None:
    """Write a bank as a file, as TOML or in any other format. Drafts and retired questions are left out.

    Into a TOML file that is there the questions go in its order; one that says the same already is left alone.
    What another format can't say is told on stderr; exits with 1 if it can't say a question at all.

    Example: flask quiz bank export the-article --to moodle_xml -o the-article.xml
    """
    db = ready_db()
    if select_bank_or_none(db, bank_id) is None:
        known = ", ".join(row.id for row in select_banks(db)) or "none yet; run: flask quiz bank load"
        raise click.ClickException(f"there is no bank {bank_id!r}; there are: {known}")
    exchange_format = _format(format_name)
    if exchange_format.name != OUR_OWN:
        sys.exit(_export_as(db, bank_id, exchange_format, output))
    if output == "-":
        click.echo(bank_text(db, bank_id), nl=False)
        return
    path = Path(output) / f"{bank_id}.toml" if Path(output).is_dir() else Path(output)
    written = export_bank(db, bank_id, path)
    remark(f"{path} written" if written else f"nothing to write: {path} says the same")


def _format(name: str | None) -> Format:
    try:
        return format_named(name or OUR_OWN)
    except NotThisFormat as problem:
        raise click.ClickException(str(problem)) from None


def _export_as(db: Database, bank_id: str, exchange_format: Format, output: str) -> int:
    """Write the bank in that format; return what to exit with."""
    with many_objects():
        exported = export_bank_as(db, bank_id, exchange_format, today=today())
    path = Path(output) / exported.file_name if Path(output).is_dir() else Path(output)
    if output == "-":
        sys.stdout.buffer.write(exported.data)
        sys.stdout.buffer.flush()
    else:
        path.write_bytes(exported.data)
    for told in exported.remarks:
        remark(f"{told.severity}: {told.where}: {told.text}")
    remark(
        f"{exported.questions - exported.lost} of {exported.questions} questions written as {exchange_format.name}"
    )
    return 1 if exported.lost else 0


def _files(path: Path) -> list[Path]:
    return bank_files_in(path) if path.is_dir() else [path]


def _tell(loaded: LoadedBank) -> None:
    if loaded.is_unchanged:
        click.echo(f"{loaded.id}  unchanged")
        return
    click.echo(f"{loaded.id}  {len(loaded.new)} new, {len(loaded.changed)} changed")
    for question in loaded.kept:
        remark(f"{loaded.id}: {question} was edited in the pages and differs from the file; it is kept")
    for question in loaded.gone:
        remark(f"{loaded.id}: {question} is gone from the file; it stays until it is retired in the pages")
