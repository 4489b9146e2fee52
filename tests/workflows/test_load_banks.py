from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quiz.question_types import QUESTION_TYPES
from quiz.storage.banks import BankRow, select_banks, upsert_bank
from quiz.storage.database import Database
from quiz.storage.questions import (
    select_newest_ready_version_id,
    select_question,
    select_question_or_none,
    select_versions,
)
from quiz.storage.search import search_questions
from quiz.storage.sources import update_claim
from quiz.workflows.bank_status import bank_status
from quiz.workflows.edit_question import edit_question
from quiz.workflows.export_bank import bank_text, export_bank
from quiz.workflows.load_banks import BanksReport, load_banks
from quiz.workflows.load_sources import load_source
from quiz.workflows.open_question import open_wording
from quiz.workflows.retire_question import retire_question
from quiz.workflows.save_question import save_version
from tests.conftest import NOW
from tests.small_content import BANK, claim, source, write_bank


@pytest.fixture(autouse=True)
def bridge(db: Database) -> None:
    load_source(db, source())


def load(db: Database, folder: Path, text: str = BANK) -> BanksReport:
    write_bank(folder, text)
    return load_banks(db, folder, now=NOW)


def edit(db: Database, question_id: str = "bridge-opened", stem: str = "Was it opened in 1901?") -> None:
    newest = select_versions(db, question_id)[0].id
    save_version(
        db, question_id, replace(open_wording(db, newest), stem=stem), state="ready", by=None, now=NOW
    )


def numbers(db: Database, question_id: str = "bridge-opened") -> list[int]:
    return [version.number for version in select_versions(db, question_id)]


def test_a_new_bank_makes_questions_that_can_be_asked_and_found(db: Database, tmp_path: Path) -> None:
    report = load(db, tmp_path)

    assert report.banks[0].new == ("bridge-opened", "bridge-year")
    assert [(bank.id, bank.questions) for bank in select_banks(db)] == [("towns", 2)]
    assert select_newest_ready_version_id(db, "bridge-year") is not None
    assert [q.question_id for q in search_questions(db, words="which year")] == ["bridge-year"]


def test_loading_again_does_nothing(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)

    (again,) = load(db, tmp_path).banks

    assert again.is_unchanged
    assert numbers(db) == [1]


def test_another_layout_of_the_same_content_makes_no_version(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)

    (loaded,) = load(db, tmp_path, BANK.replace("# Our town.", "# Another comment.")).banks

    assert (loaded.new, loaded.changed, numbers(db)) == ((), (), [1])


def test_a_changed_question_makes_a_version_and_the_old_one_stays(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)

    (loaded,) = load(db, tmp_path, BANK.replace("answer = true", "answer = false")).banks

    assert loaded.changed == ("bridge-opened",)
    assert (numbers(db), numbers(db, "bridge-year")) == ([2, 1], [1])
    keys = [open_wording(db, version.id).key for version in select_versions(db, "bridge-opened")]
    assert keys == [QUESTION_TYPES["true_false"].body_from_plain({"answer": a}).key for a in (False, True)]


def test_new_tags_alone_make_no_version(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)

    load(db, tmp_path, BANK.replace('["dates", "bridges"]', '["steel"]').replace('"easy"', '"hard"'))

    question = select_question(db, "bridge-opened")
    assert (question.tags, question.difficulty, numbers(db)) == (("steel",), "hard", [1])


