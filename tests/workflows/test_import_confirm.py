"""Confirming an import writes what the check has shown, once; undoing takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.lint import Ignore
from quiz.storage.banks import select_bank_or_none
from quiz.storage.database import Database
from quiz.storage.imports import select_file, select_import_or_none
from quiz.storage.imports import select_pictures as select_staged_pictures
from quiz.storage.linting import select_ignores
from quiz.storage.pictures import select_pictures
from quiz.storage.questions import (
    select_newest_version_id,
    select_question,
    select_question_or_none,
    select_questions_of_bank,
    select_versions,
)
from quiz.storage.quizzes import Slot, insert_slot
from quiz.storage.search import select_tags_of
from quiz.workflows.confirm_import import CheckedTooLongAgo, confirm_import
from quiz.workflows.open_question import open_wording
from quiz.workflows.save_question import save_version
from quiz.workflows.undo_import import NotUndoable, undo_import
from tests.conftest import NOW
from tests.importing import RIVERS, bring_in, check, rows_of
from tests.small_content import BANK, add_bank, add_question
from tests.small_quizzes import add_class, add_people, add_quiz

LATER = NOW + timedelta(minutes=5)
CHANGED = RIVERS.replace("The Danube", "The Rhine").replace("[tag:rivers]", "[tag:water]")


@pytest.fixture(autouse=True)
def bank(db: Database) -> None:
    add_bank(db)


def wording(db: Database, question_id: str):
    version = select_newest_version_id(db, question_id)
    assert version
    return open_wording(db, version)


def edit(db: Database, question_id: str) -> None:
    changed = replace(wording(db, question_id), stem="Which river is it that flows through Cairo?")
    save_version(db, question_id, changed, state="ready", by=None, now=LATER)


# -- confirming ----------------------------------------------------------------------------------------------


def test_what_was_shown_is_written(db: Database) -> None:
    head = bring_in(db, RIVERS)

    nile = wording(db, "nile")
    assert (head.state, head.counts["done:add"]) == ("done", 2)
    assert (nile.type, nile.stem, nile.tags) == (
        "single_choice",
        "Which river flows through Cairo?",
        ("rivers",),
    )
    assert list(nile.ask.options.values()) == ["The Nile", "The Tigris", "The Danube"]
    assert select_versions(db, "nile")[0].state == "ready"


def test_confirming_twice_is_confirming_once(db: Database) -> None:
    head = check(db, RIVERS)
    first = confirm_import(db, head.id, by=None, now=NOW)
    second = confirm_import(db, head.id, by=None, now=LATER)

    assert first == second
    assert len(select_questions_of_bank(db, "towns")) == 2


def test_the_file_and_what_was_staged_are_let_go_of(db: Database) -> None:
    head = bring_in(db, RIVERS)

    assert select_file(db, head.id) is None
    assert len(rows_of(db, head)) == 2


def test_an_update_is_a_new_version_with_the_ids_of_its_options(db: Database) -> None:
    bring_in(db, RIVERS)
    before = wording(db, "nile")

    bring_in(db, CHANGED)

    after = wording(db, "nile")
    ids = {text: i for i, text in before.ask.options.items()}
    assert [v.number for v in select_versions(db, "nile")] == [2, 1]
    assert {text: i for i, text in after.ask.options.items() if text in ids} == {
        t: i for t, i in ids.items() if t != "The Danube"
    }
    assert after.key.right == before.key.right
    assert after.tags == ("water",)


def test_a_change_of_tags_alone_makes_no_version(db: Database) -> None:
    bring_in(db, RIVERS)

    head = bring_in(db, RIVERS.replace("[tag:rivers]", "[tag:water] [tag:difficulty:hard]"))

    assert len(select_versions(db, "nile")) == 1
    assert select_tags_of(db, ["nile"])["nile"] == ("water",)
    assert select_question(db, "nile").difficulty == "hard"
    assert head.counts["done:update"] == 1


def test_a_question_that_was_edited_since_the_check_is_left_and_told(db: Database) -> None:
    bring_in(db, RIVERS)
    head = check(db, CHANGED)
    edit(db, "nile")

    head = confirm_import(db, head.id, by=None, now=LATER)

    assert wording(db, "nile").stem.startswith("Which river is it")
    assert (head.counts["changed"], [row.outcome for row in rows_of(db, head)]) == (1, ["changed", ""])


def test_a_check_from_before_another_import_is_not_confirmed(db: Database) -> None:
    first, second = check(db, RIVERS), check(db, RIVERS)
    confirm_import(db, first.id, by=None, now=NOW)

    with pytest.raises(CheckedTooLongAgo, match="check it again"):
        confirm_import(db, second.id, by=None, now=NOW)

    assert len(select_questions_of_bank(db, "towns")) == 2


def test_a_new_bank_is_made_only_now(db: Database) -> None:
    head = check(db, RIVERS, title="Rivers & lakes")
    assert select_bank_or_none(db, "rivers-lakes") is None

    head = confirm_import(db, head.id, by=None, now=NOW)

    assert head.bank_id == "rivers-lakes"
    found = select_bank_or_none(db, "rivers-lakes")
    assert found and (found.title, found.questions) == ("Rivers & lakes", 2)


def test_two_new_banks_may_have_one_title(db: Database) -> None:
    banks = [bring_in(db, RIVERS, title="Rivers").bank_id for _ in range(2)]

    assert banks == ["rivers", "rivers-2"]


def test_our_own_file_brings_the_reasons_for_what_lint_found(db: Database) -> None:
    file = (
        BANK.split("[[question]]")[1]
        + '  [[question.ignore]]\n  rule = "no_citation"\n  reason = "It is a joke."\n'
    )

    bring_in(db, f"[[question]]{file}", name="towns.toml")

    assert select_ignores(db, "bridge-opened") == (Ignore("no_citation", "It is a joke."),)


def test_pictures_are_stored_with_the_question(db: Database) -> None:
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    xml = f"""<?xml version="1.0"?><quiz><question type="truefalse"><name><text>A</text></name>
      <questiontext format="html"><text><![CDATA[<p>Is it so? <img src="@@PLUGINFILE@@/a.png" alt="a map"></p>]]></text>
      <file name="a.png" encoding="base64">{png}</file></questiontext>
      <answer fraction="100"><text>true</text></answer>
      <answer fraction="0"><text>false</text></answer></question></quiz>"""

    head = check(db, xml, name="a.xml")
    [staged] = select_staged_pictures(db, head.id)
    assert select_pictures(db, [staged.id]) == {}
    head = confirm_import(db, head.id, by=None, now=NOW)

    [row] = rows_of(db, head)
    stem = wording(db, row.question_id).stem
    picture = stem.partition("(picture:")[2].partition(")")[0]
    assert stem.startswith("Is it so? ![a map](picture:")
    assert select_pictures(db, [picture])[picture].media_type == "image/png"


# -- undoing -------------------------------------------------------------------------------------------------


def test_what_was_added_goes_away_and_what_was_updated_comes_back(db: Database) -> None:
    add_question(db)
    bring_in(db, RIVERS)
    before = wording(db, "nile")
    head = bring_in(db, CHANGED + "\nIs the Volga in Europe? {T####It is the longest river of Europe.}\n")
    added = [row.question_id for row in rows_of(db, head) if row.action == "add"]

    undone = undo_import(db, head.id, by=None, now=LATER)

    assert undone.state == "undone"
    assert wording(db, "nile") == before
    assert [v.number for v in select_versions(db, "nile")] == [3, 2, 1]
    assert select_question_or_none(db, added[0]) is None
    assert select_question_or_none(db, "bridge-opened") is not None
    assert {row.outcome for row in rows_of(db, head) if row.action != "same"} == {"undone"}


def test_undoing_twice_is_undoing_once(db: Database) -> None:
    head = bring_in(db, RIVERS)
    undo_import(db, head.id, by=None, now=LATER)
    undo_import(db, head.id, by=None, now=LATER)

    assert select_questions_of_bank(db, "towns") == []


def test_what_was_undone_can_be_imported_again(db: Database) -> None:
    undo_import(db, bring_in(db, RIVERS).id, by=None, now=LATER)

    assert bring_in(db, RIVERS).counts["done:add"] == 2


def test_a_question_that_a_quiz_holds_is_retired_instead(db: Database) -> None:
    head = bring_in(db, RIVERS)
    add_quiz_with(db, "nile")

    undo_import(db, head.id, by=None, now=LATER)

    assert select_question(db, "nile").retired
    assert select_question_or_none(db, "two-rivers") is None
    assert [row.outcome for row in rows_of(db, head)] == ["retired", "undone"]


def add_quiz_with(db: Database, question_id: str) -> None:
    add_people(db)
    add_class(db)
    insert_slot(db, add_quiz(db), Slot("slot-of-import", 99, 1.0, question_id, None))


def test_what_was_edited_since_stays(db: Database) -> None:
    head = bring_in(db, RIVERS)
    edit(db, "nile")

    undo_import(db, head.id, by=None, now=LATER)

    assert wording(db, "nile").stem.startswith("Which river is it")
    assert [row.outcome for row in rows_of(db, head)] == ["kept", "undone"]


def test_an_update_that_was_edited_since_stays(db: Database) -> None:
    bring_in(db, RIVERS)
    head = bring_in(db, CHANGED)
    edit(db, "nile")

    undo_import(db, head.id, by=None, now=LATER)

    assert wording(db, "nile").stem.startswith("Which river is it")
    assert rows_of(db, head)[0].outcome == "kept"


def test_tags_come_back_too(db: Database) -> None:
    bring_in(db, RIVERS)
    head = bring_in(db, RIVERS.replace("[tag:rivers]", "[tag:water]"))

    undo_import(db, head.id, by=None, now=LATER)

    assert select_tags_of(db, ["nile"])["nile"] == ("rivers",)
    assert len(select_versions(db, "nile")) == 1


def test_after_thirty_days_an_import_stays(db: Database) -> None:
    head = bring_in(db, RIVERS)

    with pytest.raises(NotUndoable, match="30 days"):
        undo_import(db, head.id, by=None, now=NOW + timedelta(days=31))

    undo_import(db, head.id, by=None, now=NOW + timedelta(days=30))


def test_what_was_never_confirmed_can_not_be_undone(db: Database) -> None:
    head = check(db, RIVERS)

    with pytest.raises(NotUndoable, match="never confirmed"):
        undo_import(db, head.id, by=None, now=NOW)


def test_the_report_is_kept_for_as_long_as_it_can_be_undone(db: Database) -> None:
    head = bring_in(db, RIVERS)
    check(db, RIVERS, now=NOW + timedelta(days=30))
    assert len(rows_of(db, head)) == 2

    check(db, RIVERS, now=NOW + timedelta(days=32))

    assert rows_of(db, head) == []
    assert select_import_or_none(db, head.id) is not None
