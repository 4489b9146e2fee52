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
)
from quiz.storage.bank_files import bank_files_in
from quiz.storage.banks import select_bank_or_none, select_banks
from quiz.workflows.bank_status import bank_status
from quiz.workflows.export_bank import bank_text, export_bank
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
@click.option(
    "-o", "--output", metavar="FILE|FOLDER", default="-", help="Where to; standard output unless given."
)
def export(bank_id: str, output: str) -> None:
    """Write a bank as a TOML file. Drafts and retired questions are left out.

    Into a file that is there the questions go in its order; a file that says the same already is left alone.

    Example: flask quiz bank export the-article -o questions
    """
    db = ready_db()
    if select_bank_or_none(db, bank_id) is None:
        known = ", ".join(row.id for row in select_banks(db)) or "none yet; run: flask quiz bank load"
        raise click.ClickException(f"there is no bank {bank_id!r}; there are: {known}")
    if output == "-":
        click.echo(bank_text(db, bank_id), nl=False)
        return
    path = Path(output) / f"{bank_id}.toml" if Path(output).is_dir() else Path(output)
    written = export_bank(db, bank_id, path)
    remark(f"{path} written" if written else f"nothing to write: {path} says the same")


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
