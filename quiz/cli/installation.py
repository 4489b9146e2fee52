"""``flask quiz types`` and ``flask quiz migrate``: what this installation can do, and its tables."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.cli.command_tools import json_option, now, print_json, print_table, remark
from quiz.question_types import QUESTION_TYPES
from quiz.storage.encoding import time_text
from quiz.storage.migrate import migrate


@click.command("types")
@json_option
def list_types(as_json: bool) -> None:
    """List the question types.

    Example: flask quiz types
    """
    rows = [(name, question_type.label) for name, question_type in QUESTION_TYPES.items()]
    if as_json:
        print_json([{"name": name, "label": label} for name, label in rows])
    else:
        print_table(rows)


@click.command("migrate")
@with_appcontext
def migrate_database() -> None:
    """Bring the tables of the database up to date. A second run changes nothing.

    Example: flask quiz migrate
    """
    applied = migrate(current_app.extensions["footnote"].db, now=time_text(now()))
    for name in applied:
        click.echo(name)
    if not applied:
        remark("the tables are up to date")


commands = (list_types, migrate_database)
