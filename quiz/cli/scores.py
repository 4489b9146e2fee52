"""``flask quiz scores``: export the scores of a quiz."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup

from quiz.cli.command_tools import now, ready_db, remark
from quiz.core import join_codes
from quiz.core.spreadsheets import TooManyColumns
from quiz.storage.database import Database
from quiz.storage.quizzes import Quiz
from quiz.workflows.export_scores import FORMATS, FileWanted, export_scores
from quiz.workflows.find_quiz import UnknownQuiz, find_quiz

scores = AppGroup("scores", help="What learners earned.")
commands = (scores,)


@scores.command("export")
@click.argument("called", metavar="QUIZ")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(list(FORMATS)),
    help="What to write; by the suffix of FILE unless given, else csv.",
)
@click.option("--long", "is_long", is_flag=True, help="A row per answer of every attempt, not per learner.")
@click.option(
    "--bom", "with_mark", is_flag=True, help="Begin CSV with a byte-order mark, for older spreadsheets."
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; standard output unless given.")
def export(called: str, file_format: str | None, is_long: bool, with_mark: bool, output: str) -> None:
    """Write the scores of a quiz, named by its id, its join code or its title.

    One row per learner: the best submitted attempt, else the open one. With --long one row per answer of
    every attempt. Text in CSV that a spreadsheet would run as a formula (= + - @) gets a leading apostrophe;
    numbers never do. Times are UTC. A FILE is either written whole or not touched.

    Example: flask quiz scores export ABCD-EFGH --format xlsx -o scores.xlsx
    """
    db = ready_db()
    quiz = _quiz(db, called)
    wanted = FileWanted(file_format or _format_of(output), is_long, with_mark)
    if output == "-" and wanted.file_format == "xlsx" and sys.stdout.isatty():
        raise click.ClickException("a spreadsheet is nothing to read in a terminal; add: -o scores.xlsx")
    try:
        pieces = export_scores(db, quiz, wanted, by=None, now=now())
    except TooManyColumns as problem:
        raise click.ClickException(f"{problem} (--long)") from None
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    try:
        _write_whole(Path(output), pieces)
    except OSError as error:
        raise click.ClickException(f"can't write {output}: {error.strerror}") from None
    remark(f"{output} written")


def _quiz(db: Database, called: str) -> Quiz:
    try:
        return find_quiz(db, called)
    except UnknownQuiz as problem:
        lines = [
            f"  {join_codes.shown(quiz.join_code)}  {quiz.id}  {quiz.title}" for quiz in problem.candidates
        ]
        there_are = "\n".join(["; there are:", *lines]) if lines else "; there are no quizzes yet"
        raise click.ClickException(f"{problem}{there_are}") from None


def _format_of(output: str) -> str:
    suffix = Path(output).suffix.removeprefix(".").lower()
    return suffix if suffix in FORMATS else "csv"


def _write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the file beside its place and put it there when it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "xb") as file:
            for piece in pieces:
                file.write(piece)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
