from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from quiz.core.lint import Ignore
from quiz.core.questions import Wording
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import bank_files_in
from quiz.storage.database import Database, RowCountError
from quiz.storage.linting import select_ignores
from quiz.storage.questions import select_question, select_versions
from quiz.workflows.export_bank import bank_text
from quiz.workflows.ignore_finding import NoReason, ignore_finding, take_back_ignore
from quiz.workflows.lint_bank import lint_bank, lint_bank_file
from quiz.workflows.lint_question import NotFitToAsk, lint_version, lint_wording
from quiz.workflows.load_banks import digest_in_pages, load_bank_files, load_banks
from quiz.workflows.load_sources import load_sources
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import create_question, save_version
from tests.conftest import NOW, TODAY
from tests.small_content import BANK, add_bank, add_question, wording, write_bank

ROOT = Path(__file__).parents[2]
IGNORE = '  [[question.ignore]]\n  rule = "hard_to_read"\n  reason = "Nothing can be cut."\n'


def equal_options(**changes: object) -> Wording:
    """Return a wording with an error: two options that are one."""
    rows = [
        {"id": "a", "text": "In 1901", "right": True},
        {"id": "b", "text": "in 1901"},
        {"id": "c", "text": "In 1902"},
    ]
    body = QUESTION_TYPES["single_choice"].body_from_plain({"options": rows})
    chosen = wording(type="single_choice", ask=body.ask, key=body.key, stem="When was it opened?")
    return replace(chosen, **changes)  # type: ignore[arg-type]


def add_spoiled(db: Database, state: str = "draft") -> str:
    add_bank(db)
    create_question(db, "towns", equal_options(), state=state, by=None, now=NOW, question_id="spoiled")  # type: ignore[arg-type]
    return "spoiled"


def rules(findings: object) -> set[str]:
    return {finding.rule for finding in findings}  # type: ignore[attr-defined]


def test_the_newest_version_is_looked_at_drafts_too(db: Database) -> None:
    add_spoiled(db)

    report = lint_bank(db, "towns", today=TODAY)

    assert report.questions == 1
    assert "duplicate_options" in rules(report.unexplained)


def test_retired_questions_are_not_looked_at(db: Database) -> None:
    retire_question(db, add_spoiled(db), now=NOW)

    assert lint_bank(db, "towns", today=TODAY).questions == 0


def test_an_unknown_bank_is_an_error(db: Database) -> None:
    with pytest.raises(RowCountError):
        lint_bank(db, "none", today=TODAY)


def test_a_file_says_the_same_as_the_bank_that_was_loaded_from_it(db: Database, tmp_path: Path) -> None:
    add_bank(db)
    path = write_bank(tmp_path, BANK)
    load_bank_files(db, [path], now=NOW)

    assert lint_bank_file(db, path, today=TODAY).report == lint_bank(db, "towns", today=TODAY)


def test_a_file_with_a_mistake_is_not_looked_at(db: Database, tmp_path: Path) -> None:
    looked_at = lint_bank_file(db, write_bank(tmp_path, BANK.replace("true_false", "x")), today=TODAY)

    assert looked_at.report is None
    assert len(looked_at.mistakes) >= 1


def test_a_claim_that_came_due_is_found_on_its_day(db: Database) -> None:
    add_bank(db)
    add_question(db)

    assert "unverified_key" not in rules(lint_bank(db, "towns", today=TODAY).findings)
    assert "unverified_key" in rules(lint_bank(db, "towns", today=date(2099, 1, 1)).findings)


def test_a_wording_is_looked_at_before_it_is_saved(db: Database) -> None:
    add_bank(db)

    assert "duplicate_options" in rules(lint_wording(db, equal_options(), bank_id="towns", today=TODAY))


def test_errors_keep_a_version_from_being_ready_and_a_draft_passes(db: Database) -> None:
    add_spoiled(db)

    with pytest.raises(NotFitToAsk, match=r"options\[2\]: “in 1901” says the same as options\[1\]"):
        save_version(db, "spoiled", equal_options(), state="ready", by=None, now=NOW)
    assert [version.state for version in select_versions(db, "spoiled")] == ["draft"]


