"""The command ``flask quiz``.

A file is a group of commands: what it lists as ``commands`` is found by looking here.
"""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask
from flask.cli import AppGroup

quiz = AppGroup("quiz", help="Sources, banks and scores of Footnote. Data goes to stdout, remarks to stderr.")


def register_commands(app: Flask) -> None:
    """Give the application ``flask quiz`` with every command in this folder."""
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        for command in getattr(module, "commands", ()):
            quiz.add_command(command)
    app.cli.add_command(quiz)
