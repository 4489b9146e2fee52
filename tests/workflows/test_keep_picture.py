from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.items import Choose, Item, ItemFile, Option
from quiz.core.pictures import picture_ids_in
from quiz.picture_reading import UnusablePicture
from quiz.storage.database import Database
from quiz.storage.pictures import select_picture_or_none, select_pictures
from quiz.workflows.export_bank import bank_text
from quiz.workflows.keep_picture import keep_picture, keep_pictures, read_pictures_of, with_files
from quiz.workflows.load_banks import load_banks
from tests.conftest import NOW
from tests.sample_pictures import moving_file, picture_file
from tests.small_content import add_bank, add_question, write_bank

ITEM = Item(
    "Where is ![a map](@@PLUGINFILE@@/old%20map.png)?",
    Choose(
        (Option("![here](@@PLUGINFILE@@/here.gif)", 1.0), Option("there", feedback="@@PLUGINFILE@@/no.pdf"))
    ),
    files=(
        ItemFile("old map.png", "image/png", picture_file("JPEG")),
        ItemFile("here.gif", "image/gif", moving_file()),
        ItemFile("no.pdf", "application/pdf", b"%PDF-1.4"),
    ),
)


def test_a_picture_is_kept_once_and_given_back_by_its_id(sqlite_db: Database) -> None:
    first = keep_picture(sqlite_db, picture_file(), by=None, now=NOW)
    second = keep_picture(sqlite_db, picture_file(), by=None, now=NOW)

    assert first == second
    assert select_picture_or_none(sqlite_db, first.picture.id) == first.picture


def test_what_is_no_picture_is_refused_and_nothing_is_stored(sqlite_db: Database) -> None:
    with pytest.raises(UnusablePicture):
        keep_picture(sqlite_db, b"<svg/>", by=None, now=NOW)


def test_an_items_pictures_are_read_before_anything_is_stored(sqlite_db: Database) -> None:
    item, pictures, remarks = read_pictures_of(sqlite_db, ITEM)

    assert picture_ids_in([item]) == tuple(picture.id for picture in pictures)
    assert item.files == ()
    assert select_pictures(sqlite_db, picture_ids_in([item])) == {}
    assert [(remark.severity, remark.text.split(":")[0]) for remark in remarks] == [
        ("note", "here.gif"),
        ("warning", "no.pdf was left out"),
    ]
    assert item.interaction.options[1].feedback == "@@PLUGINFILE@@/no.pdf"


def test_an_item_goes_out_with_its_pictures_and_comes_back_with_the_same(sqlite_db: Database) -> None:
    item, pictures, _ = read_pictures_of(sqlite_db, ITEM)
    keep_pictures(sqlite_db, pictures, by=None, now=NOW)

    sent = with_files(sqlite_db, item)
    back, again, remarks = read_pictures_of(sqlite_db, sent)

    assert "@@PLUGINFILE@@/" in sent.prompt
    assert "picture:" not in sent.prompt
    assert (back, {p.id for p in again}, remarks) == (item, {p.id for p in pictures}, [])


def test_an_item_without_pictures_goes_out_as_it_is(sqlite_db: Database) -> None:
    item = Item("What?", Choose((Option("a", 1.0), Option("b"))))

    assert with_files(sqlite_db, item) is item


def test_a_bank_with_pictures_moves_to_another_database(sqlite_db: Database, tmp_path: Path) -> None:
    add_bank(sqlite_db)
    picture = keep_picture(sqlite_db, picture_file("JPEG"), by=None, now=NOW).picture
    add_question(sqlite_db, stem=f"![The bridge](picture:{picture.id}) It was opened in 1901.")
    text = bank_text(sqlite_db, "towns")
    with sqlite_db.atomic():
        from quiz.storage.queries import Statement

        wipe = "DELETE FROM pictures"
        sqlite_db.run(Statement("wipe", wipe, wipe))
    write_bank(tmp_path / "questions", text)

    report = load_banks(sqlite_db, tmp_path / "questions", now=NOW)

    assert report.mistakes == ()
    assert select_picture_or_none(sqlite_db, picture.id) == picture
    assert bank_text(sqlite_db, "towns") == text


def test_a_bank_that_lacks_a_picture_is_not_loaded_and_the_question_is_named(
    sqlite_db: Database, tmp_path: Path
) -> None:
    add_bank(sqlite_db)
    missing = "0" * 32 + "-4x3"
    add_question(sqlite_db, stem=f"![The bridge](picture:{missing}) It was opened in 1901.")
    write_bank(tmp_path / "questions", bank_text(sqlite_db, "towns").replace('"Towns"', '"Our towns"'))

    report = load_banks(sqlite_db, tmp_path / "questions", now=NOW)

    assert report.banks == ()
    assert f"question bridge-opened: the picture {missing} is not in this file" in str(report.mistakes[0])