def test_a_new_question_with_errors_leaves_nothing_behind(db: Database) -> None:
    with pytest.raises(NotFitToAsk):
        add_spoiled(db, "ready")

    assert lint_bank(db, "towns", today=TODAY).questions == 0


def test_a_reason_is_kept_and_lets_the_version_be_ready(db: Database) -> None:
    add_spoiled(db)

    ignore_finding(db, "spoiled", "duplicate_options", " Case is  what is asked about. ", by=None, now=NOW)

    save_version(db, "spoiled", equal_options(), state="ready", by=None, now=NOW)
    assert select_ignores(db, "spoiled") == (Ignore("duplicate_options", "Case is what is asked about."),)
    version = select_versions(db, "spoiled")[0]
    (explained,) = (
        f for f in lint_version(db, "spoiled", version.id, today=TODAY) if f.rule == "duplicate_options"
    )
    assert explained.reason == "Case is what is asked about."


def test_a_reason_taken_back_lets_the_rule_be_heard_again(db: Database) -> None:
    add_spoiled(db)
    ignore_finding(db, "spoiled", "duplicate_options", "Once.", by=None, now=NOW)

    take_back_ignore(db, "spoiled", "duplicate_options", now=NOW)

    assert "duplicate_options" in rules(lint_bank(db, "towns", today=TODAY).unexplained)


@pytest.mark.parametrize(
    ("rule", "reason"), [("duplicate_options", "  "), ("no_such_rule", "Because."), ("long_stem", "x" * 501)]
)
def test_nothing_is_ignored_without_a_rule_and_a_reason(db: Database, rule: str, reason: str) -> None:
    add_spoiled(db)

    with pytest.raises(NoReason):
        ignore_finding(db, "spoiled", rule, reason, by=None, now=NOW)


def test_reasons_in_a_file_are_loaded_changed_and_written_back(db: Database, tmp_path: Path) -> None:
    add_bank(db)
    path = write_bank(tmp_path, BANK + IGNORE)
    load_bank_files(db, [path], now=NOW)
    assert select_ignores(db, "bridge-year") == (Ignore("hard_to_read", "Nothing can be cut."),)
    assert '[[question.ignore]]\nrule = "hard_to_read"\nreason = "Nothing can be cut."\n' in bank_text(
        db, "towns"
    )

    report = load_bank_files(db, [write_bank(tmp_path, BANK + IGNORE.replace("can be", "was"))], now=NOW)

    assert report.banks[0].changed == ("bridge-year",)
    assert select_ignores(db, "bridge-year")[0].reason == "Nothing was cut."
    assert len(select_versions(db, "bridge-year")) == 1


def test_a_reason_given_in_the_pages_is_not_overwritten_by_the_file(db: Database, tmp_path: Path) -> None:
    add_bank(db)
    load_bank_files(db, [write_bank(tmp_path, BANK)], now=NOW)
    ignore_finding(db, "bridge-year", "hard_to_read", "Mine.", by=None, now=NOW)

    report = load_bank_files(db, [write_bank(tmp_path, BANK.replace("In 1901.", "It was 1901."))], now=NOW)

    assert report.banks[0].kept == ("bridge-year",)
    assert select_ignores(db, "bridge-year")[0].reason == "Mine."
    assert select_question(db, "bridge-year").edited is not None


def test_a_question_with_reasons_has_the_digest_of_its_file(db: Database, tmp_path: Path) -> None:
    add_bank(db)
    load_bank_files(db, [write_bank(tmp_path, BANK + IGNORE)], now=NOW)

    assert digest_in_pages(db, "bridge-year") == select_question(db, "bridge-year").file_digest


def test_what_ships_has_nothing_unexplained(db: Database) -> None:
    load_sources(db, ROOT / "seeds")
    load_banks(db, ROOT / "questions", now=NOW)

    for path in bank_files_in(ROOT / "questions"):
        looked_at = lint_bank_file(db, path, today=TODAY)
        assert looked_at.report is not None
        left = [f"{f.question}: {f.rule}: {f.what}" for f in looked_at.report.unexplained]
        unused = [f.question for f in looked_at.report.findings if f.rule == "unused_ignore"]
        assert (path.name, left, unused) == (path.name, [], [])
