"""``flask quiz bank import``, ``undo-import`` and ``export --to``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from quiz.formats import FORMATS
from quiz.storage.database import Database
from quiz.storage.questions import select_question_or_none, select_questions_of_bank
from tests.cli.conftest import Run
from tests.importing import RIVERS
from tests.small_content import BANK

WRITTEN = [name for name, found in FORMATS.items() if name not in ("anki", "moodle_cloze")]


@pytest.fixture
def rivers(tmp_path: Path) -> str:
    path = tmp_path / "rivers.gift"
    path.write_text(RIVERS, encoding="utf-8")
    return str(path)


def questions(db: Database, bank: str) -> list[str]:
    return [question.id for question in select_questions_of_bank(db, bank)]


def test_import_tells_what_it_did_and_how_to_take_it_back(run: Run, sqlite_db: Database, rivers: str) -> None:
    done = run("bank", "import", rivers, "--bank", "towns")

    assert (done.exit_code, done.stdout) == (0, "towns  2 added, 0 updated, 0 the same already\n")
    import_id = re.search(r"undo-import (\w+)", done.stderr)[1]  # type: ignore[index]
    assert "nile" in questions(sqlite_db, "towns")

    undone = run("bank", "undo-import", import_id)

    assert undone.stdout == "2 questions taken out, 0 put back\n"
    assert select_question_or_none(sqlite_db, "nile") is None


def test_a_dry_run_writes_nothing(run: Run, sqlite_db: Database, rivers: str) -> None:
    done = run("bank", "import", rivers, "--bank", "towns", "--dry-run")

    assert done.stdout == "towns  2 added, 0 updated, 0 the same already  (dry run: nothing is written)\n"
    assert "nile" not in questions(sqlite_db, "towns")


def test_a_file_without_a_bank_makes_one_that_is_called_as_the_file(
    run: Run, sqlite_db: Database, rivers: str
) -> None:
    run("bank", "import", rivers)
    run("bank", "import", rivers, "--new-bank", "Big rivers", "--language", "de")

    assert "nile" in questions(sqlite_db, "rivers")
    assert len(questions(sqlite_db, "big-rivers")) == 2
    assert "big-rivers  2 questions  de  Big rivers" in run("bank", "list").stdout


def test_a_bank_file_goes_into_the_bank_that_it_names(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "anything.toml"
    path.write_text(BANK, encoding="utf-8")

    assert run("bank", "import", str(path)).stdout == "towns  0 added, 0 updated, 2 the same already\n"


def test_json_has_a_row_a_question(run: Run, rivers: str) -> None:
    told = json.loads(run("bank", "import", rivers, "--bank", "towns", "--json").stdout)

    assert (told["format"], told["counts"], told["dry_run"]) == ("gift", {"add": 2}, False)
    assert [(row["line"], row["status"], row["question"]) for row in told["rows"]] == [
        (1, "add", "nile"), (9, "add", "two-rivers"),
    ]  # fmt: skip


def test_a_question_that_is_lost_is_told_with_its_line_and_exits_with_1(
    run: Run, tmp_path: Path, sqlite_db: Database
) -> None:
    path = tmp_path / "a.gift"
    path.write_text(RIVERS + "\nHow many? {#many}\n", encoding="utf-8")

    done = run("bank", "import", str(path), "--bank", "towns")

    assert done.exit_code == 1
    assert f"{path}:12: error: How many?" in done.stderr
    assert "nile" in questions(sqlite_db, "towns")


def test_what_is_no_file_of_questions_is_refused(run: Run) -> None:
    done = run("bank", "import", "-", "--bank", "towns", stdin="A letter to my aunt.")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "looks like none of" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("missing.gift", "--bank", "towns"), "can't read missing.gift"),
        (("-", "--bank", "none"), "there is no bank none"),
        (("-",), "standard input has no name"),
        (("-", "--bank", "towns", "--new-bank", "x"), "not both"),
        (("-", "--bank", "towns", "--from", "word"), "there is no format"),
    ],
)
def test_what_can_not_be_done_is_said_with_the_way_out(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("bank", "import", *words, stdin=RIVERS)

    assert done.exit_code != 0
    assert said in done.stderr


def test_an_unknown_import_can_not_be_undone(run: Run) -> None:
    done = run("bank", "undo-import", "none")

    assert (done.exit_code, "there is no import" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_bank_that_is_exported_and_imported_again_changes_nothing(
    run: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"towns{FORMATS[name].suffixes[0]}"

    exported = run("bank", "export", "towns", "--to", name, "-o", str(path))
    done = run("bank", "import", str(path), "--bank", "towns", "--from", name)

    written = int(re.search(r"(\d) of 2", exported.stderr)[1]) if name != "footnote_toml" else 2  # type: ignore[index]
    assert done.stdout == f"towns  0 added, 0 updated, {written} the same already\n"


def test_export_exits_with_1_if_a_question_can_not_be_said(run: Run) -> None:
    done = run("bank", "export", "towns", "--to", "aiken")

    assert done.exit_code == 1
    assert "ANSWER: A" in done.stdout
    assert "1 of 2 questions written as aiken" in done.stderr


def test_export_into_a_folder_is_called_as_the_bank(run: Run, tmp_path: Path) -> None:
    run("bank", "export", "towns", "--to", "gift", "-o", str(tmp_path))

    assert "[rests_on:bridge/a01-1]" in (tmp_path / "towns.gift").read_text().replace("tag:", "")
