"""What exists is written down: in a module's first line, in a command's help, in the README."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app import create_app
from quiz.question_types import QUESTION_TYPES

ROOT = Path(__file__).parents[2]
MODULES = [ROOT / "app.py", *sorted((ROOT / "quiz").rglob("*.py"))]
README = ROOT / "README.md"


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, click.Command]:
    """Our commands, by what is typed after ``flask``."""
    app = create_app({"DATABASE": f"{tmp_path_factory.mktemp('commands')}/a.db", "SECRET_KEY": "x"})
    found = dict(leaves(app.cli, ""))
    return {name: command for name, command in found.items() if name.startswith("quiz ")}


def leaves(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, f"{name} {word}".strip())
        else:
            yield f"{name} {word}".strip(), command


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_its_one_idea_in_its_first_line(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    first = (docstring or "").split("\n")[0]
    assert first.endswith((".", "…", "?"))
    assert "still to come" not in first


def test_every_commands_help_ends_with_an_example(commands):
    assert commands
    without = [
        name
        for name, command in commands.items()
        if f"flask {name}" not in " ".join(f"{command.help or ''} {command.epilog or ''}".split())
    ]

    assert without == []


def test_every_command_is_named_in_the_readme(commands):
    readme = README.read_text(encoding="utf-8")

    assert [name for name in commands if f"flask {name}" not in readme] == []


def test_every_question_type_is_named_in_the_readme():
    readme = README.read_text(encoding="utf-8").casefold()
    labels = [question_type.label.casefold() for question_type in QUESTION_TYPES.values()]

    assert [label for label in labels if label not in readme] == []


def test_the_readme_opens_with_two_commands_that_need_nothing_but_python():
    blocks = [block.strip() for block in README.read_text(encoding="utf-8").split("```")[1::2]]
    first_lines = [
        block.splitlines()[1:] if not block.startswith("python") else block.splitlines()
        for block in blocks[:2]
    ]
    commands = [line for lines in first_lines for line in lines if line.strip()]

    assert len(commands) == 2
    assert commands[0].endswith("app.py")
    assert "pytest" in commands[1]
