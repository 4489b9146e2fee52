from __future__ import annotations

import json
from pathlib import Path

import pytest

from quiz.storage.database import Database
from quiz.storage.sources import select_originals, update_claim
from tests.cli.conftest import Run
from tests.conftest import NOW
from tests.small_content import DOCUMENT, FIRST, claim


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "page.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return str(path)


def test_list_tells_each_source_in_a_line(run: Run) -> None:
    done = run("source", "list")

    assert done.stdout.splitlines() == [
        "bridge  article  3 passages  4 claims  checked 2026-11-22  Bridge",
        "events  record   0 passages  1 claims  checked 2026-11-22  Bridge",
    ]


def test_show_as_json_gives_passages_with_standing_reason_and_claims(run: Run) -> None:
    shown = json.loads(run("source", "show", "bridge", "--json").stdout)

    first, second, faq = shown["passages"]
    assert shown["id"] == "bridge"
    assert (first["key"], first["standing"], second["standing"]) == ("a01", "checked", "unverified")
    assert second["reason"] == "a02-1 is out of date: A longer one opened in 1950."
    assert faq["asked"] == "What is it made of?"
    assert first["claims"][0] == {
        "id": "a01-1",
        "statement": "The bridge was opened in 1901.",
        "kind": "event",
        "asserted_by": "the author",
        "verdict": "supported",
        "reason": "The city's records agree.",
        "correction": "",
        "as_of": "1901",
        "review_by": "2031-11-22",
        "volatility": "settled",
        "confidence": "high",
        "quizworthy": True,
        "evidence": ["https://example.org/records", "https://example.org/bridge"],
    }
    assert [len(shown[name]) for name in ("page_claims", "contradictions", "not_passages")] == [1, 1, 1]


def test_show_for_people_tells_the_same_in_lines(run: Run) -> None:
    shown = run("source", "show").stdout

    assert "a02  unverified: a02-1 is out of date: A longer one opened in 1950." in shown
    assert "a01-1  supported, as of 1901: The bridge was opened in 1901." in shown


def test_check_finds_every_passage_of_the_document(run: Run, document: str) -> None:
    done = run("source", "check", "bridge", document)

    assert done.stdout == "a01  found\na02  found\nf01  found\n"
    assert (done.stderr, done.exit_code) == ("3 found, 0 changed, 0 missing\n", 0)


def test_check_of_a_copy_that_differs_says_what_and_exits_with_1(run: Run) -> None:
    done = run("source", "check", "-", "--json", stdin=DOCUMENT.replace("1901", "1902"))

    told = json.loads(done.stdout)
    assert (told["found"], told["changed"], told["missing"]) == (2, 1, 0)
    assert told["passages"][0] == {"key": "a01", "state": "changed"}
    assert done.exit_code == 1


def test_check_of_a_record_says_that_there_is_nothing_to_check(run: Run, document: str) -> None:
    done = run("source", "check", "events", document)

    assert (done.exit_code, done.stdout) == (0, "")
    assert "no document to check" in done.stderr


def test_attach_stores_the_passages(run: Run, sqlite_db: Database, document: str) -> None:
    assert run("source", "attach", "bridge", document).exit_code == 0
    assert select_originals(sqlite_db, "bridge")["a01"] == FIRST


def test_attach_refuses_a_copy_that_differs(run: Run, sqlite_db: Database) -> None:
    done = run("source", "attach", "-", stdin=DOCUMENT.replace("1901", "1902"))

    assert done.exit_code == 1
    assert "1 of 3 passages differ: a01 (changed)" in done.stderr
    assert select_originals(sqlite_db, "bridge") == {}


def test_export_writes_back_what_was_edited_in_the_pages(run: Run, sqlite_db: Database, root: Path) -> None:
    assert run("source", "export", "bridge").stdout == ""
    update_claim(sqlite_db, "bridge", claim(reason="Seen with own eyes."), by=None, now=NOW)

    done = run("source", "export", "bridge")

    assert done.stdout == f"{root}/seeds/bridge/article.toml\n"
    assert "Seen with own eyes." in (root / "seeds/bridge/article.toml").read_text()


def test_load_takes_over_changed_files_and_names_mistakes(run: Run, root: Path) -> None:
    (root / "seeds/events/source.toml").write_text("id = 1\n")

    done = run("source", "load")

    assert done.stdout == "bridge  unchanged\n"
    assert "events/source.toml: id must be text, not 1" in done.stderr
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (["source", "show", "none"], "there is no source 'none'; there are: bridge, events", 1),
        (["source", "check", "bridge", "none.txt"], "can't read none.txt: No such file", 1),
        (["source", "check"], "name the source and the file", 2),
        (["source", "check", "a", "b", "c"], "name the source and the file", 2),
    ],
)
def test_a_wrong_call_is_told_the_way_out(run: Run, words: list[str], told: str, code: int) -> None:
    done = run(*words)

    assert told in done.stderr
    assert done.exit_code == code


def test_a_file_that_is_no_text_is_told_to_be_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.bin").write_bytes(b"\xff\xfe\x00")

    assert "is not UTF-8 text" in run("source", "check", "bridge", str(tmp_path / "page.bin")).stderr


def test_a_new_database_is_made_ready_by_the_first_command(run_empty: Run) -> None:
    done = run_empty("source", "list")

    assert [line.split()[0] for line in done.stdout.splitlines()] == ["bridge", "events"]
    assert "The database is new" in done.stderr
    assert "new" not in run_empty("bank", "status").stderr
