from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.cli import quiz
from quiz.storage.database import Database
from quiz.storage.questions import select_newest_version_id
from quiz.workflows.open_question import open_wording
from quiz.workflows.save_question import save_version
from tests.cli.conftest import Run
from tests.conftest import NOW
from tests.small_content import BANK, write_bank


def edit(db: Database) -> None:
    newest = select_newest_version_id(db, "bridge-opened")
    assert newest
    changed = replace(open_wording(db, newest), stem="Was it opened in 1901?")
    save_version(db, "bridge-opened", changed, state="ready", by=None, now=NOW)


def test_list_tells_each_bank(run: Run) -> None:
    assert run("bank", "list").stdout == "towns  2 questions  en  Towns\n"
    assert json.loads(run("bank", "list", "--json").stdout) == [
        {
            "id": "towns",
            "title": "Towns",
            "description": "Bridges and roads.",
            "language": "en",
            "questions": 2,
        }
    ]


def test_status_tells_what_was_edited_in_the_pages(run: Run, sqlite_db: Database) -> None:
    assert run("bank", "status").stdout == ""
    edit(sqlite_db)

    assert run("bank", "status").stdout == "towns  bridge-opened  edited in the pages\n"
    assert json.loads(run("bank", "status", "--json").stdout)["differences"][0]["question"] == "bridge-opened"


def test_load_tells_what_it_did_and_keeps_what_was_edited(run: Run, sqlite_db: Database, root: Path) -> None:
    edit(sqlite_db)
    write_bank(root / "questions", BANK.replace("answer = true", "answer = false").replace("0.5", "0"))

    done = run("bank", "load")

    assert done.stdout == "towns  0 new, 1 changed\n"
    assert "bridge-opened was edited in the pages" in done.stderr
    assert done.exit_code == 0


def test_load_of_a_bad_file_names_every_mistake_and_exits_with_1(run: Run, root: Path) -> None:
    path = write_bank(
        root / "questions", BANK.replace("answer = true", "answer = 1").replace("1901, tol", "'x', tol")
    )

    done = run("bank", "load", str(path))

    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2


def test_export_prints_a_bank_that_loads_again(run: Run, root: Path) -> None:
    printed = run("bank", "export", "towns").stdout
    write_bank(root / "questions", printed)

    assert run("bank", "load").stdout == "towns  0 new, 0 changed\n"


def test_export_into_a_folder_writes_back_only_what_differs(
    run: Run, sqlite_db: Database, root: Path
) -> None:
    folder = str(root / "questions")
    assert "says the same" in run("bank", "export", "towns", "-o", folder).stderr
    edit(sqlite_db)

    run("bank", "export", "towns", "-o", folder)

    assert 'stem = "Was it opened in 1901?"' in (root / "questions/towns.toml").read_text()


def test_an_unknown_bank_is_told_the_way_out(run: Run) -> None:
    done = run("bank", "export", "none")

    assert (done.exit_code, "there are: towns" in done.stderr) == (1, True)


def test_types_are_listed(run: Run) -> None:
    assert "single_choice" in run("types").stdout
    assert {"name": "numeric", "label": "Number"} in json.loads(run("types", "--json").stdout)


def test_migrate_names_what_it_applied_and_then_nothing(run_empty: Run) -> None:
    assert run_empty("migrate").stdout.startswith("0001_")
    assert run_empty("migrate").stdout == ""


@pytest.mark.parametrize("group", ["source", "bank"])
def test_every_command_ends_its_help_with_an_example(group: str) -> None:
    for name, command in quiz.commands[group].commands.items():  # type: ignore[attr-defined]
        assert f"Example: flask quiz {group} {name}" in (command.help or ""), name