def test_a_question_edited_in_the_pages_is_kept_and_reported(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    edit(db)

    (loaded,) = load(db, tmp_path, BANK.replace("answer = true", "answer = false")).banks

    assert loaded.kept == ("bridge-opened",)
    newest = select_versions(db, "bridge-opened")[0].id
    assert open_wording(db, newest).stem == "Was it opened in 1901?"


def test_an_edit_that_was_exported_belongs_to_the_file_again(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    edit(db)
    assert export_bank(db, "towns", tmp_path / "towns.toml")

    load_banks(db, tmp_path, now=NOW)

    assert select_question(db, "bridge-opened").edited is None
    assert numbers(db) == [2, 1]
    assert bank_status(db, tmp_path).differences == ()


def test_a_question_gone_from_the_file_is_reported_and_stays(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)

    (loaded,) = load(db, tmp_path, BANK.split('[[question]]\nid = "bridge-year"')[0]).banks

    assert loaded.gone == ("bridge-year",)
    assert select_newest_ready_version_id(db, "bridge-year") is not None


def test_a_question_may_move_to_another_file(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    head, first, second = BANK.split("[[question]]")
    write_bank(tmp_path, f"{head}[[question]]{first}")
    write_bank(tmp_path, head.replace("towns", "years") + "[[question]]" + second, "years.toml")

    report = load_banks(db, tmp_path, now=NOW)

    assert [bank.gone for bank in report.banks] == [(), ()]
    assert select_question(db, "bridge-year").bank_id == "years"
    assert numbers(db, "bridge-year") == [1]


def test_a_file_cannot_take_a_question_from_a_bank_that_it_does_not_come_with(
    db: Database, tmp_path: Path
) -> None:
    load(db, tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_bank(elsewhere, BANK.replace("towns", "thieves").replace("opened", "closed"), "thieves.toml")

    report = load_banks(db, elsewhere, now=NOW)

    assert report.banks == ()
    assert "belongs to a question of the bank towns already" in str(report.mistakes[0])
    assert select_question(db, "bridge-year").bank_id == "towns"


def test_a_bad_file_loads_nothing_of_itself_and_the_others_load(db: Database, tmp_path: Path) -> None:
    other = BANK.replace('"towns"', '"cities"').replace("bridge-", "city-")
    write_bank(tmp_path, other, "cities.toml")

    report = load(db, tmp_path, BANK.replace("answer = true", "answer = 1"))

    assert [bank.id for bank in report.banks] == ["cities"]
    assert [str(mistake) for mistake in report.mistakes] == [
        "towns.toml: question bridge-opened: answer must be true or false"
    ]
    assert select_question_or_none(db, "bridge-year") is None


def test_a_verdict_that_changes_later_does_not_make_an_unchanged_file_bad(
    db: Database, tmp_path: Path
) -> None:
    text = BANK.replace('basis = "world"', 'basis = "text"')
    load(db, tmp_path, text)
    update_claim(db, "bridge", claim(verdict="wrong", correction="In 1902."), by=None, now=NOW)

    report = load(db, tmp_path, text)

    assert report.mistakes == ()
    assert report.banks[0].is_unchanged


def test_a_retired_question_stays_retired(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    retire_question(db, "bridge-opened", now=NOW)

    load(db, tmp_path, BANK.replace("answer = true", "answer = false"))

    assert select_newest_ready_version_id(db, "bridge-opened") is None


def test_status_tells_each_difference(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    edit(db)
    write_bank(
        tmp_path, BANK.replace("tolerance = 0.5", "tolerance = 0").replace("bridge-opened", "bridge-new")
    )

    found = {difference.question: difference.kind for difference in bank_status(db, tmp_path).differences}

    assert found == {
        "bridge-new": "only in the file",
        "bridge-year": "changed in the file",
        "bridge-opened": "only in the pages",
    }


def test_status_tells_an_edit_from_a_change_on_both_sides(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    edit(db)
    edit(db, "bridge-year", "When was it?")
    write_bank(tmp_path, BANK.replace("tolerance = 0.5", "tolerance = 0"))

    found = {difference.question: difference.kind for difference in bank_status(db, tmp_path).differences}

    assert found == {"bridge-opened": "edited in the pages", "bridge-year": "changed in both"}


def test_an_exported_bank_loads_into_another_database_as_the_same(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    exported = bank_text(db, "towns")

    (loaded,) = load(db, tmp_path, exported).banks

    assert (loaded.new, loaded.changed, loaded.kept) == ((), (), ())


def test_drafts_and_retired_questions_are_not_exported(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    retire_question(db, "bridge-year", now=NOW)
    newest = select_versions(db, "bridge-opened")[0].id
    draft = replace(open_wording(db, newest), stem="Not yet.")
    save_version(db, "bridge-opened", draft, state="draft", by=None, now=NOW)

    exported = bank_text(db, "towns")

    assert "bridge-year" not in exported
    assert "Not yet" not in exported


def test_a_question_that_was_moved_in_the_pages_stays_there(db: Database, tmp_path: Path) -> None:
    load(db, tmp_path)
    upsert_bank(db, BankRow("elsewhere", "Elsewhere", "", "en", 9, "", 0), by=None, now=NOW)
    newest = open_wording(db, select_versions(db, "bridge-opened")[0].id)
    edit_question(
        db, "bridge-opened", newest, bank_id="elsewhere", state="ready", by=None, now=NOW,
        based_on=select_versions(db, "bridge-opened")[0].id,
    )  # fmt: skip

    report = load(
        db, tmp_path, BANK.replace("In 1901.", "In the year 1901.").replace("Our town", "Our towns")
    )

    assert (report.mistakes, report.banks[0].changed) == ((), ("bridge-year",))
    assert select_question(db, "bridge-opened").bank_id == "elsewhere"
