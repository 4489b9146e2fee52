from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quiz.core.pictures import markdown_of
from quiz.picture_reading import read_picture
from quiz.question_types import QUESTION_TYPES
from quiz.storage.bank_files import bank_as_toml, read_bank_file
from quiz.storage.database import Database
from quiz.storage.pictures import insert_picture, select_picture_or_none, select_pictures
from tests.conftest import NOW
from tests.sample_pictures import picture_file
from tests.small_content import BANK, claim, write_bank

CLAIMS = {("bridge", "a01-1"): claim()}
PICTURE = read_picture(picture_file()).picture
MAP = f"![A map]({'picture:' + PICTURE.id})"


def test_a_picture_comes_back_as_it_was_stored(db: Database) -> None:
    insert_picture(db, PICTURE, by=None, now=NOW)

    assert select_picture_or_none(db, PICTURE.id) == PICTURE
    assert select_picture_or_none(db, "none") is None


def test_the_same_picture_twice_is_stored_once(db: Database) -> None:
    insert_picture(db, PICTURE, by=None, now=NOW)
    insert_picture(db, PICTURE, by=None, now=NOW)

    assert select_pictures(db, [PICTURE.id, "none"]) == {PICTURE.id: PICTURE}


def bank_with_picture(folder: Path):
    text = BANK.replace('stem = "The bridge was', f'stem = "{MAP} The bridge was')
    file = read_bank_file(write_bank(folder, text), types=QUESTION_TYPES, claims=CLAIMS)
    assert file.bank is not None
    return replace(file.bank, pictures=(PICTURE,))


def test_a_bank_goes_through_its_file_with_its_pictures(tmp_path: Path) -> None:
    bank = bank_with_picture(tmp_path)

    text = bank_as_toml(bank, types=QUESTION_TYPES, claims=CLAIMS)
    read = read_bank_file(write_bank(tmp_path, text), types=QUESTION_TYPES, claims=CLAIMS)

    assert read.mistakes == ()
    assert read.bank == bank


def test_a_picture_that_was_changed_in_the_file_keeps_the_bank_out(tmp_path: Path) -> None:
    other = read_picture(picture_file(size=(41, 30))).picture
    forged = replace(PICTURE, data=other.data)
    text = bank_as_toml(
        replace(bank_with_picture(tmp_path), pictures=(forged,)), types=QUESTION_TYPES, claims=CLAIMS
    )

    read = read_bank_file(write_bank(tmp_path, text), types=QUESTION_TYPES, claims=CLAIMS)

    assert read.bank is None
    assert f"picture {PICTURE.id}" in str(read.mistakes[0])


def test_a_picture_that_is_no_base64_or_has_no_name_is_told(tmp_path: Path) -> None:
    for table, told in (
        (f'[[picture]]\nid = "{PICTURE.id}"\ntype = "image/png"\ndata = "%%"\n', "data must be base64"),
        ('[[picture]]\nid = "map"\ntype = "image/png"\ndata = ""\n', "is no name of a picture"),
        (f'[[picture]]\nid = "{PICTURE.id}"\ntype = "image/svg"\ndata = ""\n', "type must be one of"),
        ("[[picture]]\nname = 1\n", "name is not a field here"),
    ):
        read = read_bank_file(write_bank(tmp_path, f"{BANK}\n{table}"), types=QUESTION_TYPES, claims=CLAIMS)

        assert told in str(read.mistakes[0])


def test_a_description_can_not_break_out_of_its_brackets() -> None:
    assert markdown_of(PICTURE.id, "a [map]\nof town") == f"![a (map) of town](picture:{PICTURE.id})"
    assert markdown_of(PICTURE.id, " ") == f'![](picture:{PICTURE.id} "decorative")'
