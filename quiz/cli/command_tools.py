"""What every command needs: a database that is ready, the time, and how to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app

from quiz.core.messages import Explained
from quiz.storage.database import Database
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate, migration_names, pending_migrations
from quiz.workflows.load_banks import load_banks
from quiz.workflows.load_sources import load_sources

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines for people.")


def ready_db() -> Database:
    """Return the application's database.

    A new one is made ready first: migrated, with all that ships loaded.
    """
    db: Database = current_app.extensions["footnote"].db
    pending = pending_migrations(db)
    if pending == migration_names():
        remark("The database is new: making its tables and loading what ships …")
        migrate(db, now=time_text(now()))
        told = [
            *load_sources(db, seeds_folder()).mistakes,
            *load_banks(db, questions_folder(), now=now()).mistakes,
        ]
        remarks(told)
    elif pending:
        raise click.ClickException("the database is older than this program; run: flask quiz migrate")
    return db


def now() -> datetime:
    """Return the time by the application's clock."""
    moment: datetime = current_app.extensions["footnote"].now()
    return moment


def today() -> date:
    """Return the day, in UTC, on which standing is computed."""
    return now().date()


def seeds_folder() -> Path:
    return Path(current_app.root_path) / "seeds"


def questions_folder() -> Path:
    return Path(current_app.root_path) / "questions"


def read_text(path: str) -> str:
    """Return the text of a file, ``-`` for standard input. Refuses what can't be read, with a message."""
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"can't read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not UTF-8 text; save it as UTF-8 and try again") from None


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(rows: Iterable[Sequence[object]]) -> None:
    """Print the rows with their columns under one another."""
    lines = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def remark(text: str) -> None:
    """Tell something that is no data."""
    click.echo(text, err=True)


def remarks(problems: Iterable[Explained]) -> None:
    for problem in problems:
        remark(str(problem))
